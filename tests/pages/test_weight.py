"""What a first visit costs: page, style sheet and the fonts that Chromium really loads, photographs apart."""

from __future__ import annotations

from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders

from prisoners.models import Prisoner
from tests.factories import CustodyFactory, PrisonerFactory, RecognitionFactory, StayFactory
from tests.pages import world
from tests.pages.browsing import HOST, browser

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]

KB = 1024
MOST = 120 * KB
MOST_CSS = 12 * KB
LEVEL = 5
"""A web server compresses while it answers, and not at its highest level."""


def visit(reader, path: str) -> tuple[int, set[str]]:
    """Bytes of a first visit from a phone, compressed, and the names of the fonts loaded."""
    weighed: dict[str, int] = {}
    with browser(reader, viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.on("response", lambda answer: weighed.update(_weight(answer)))
        page.goto(f"{HOST}{path}", wait_until="networkidle")
        page.evaluate("document.fonts.ready.then(() => 1)")
    fonts = {url.rsplit("/", 1)[1].removesuffix(".woff2") for url in weighed if url.endswith(".woff2")}
    return sum(weighed.values()), fonts


def _weight(answer) -> dict[str, int]:
    if answer.request.resource_type == "image" and "/media/" in answer.url:
        return {}
    body = answer.body()
    # A font is compressed in itself.
    packed = len(body) if answer.url.endswith(".woff2") else len(brotli.compress(body, quality=LEVEL))
    return {answer.url: packed}


def full_page_of_people() -> None:
    for number in range(22):
        person = PrisonerFactory(surname_ru=f"Горинцев-Залесский-{number}", surname_en=f"Gorintsev-{number}")
        custody = CustodyFactory(prisoner=person, term="fixed", expected_end=world.day("01.2030"))
        StayFactory(prisoner=person)
        RecognitionFactory(prisoner=person, custody=custody)
    world.sentenced()
    # English is never complete: a Russian summary stands on an English list.
    world.only_russian()


@pytest.mark.parametrize(
    "path", ["", "prisoners/", "prisoners/?sort=updated", "prisoners/?view=table", "prisoners/{slug}/"]
)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_first_visit_weighs_at_most_120_kb(reader, language, path):
    full_page_of_people()
    slug = Prisoner.objects.get(slug="rozhdestvenskaya-pereverzeva").slug
    weight, fonts = visit(reader, f"/{language}/{path.format(slug=slug)}")
    assert weight > 40 * KB, "nothing was weighed"
    assert weight <= MOST, f"{weight / KB:.1f} KB with {sorted(fonts)}"
    # Nobody here has a letter that only these have; italics are set where a text has them.
    assert not {name for name in fonts if name.endswith("-ext")}
    assert slug in path.format(slug=slug) or not {name for name in fonts if name.startswith("italic")}


def test_first_visit_loads_the_script_of_its_language_alone(reader):
    _weight_of_page, russian = visit(reader, "/ru/")
    _weight_of_page, english = visit(reader, "/en/")
    assert {"text-cyr", "display-cyr", "sans-cyr"} <= russian
    assert {"text-lat", "display-lat", "sans-lat"} <= english
    assert not {name for name in russian if "lat" in name}
    assert not {name for name in english if "cyr" in name}


def test_first_visit_loads_an_extended_cut_only_for_a_name_that_needs_it(reader):
    """And one rare first letter in the index does not cost a file."""
    PrisonerFactory(slug="plain")
    tatar = PrisonerFactory(slug="zhalil", surname_ru="Җәлил", given_names_ru="Ания", patronymic_ru="")
    _weight_of_page, fonts = visit(reader, "/ru/prisoners/?letter=%D0%93")
    assert "display-cyr" in fonts
    assert not {name for name in fonts if name.endswith("-ext")}
    weight, fonts = visit(reader, f"/ru/prisoners/{tatar.slug}/")
    assert "display-cyr-ext" in fonts
    assert weight <= MOST


def test_style_sheet_weighs_at_most_12_kb():
    for name in ("site", "poster", "postcard"):
        sheet = Path(str(finders.find(f"css/{name}.css"))).read_bytes()
        assert len(brotli.compress(sheet, quality=LEVEL)) <= MOST_CSS, name
