"""Is it safe for me: places × ways × languages × legal status × states of the notice × signed or not.

One world holds a way to give for every state, so that each page is asked once and compared with a table
of what the rule allows. What may not be seen is looked for in the whole of every page.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from donations.actions.notices import end_notice
from donations.choices import Place
from donations.models import PaymentMethod
from donations.safety import SafetyTable
from donations.signing.details import MethodDetails
from memorial.base.civil_date import civil_date
from memorial.errors import Misconfigured
from tests.counting import page_queries, same_number_of_queries
from tests.donations import signing
from tests.donations.campaign_rows import campaign, entry
from tests.donations.notice_rows import approved, approved_text, days, declined, ended, proposed, text

pytestmark = pytest.mark.django_db
STATUSES = ("foreign_agent", "undesirable", "extremist", "terrorist")
HOST = "pay.example.org"
STATES = {
    "none": (lambda *cell: None, "no"),
    "proposed": (proposed, "no"),
    "declined": (declined, "no"),
    "forbids": (lambda place, level, method: approved(place, "no", method), "no"),
    "cautions": (lambda place, level, method: approved(place, "caution", method), "caution"),
    "suits": (approved, "suitable"),
    "expired": (lambda *cell: approved(*cell, **days(ends=0)), "no"),
    "ended": (ended, "no"),
    "not-begun": (lambda *cell: approved(*cell, **days(begins=3, ends=9)), "no"),
}
"""State of the notice → how it is made, and what readers are told tomorrow, where nothing else forbids."""
KINDS = ("card_monthly", "paypal", "boosty", "workplace", "patreon")


def page_of(slug: str, kind: str = "card_once") -> MethodDetails:
    return MethodDetails(slug, kind, {"url": f"https://{slug}.{HOST}/give"})


def secrets_of(details: MethodDetails) -> str:
    """What must stand on no page but the one that may show it."""
    return details.host or details.iban_groups or details.address_parts[1]


@pytest.fixture
def world(settings):
    """Every state as a way to give, signed and not signed, every kind; seen on the day after today."""
    settings.DONATE_PUBLIC_KEYS = signing.KEYS
    signed = [page_of(f"s-{state}") for state in STATES]
    unsigned = [page_of(f"u-{state}") for state in ("none", "cautions", "suits")]
    every_kind = [page_of(f"k-{kind.replace('_', '-')}", kind) for kind in KINDS]
    every_kind += [signing.BANK, signing.BITCOIN]
    for details in (*signed, *unsigned, *every_kind):
        method = signing.method_of(details)
        make = STATES[details.slug[2:]][0] if details.slug[2:] in STATES else approved
        for place in Place:
            make(place, "suitable", method)
    signing.take_in(*signed, *every_kind)
    approved_text()
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        yield {each.slug: each for each in (*signed, *unsigned, *every_kind)}


def expected(slug: str, place: str, status: str) -> tuple[str, bool]:
    """The word of a cell, and whether its page leads on."""
    level = STATES[slug[2:]][1] if slug[2:] in STATES else "suitable"
    if status != "foreign_agent" and place != "elsewhere":
        level = "no"
    return level, level != "no" and not slug.startswith("u-")


def test_every_cell_of_the_matrix(reader, world, settings):
    for status in STATUSES:
        settings.LEGAL_STATUS = status
        # s-cautions, s-suits and seven kinds; three places, or one; two languages.
        assert pages_that_lead_on(reader, world, status) == 2 * 9 * (3 if status == "foreign_agent" else 1)


def pages_that_lead_on(reader, world, status: str) -> int:
    """Asks every page of the world and compares it with the table; how many led on."""
    secrets = {slug: secrets_of(details) for slug, details in world.items()}
    allowed = 0
    for language in ("ru", "en"):
        for slug in world:
            for place in Place.values:
                path = f"/{language}/donate/to/{slug}/{place}/"
                page = reader.get(path).content.decode()
                level, leads_on = expected(slug, place, status)
                seen = {other for other, secret in secrets.items() if secret in page}
                assert seen == ({slug} if leads_on else set()), path
                sign = {"no": "nope", "caution": "mind", "suitable": "ok"}[level]
                assert f'class="st {sign}"' in page, path
                assert page.count("<form") == page.count("<script") == 0, path
                allowed += leads_on
    return allowed


def test_no_other_page_leads_to_a_payment(reader, world):
    """Without both choices there is no account and no link anywhere, and no place's page is passed over."""
    secrets = [secrets_of(details) for details in world.values()]
    running = campaign()
    entry(running)
    pages = ["", "donate/", f"donate/{running.slug}/", "reports/", "what-we-do/"]
    pages += [f"donate/{place}/" for place in Place.values]
    pages += [f"donate/to/{slug}/" for slug in world]
    for language in ("ru", "en"):
        for path in pages:
            answer = reader.get(f"/{language}/{path}")
            assert answer.status_code == 200, path
            page = answer.content.decode()
            assert [secret for secret in secrets if secret in page] == [], path
            assert HOST not in page, path
    table = reader.get("/ru/donate/").content.decode()
    assert f"/{Place.ELSEWHERE}/" in table
    assert not [slug for slug in world if f"/to/{slug}/{Place.ELSEWHERE}/" in table]


