"""Reading a case in Chromium with nothing but a keyboard, no script, on a phone and on a desk, in both languages."""

import os

import pytest

from cases.models import Document, Prosecution
from memorial.base.choices import State
from memorial.base.partial_date import PartialDate
from tests.cases_pages import world
from tests.plugin import chromium

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TITLES = {"ru": "Дело о «чтениях на набережной»", "en": "The embankment readings case"}
MOST_LINKS = 150
_FOCUSED = """() => {
    const style = getComputedStyle(document.activeElement);
    return [document.activeElement.getAttribute('href'), style.outlineStyle !== 'none' || style.boxShadow !== 'none'];
}"""


@pytest.fixture
def context_of():
    from playwright.sync_api import sync_playwright

    # In a container the sandbox of Chromium needs rights that root there does not have.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        yield lambda width: browser.new_context(
            java_script_enabled=False, viewport={"width": width, "height": 800}
        )
        browser.close()


@pytest.fixture
def case():
    """The case of the embankment, with the last word of the person who serves."""
    made = world.embankment()
    Document.objects.create(
        case=made,
        prosecution=Prosecution.objects.get(case=made, prisoner__surname_ru="Переверзева"),
        state=State.PUBLISHED,
        slug="last-word",
        kind="last_word",
        title_ru="Последнее слово",
        title_en="The last word",
        text_ru="<p>Река помнит имена.</p>",
        text_en="<p>The river remembers names.</p>",
        on=PartialDate.parse("16.02.2024"),
        language="ru",
    )
    return made


def follow(page, end: str) -> None:
    """Tabs from the top of the page to the link whose address ends so, sees that it shows it, and presses Enter."""
    page.keyboard.press("Control+Home")
    for _step in range(MOST_LINKS):
        page.keyboard.press("Tab")
        address, is_seen = page.evaluate(_FOCUSED)
        if address and address.endswith(end):
            assert is_seen, f"the focus on {address} is not seen"
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"no link to {end} is reached from {page.url}")


def arrived(page, end: str, width: int, language: str) -> None:
    """The page asked for, in its language, with one heading of the first rank, and nothing beside the screen."""
    page.wait_for_url(f"**{end}")
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1280])
def test_a_case_is_read_from_the_list_to_the_calendar_by_keyboard(live_server, context_of, case, width):
    site = live_server.url.replace("127.0.0.1", "localhost")
    person = Prosecution.objects.get(case=case, prisoner__surname_ru="Переверзева").prisoner
    context = context_of(width)
    for language, title in TITLES.items():
        page = context.new_page()
        page.goto(f"{site}/{language}/cases/")
        follow(page, f"/{language}/cases/{case.slug}/")
        arrived(page, f"/cases/{case.slug}/", width, language)
        assert page.locator("h1").inner_text().replace("\u00a0", " ") == title
        follow(page, f"/{language}/prisoners/{person.slug}/")
        arrived(page, f"/prisoners/{person.slug}/", width, language)
        follow(page, f"/{language}/documents/last-word/")
        arrived(page, "/documents/last-word/", width, language)
        assert {"ru": "Река помнит имена.", "en": "The river remembers names."}[language] in page.content()
        follow(page, f"/{language}/cases/{case.slug}/")
        arrived(page, f"/cases/{case.slug}/", width, language)
        with page.expect_download() as saved:
            follow(page, "/calendar.ics")
        calendar = saved.value.path().read_text(encoding="utf-8")
        assert calendar.startswith("BEGIN:VCALENDAR")
        assert calendar.count("BEGIN:VEVENT") >= 1
        assert "Сокрытова" not in calendar
        page.close()
    assert context.cookies() == []
    context.close()
