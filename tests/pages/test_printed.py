"""Pages on paper, and in colours that the reader's system forces."""

from __future__ import annotations

import re

import pypdfium2
import pytest

from tests.factories import CustodyFactory, PrisonerFactory, RecognitionFactory, StayFactory
from tests.pages import world
from tests.pages.browsing import HOST, browser

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]

PERSON = "/ru/prisoners/rozhdestvenskaya-pereverzeva/"


def sheets(page) -> list[str]:
    """The text of each printed sheet, in one line."""
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    texts = [sheet.get_textpage().get_text_bounded() for sheet in document]
    document.close()
    return [" ".join(text.split()) for text in texts]


def test_printed_profile_has_no_navigation_and_names_its_sources(reader):
    world.sentenced()
    with browser(reader) as context:
        page = context.new_page()
        page.goto(f"{HOST}{PERSON}")
        page.emulate_media(media="print")
        for hidden in (".top", ".foot", ".crumbs", ".toc", ".btns", ".skip", ".copy"):
            assert not [each for each in page.locator(hidden).all() if each.is_visible()], hidden
        for shown in ("h1", ".env", ".facts", ".src", ".disc", "#cite"):
            assert page.locator(shown).first.is_visible(), shown
        after = "e => [getComputedStyle(e, '::after').content, e.href]"
        printed = [page.evaluate(after, link) for link in page.query_selector_all(".src a[href^=http]")]
    assert printed
    assert all(address in content for content, address in printed)


def test_printed_profile_ends_on_a_sheet_with_more_than_how_to_cite_it(reader):
    person = world.sentenced()
    with browser(reader) as context:
        page = context.new_page()
        for sentences in range(0, 60, 10):  # wherever the texts happen to end
            person.what_happened_ru = f"<p>{'Опубликовала записи. ' * sentences * 4}</p>"
            person.save()
            page.goto(f"{HOST}{PERSON}")
            last = sheets(page)[-1]
            cited = last.index("Как сослаться")
            assert "Признание политзаключённым не означает" in last[:cited], last


def test_printed_list_spends_no_sheet_on_one_row_of_portraits(reader):
    for number in range(24):
        person = PrisonerFactory(surname_ru=f"Горинцев-Залесский-{number}")
        custody = CustodyFactory(prisoner=person, term="fixed", expected_end=world.day("01.2030"))
        StayFactory(prisoner=person)
        RecognitionFactory(prisoner=person, custody=custody)
    with browser(reader) as context:
        page = context.new_page()
        page.goto(f"{HOST}/ru/prisoners/")
        printed = sheets(page)
        page.emulate_media(media="print")
        assert not page.locator(".abc").is_visible()
    assert len(printed) <= 4
    assert sum(len(re.findall(r"Горинцев-Залесский-\d+ ", sheet)) for sheet in printed) == 24


def test_shapes_and_the_term_line_survive_forced_colours(reader):
    world.sentenced()
    with browser(reader, forced_colors="active", color_scheme="dark") as context:
        page = context.new_page()
        for path, pages_paper in ((PERSON, "body"), (f"{PERSON}poster/", ".sheet")):
            page.goto(f"{HOST}{path}")
            border = "e => getComputedStyle(e, '::before').borderTopWidth"
            assert page.evaluate(border, page.query_selector(".st--in")) != "0px"
            fills = [
                page.evaluate("e => getComputedStyle(e).fill", page.query_selector(f".term rect.{name}"))
                for name in ("t-all", "t-done")
            ]
            paper = page.evaluate(
                "e => getComputedStyle(e).backgroundColor", page.query_selector(pages_paper)
            )
            assert fills[0] != fills[1], path
            assert fills[1] != paper, path


def test_name_on_a_poster_is_not_cut_by_the_plates_of_forced_colours(reader):
    world.sentenced()
    with browser(reader, forced_colors="active") as context:
        page = context.new_page()
        page.goto(f"{HOST}{PERSON}poster/")
        size, line = page.evaluate(
            "() => { const own = getComputedStyle(document.querySelector('h1'));"
            " return [own.fontSize, own.lineHeight].map(parseFloat); }"
        )
    assert line >= 1.25 * size