def test_the_table_says_what_the_pages_say(reader, world):
    table = SafetyTable(civil_date())
    found = {
        (method.slug, cell.place.value): cell.level.value
        for method, cells in table.rows
        if method
        for cell in cells
    }
    assert found == {
        (slug, place): expected(slug, place, "foreign_agent")[0] for slug in world for place in Place.values
    }
    out = {
        (method.slug, place.value): table.way(place, method).way_out is not None
        for method in table.methods
        for place in Place
    }
    assert out == {
        (slug, place): expected(slug, place, "foreign_agent")[1] for slug in world for place in Place.values
    }
    [(_none, others)] = [row for row in table.rows if row[0] is None]
    assert {cell.level.value for cell in others} == {"no"}
    page = reader.get("/ru/donate/").content.decode()
    nope = sum(level == "no" for level in found.values()) + len(others)
    assert page.count('class="st nope"') == nope


@pytest.mark.parametrize("status", STATUSES)
def test_telling_others_follows_its_own_notice_and_the_status(settings, status):
    settings.LEGAL_STATUS = status
    approved_text()
    approved(Place.IN_RUSSIA, "caution")
    approved(Place.ELSEWHERE, "suitable")
    table = SafetyTable(civil_date())
    levels = [table.cell(place, None).level.value for place in Place]
    assert levels == ["caution" if status == "foreign_agent" else "no", "no", "suitable"]


@pytest.mark.parametrize(
    "make",
    [
        lambda: None,
        text,
        lambda: approved_text(**days(begins=3)),
        lambda: end_notice(proposal=approved_text(), by="command:propose"),
        lambda: time_machine.travel(timezone.now() + timedelta(days=31), tick=False),
    ],
    ids=["none", "proposed", "not begun", "ended", "expired"],
)
def test_without_a_text_for_donors_nobody_is_led_to_a_payment(reader, settings, make):
    settings.DONATE_PUBLIC_KEYS = signing.KEYS
    method = signing.method_of(signing.CARD)
    for place in Place:
        approved(place, "suitable", method, **days(ends=60))
    signing.take_in(days=60)
    made = make()
    if isinstance(made, time_machine.travel):
        approved_text(**days(ends=30))
        with made:
            assert_closed(reader)
        assert signing.PAGE_HOST in reader.get("/ru/donate/to/card/elsewhere/").content.decode()
    else:
        assert_closed(reader)


def assert_closed(reader) -> None:
    for language, words in (("ru", "Сейчас не платите"), ("en", "Do not pay now")):
        page = reader.get(f"/{language}/donate/").content.decode()
        assert 'class="st ok"' not in page
        assert "st mind" not in page
        assert words in page or language == "ru"
        for place in Place.values:
            leaving = reader.get(f"/{language}/donate/to/card/{place}/").content.decode()
            assert signing.PAGE_HOST not in leaving
            assert 'class="st nope"' in leaving


def test_what_the_signed_set_no_longer_holds_is_gone(reader, settings):
    """The notice allows, the account fails: the page says so and shows none."""
    settings.DONATE_PUBLIC_KEYS = signing.KEYS
    approved_text()
    approved(Place.ELSEWHERE, "suitable", signing.method_of(signing.CARD))
    signing.take_in(days=5)
    path = "/en/donate/to/card/elsewhere/"
    assert signing.PAGE_HOST in reader.get(path).content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=6), tick=False):
        page = reader.get(path).content.decode()
    assert signing.PAGE_HOST not in page
    assert "Not available now" in page


