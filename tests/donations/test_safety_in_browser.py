"""«Is it safe for me?» in a real Chromium without scripts: from the home page to somebody else's door."""

from __future__ import annotations

import pytest

from donations.choices import Place
from donations.signing.details import MethodDetails
from tests.donations import signing
from tests.donations.notice_rows import approved, approved_text
from tests.pages.browsing import HOST, browser

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]
# What an account looks like on a page: a foreign link, an IBAN, an address.
_FOREIGN = f"a[href^='http']:not([href^='{HOST}']), .account, .copy"


@pytest.fixture
def safe(settings):
    """A card page and a bank account, signed; the shipped words, approved."""
    settings.DONATE_PUBLIC_KEYS = signing.KEYS
    approved_text()
    card = MethodDetails("card", "card_once", {"url": f"https://{signing.PAGE_HOST}/once"})
    for details in (card, signing.BANK):
        method = signing.method_of(details, asks_ru="Имя и номер карты.", asks_en="Name and card number.")
        approved(Place.IN_RUSSIA, "no", method)
        approved(Place.SOMETIMES, "caution", method)
        approved(Place.ELSEWHERE, "suitable", method)
    signing.take_in(card, signing.BANK)


def watched(context):
    """A page, and every request it made with its headers."""
    page, asked = context.new_page(), []
    # Playwright takes no method of a list.
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108
    return page, asked


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_reader_finds_out_and_leaves_without_a_trace(reader, safe, language):
    with browser(reader, java_script_enabled=False, viewport={"width": 1280, "height": 900}) as context:
        page, asked = watched(context)
        page.goto(f"{HOST}/{language}/")
        page.click(".menu nav a.btn")
        assert page.url == f"{HOST}/{language}/donate/"
        assert page.locator(_FOREIGN).count() == 0
        order = [page.locator(part).bounding_box()["y"] for part in ("#safe", "#where", "#who")]
        assert order == sorted(order), "the warning stands first"
        page.click(".places a[href$='/in-russia/']")
        assert page.locator(_FOREIGN).count() == 0
        assert page.locator("main a[href*='/to/']").count() == 0
        page.click(".crumbs a[href$='/donate/']")
        page.click(".places a[href$='/elsewhere/']")
        assert page.locator(_FOREIGN).count() == 0
        page.click("a[href$='/to/card/elsewhere/']")
        assert page.locator("#before").is_visible()
        link = page.locator(f"a[href='https://{signing.PAGE_HOST}/once']")
        assert link.count() == 1
        foreign = [each.url for each in asked if not each.url.startswith(HOST)]
        assert foreign == [], "nothing is asked of another host before the reader goes there"
        assert context.cookies() == []
        received = leave(context, page, link)
        assert {"referer", "cookie", "origin"} & set(received) == set()


def leave(context, page, link) -> dict[str, str]:
    """Follows the link; what the other side is told of who comes from where."""
    received: list[dict[str, str]] = []

    def answer(route) -> None:
        received.append(route.request.all_headers())
        route.fulfill(body="<!doctype html><title>Theirs</title>", content_type="text/html")

    context.route(f"https://{signing.PAGE_HOST}/**", answer)
    link.click()
    page.wait_for_url(f"https://{signing.PAGE_HOST}/once")
    assert received, "the other side was asked"
    return received[0]


def test_a_link_that_tells_where_one_comes_from_is_noticed(reader, safe):
    """What the test above would see if the page let it."""
    planted = f'<a referrerpolicy="unsafe-url" href="https://{signing.PAGE_HOST}/once">away</a>'
    with browser(reader, java_script_enabled=False) as context:
        page = context.new_page()
        context.route(f"{HOST}/planted/", lambda route: route.fulfill(body=planted, content_type="text/html"))
        page.goto(f"{HOST}/planted/")
        assert leave(context, page, page.locator("a"))["referer"] == f"{HOST}/planted/"


def test_no_page_is_wider_than_a_small_telephone(reader, safe):
    paths = ["", "in-russia/", "elsewhere/", "to/card/", "to/bank/elsewhere/", "to/card/sometimes-in-russia/"]
    with browser(reader, viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        for language in ("ru", "en"):
            for path in paths:
                page.goto(f"{HOST}/{language}/donate/{path}")
                assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_printed_the_warning_and_the_account_stand_and_the_menu_does_not(reader, safe):
    with browser(reader, viewport={"width": 900, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{HOST}/ru/donate/to/bank/elsewhere/")
        page.emulate_media(media="print")
        for part in (".warn", ".account", ".qr"):
            assert page.locator(part).is_visible(), part
        for part in (".top", ".foot", ".crumbs"):
            assert not page.locator(part).is_visible(), part
