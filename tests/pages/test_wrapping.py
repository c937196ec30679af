"""Names of any length and script, and texts of any length, stay on the narrowest and the widest screen."""

from __future__ import annotations

import pytest

from prisoners.models import Prisoner
from tests.factories import CustodyFactory, PrisonerFactory, StayFactory
from tests.pages import world
from tests.pages.browsing import HOST, browser

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]

NAMES = {
    "single": ("Санжидма", "", ""),
    "tatar": ("Җәмилуллина-Шәйхетдинова", "Гөлнәзирә", "Әхмәтҗан кызы"),
    "kazakh": ("Тұлпарқазық-Жөлғұттыұлы", "Ғаниқожа", "Ұзақбайұлы"),
    "ukrainian": ("Ґудзиковий-Їжаківщенко", "Євстахій", "Йосифович"),
    "unbroken": (
        "Переверзевобогоявленскорождественский",
        "Константинопольскийиоанн",
        "Александропетровихович",
    ),
}
LONG_WORD = "превысокомногорассмотрительствующий" * 6
# Whatever sticks out sideways, save what scrolls by itself and what only screen readers meet.
_STICKS_OUT = """width => [...document.querySelectorAll('body *')]
    .filter(e => !e.closest('.abc--row, .vh, .skip, svg, .stack thead') && e.getClientRects().length)
    .map(e => [e.tagName + '.' + e.className, Math.round(e.getBoundingClientRect().left),
               Math.ceil(e.getBoundingClientRect().right)])
    .filter(([_name, left, right]) => left < 0 || right > width).slice(0, 3)"""


def people_of_every_length() -> list[str]:
    """Addresses of people with the names above, of somebody with endless texts, of somebody with none."""
    world.sentenced()
    world.nameless()
    for slug, (surname, given, patronymic) in NAMES.items():
        names = {"surname_ru": surname, "given_names_ru": given, "patronymic_ru": patronymic}
        person = PrisonerFactory(slug=slug, **names)
        StayFactory(prisoner=person, began=world.day("2024"))
        CustodyFactory(prisoner=person, detained_on=world.day("2024"))
    text = f"{LONG_WORD} {'Долгая история без конца. ' * 120}"
    fields = [Prisoner._meta.get_field(f"{name}_ru") for name in ("summary", "charges", "sentence")]
    long = {field.name: text[: field.max_length] for field in fields}
    long["charges_ru"] = ("п. «а», «б», «в», «г», «д», «е» ч. 2 ст. 207.3 УК РФ; " * 12)[:500]
    rich = f"<p>{text}</p><ul><li>{text}</li></ul>"
    markup = {f"{name}_ru": rich for name in ("what_happened", "why_political")}
    PrisonerFactory(slug="endless", **long, **markup)
    empty = dict.fromkeys(("summary_ru", "summary_en", "charges_ru", "charges_en"), "")
    PrisonerFactory(slug="no-text", **empty)
    return ["rozhdestvenskaya-pereverzeva", "p-zhitel", *NAMES, "endless", "no-text"]


def test_names_and_texts_of_any_length_do_not_stick_out(reader):
    slugs = people_of_every_length()
    paths = [
        "prisoners/",
        "prisoners/?view=table",
        "prisoners/?sort=updated",
        "facilities/ik-99/",
        "regions/xx-z/",
    ]
    paths += [f"prisoners/{slug}/{sheet}" for slug in slugs for sheet in ("", "poster/", "postcard/")]
    found = {}
    with browser(reader) as context:
        page = context.new_page()
        for path in paths:
            page.goto(f"{HOST}/ru/{path}", wait_until="load")
            for width in (320, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                told = page.evaluate(_STICKS_OUT, width)
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    told.append("the page scrolls sideways")
                if told:
                    found[f"{path} {width}"] = told
    assert found == {}


def test_a_name_is_broken_between_its_parts_and_not_within(reader):
    world.sentenced()
    with browser(reader, viewport={"width": 390, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{HOST}/ru/prisoners/rozhdestvenskaya-pereverzeva/")
        lines = page.evaluate(
            """() => { const h = document.querySelector('h1'), range = document.createRange(), lines = new Map();
                const walker = document.createTreeWalker(h, NodeFilter.SHOW_TEXT);
                while (walker.nextNode()) for (let i = 0; i < walker.currentNode.length; i++) {
                    range.setStart(walker.currentNode, i); range.setEnd(walker.currentNode, i + 1);
                    const box = range.getBoundingClientRect();
                    if (box.width) lines.set(Math.round(box.top), (lines.get(Math.round(box.top)) || '')
                        + walker.currentNode.data[i]);
                }
                return [...lines.values()].map(line => line.trim()); }"""
        )
    assert lines == ["Рождественская-", "Переверзева", "Александра", "Константиновна"]


def test_what_sticks_out_would_be_found(reader):
    world.sentenced()
    with browser(reader, viewport={"width": 320, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{HOST}/ru/prisoners/rozhdestvenskaya-pereverzeva/")
        assert page.evaluate(_STICKS_OUT, 320) == []
        page.evaluate("document.querySelector('h1').style.whiteSpace = 'nowrap'")
        assert page.evaluate(_STICKS_OUT, 320)