def test_the_link_leaves_without_a_trace(reader, settings):
    settings.DONATE_PUBLIC_KEYS = signing.KEYS
    approved_text()
    approved(Place.ELSEWHERE, "suitable", signing.method_of(signing.CARD))
    signing.take_in()
    answer = reader.get("/en/donate/to/card/elsewhere/")
    page = answer.content.decode()
    assert f'href="https://{signing.PAGE_HOST}/once" rel="noreferrer noopener"' in page
    assert page.count(f"https://{signing.PAGE_HOST}") == 1
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert '<meta name="robots" content="noindex">' in page


def test_what_is_asked_and_how_to_end_it_stand_before_the_link(reader, settings):
    settings.DONATE_PUBLIC_KEYS = signing.KEYS
    approved_text()
    words = {"asks_en": "Your name and e-mail.", "how_to_cancel_en": "Settings, Memberships, Cancel."}
    approved(Place.ELSEWHERE, "suitable", signing.method_of(signing.PATREON, **words))
    signing.take_in()
    page = reader.get("/en/donate/to/patreon/elsewhere/").content.decode()
    order = [page.index(part) for part in (*words.values(), "patreon.example.org/memorial")]
    assert order == sorted(order)


def test_a_way_that_readers_are_not_told_of_answers_like_none(reader):
    method = signing.method_of(signing.CARD, is_shown=False)
    for place in Place:
        approved(place, "suitable", method)
    for path in ("donate/to/{}/", "donate/to/{}/elsewhere/"):
        hidden, absent = (reader.get(f"/ru/{path.format(slug)}") for slug in ("card", "nothing"))
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content
    assert "Way card" not in reader.get("/en/donate/").content.decode()


def test_a_page_of_yesterday_is_another_page_tomorrow(reader):
    """What a cache or a browser kept is asked again, and is not answered «unchanged» on another day."""
    approved_text()
    path = "/ru/donate/"
    kept = reader.get(path).headers["ETag"]
    assert reader.get(path, headers={"if-none-match": kept}).status_code == 304
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert reader.get(path, headers={"if-none-match": kept}).status_code == 200


def test_another_legal_status_is_another_page(reader, settings):
    kept = reader.get("/ru/donate/").headers["ETag"]
    settings.LEGAL_STATUS = "undesirable"
    assert reader.get("/ru/donate/").headers["ETag"] != kept


@pytest.mark.parametrize("word", ["undesireable", "none", "FOREIGN_AGENT", "0"])
def test_an_unknown_status_stops_the_program(monkeypatch, word):
    from memorial.donation_environment import legal_status

    monkeypatch.setenv("LEGAL_STATUS", word)
    with pytest.raises(Misconfigured, match="foreign_agent"):
        legal_status()


def test_the_shipped_status_is_foreign_agent(monkeypatch):
    from memorial.donation_environment import legal_status

    monkeypatch.delenv("LEGAL_STATUS", raising=False)
    assert legal_status() == "foreign_agent"
    monkeypatch.setenv("LEGAL_STATUS", " terrorist ")
    assert legal_status() == "terrorist"


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("donate/", 7),
        ("donate/elsewhere/", 6),
        ("donate/to/way-1/", 3),
        ("donate/to/way-1/elsewhere/", 6),
    ],
)
def test_the_number_of_queries_does_not_grow(reader, settings, path, most):
    settings.DONATE_PUBLIC_KEYS = signing.KEYS
    approved_text()
    entry(campaign())
    made = [page_of(f"way-{number}") for number in range(1, 4)]
    signing.take_in(*made)
    waiting = iter(made)

    def add() -> None:
        method = signing.method_of(next(waiting))
        for place in Place:
            approved(place, "suitable", method)

    assert same_number_of_queries(reader, f"/ru/{path}", add_row=add) <= most


def test_an_empty_page_says_so(reader):
    assert PaymentMethod.objects.count() == 0
    assert len(page_queries(reader, "/en/donate/")) <= 7
    page = reader.get("/en/donate/").content.decode()
    assert "Do not pay now" in page
    assert "Do not pass it on" in page
