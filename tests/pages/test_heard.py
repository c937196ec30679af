"""Pages as a screen reader reads them out: landmarks, headings, names of links, words for every sign."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.pages import world
from tests.pages.browsing import HOST, browser, opened
from tests.pages.hearing import LANDMARKS, Heard, heard, spoken

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]

PERSON = "prisoners/rozhdestvenskaya-pereverzeva/"
PATHS = (
    "",
    "prisoners/",
    "prisoners/?sort=updated&view=table",
    "prisoners/?letter=%D0%AA",
    PERSON,
    f"{PERSON}poster/",
    f"{PERSON}postcard/",
    "prisoners/p-4kxw7mzt2c/",
    "prisoners/perekotypole/",
    "prisoners/mammadzade/",
    "prisoners/ognepolsky/",
    "facilities/ik-99/",
    "facilities/sizo-9/",
    "regions/xx-z/",
    "no-such-page/",
)
FOREIGN_TEXTS = """() => {
    const page = document.documentElement.lang, found = [];
    const own = page === 'ru' ? /[а-яё]/i : /[a-z]/i, other = page === 'ru' ? /[a-z]{4}/i : /[а-яё]{2}/i;
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode.data.trim(), parent = walker.currentNode.parentElement;
        if (other.test(text) && !own.test(text) && parent.closest('[lang]').lang === page
            && !/@|\\/|\\.html?$/.test(text)) found.push(text);
    }
    return found;
}"""


def faults(things: list[Heard]) -> list[str]:
    """What a listener would stumble over, a sentence each."""
    return [*_landmarks(things), *_headings(things), *_names(things), *_tables(things)]


def _landmarks(things):
    found = [(thing.role, thing.name) for thing in things if thing.role in LANDMARKS]
    roles = [role for role, _name in found]
    yield from (
        f"{roles.count(role)} of {role}"
        for role in ("banner", "main", "contentinfo")
        if roles.count(role) != 1
    )
    many = [each for each in found if each[0] in ("navigation", "region", "complementary")]
    yield from (f"a nameless {role}" for role, name in many if not name)
    yield from (f"two of {each}" for each in set(many) if many.count(each) > 1)


def _headings(things):
    levels = [thing.level for thing in things if thing.role == "heading"]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield f"headings begin {levels[:3]}, with {levels.count(1)} of the first level"
    jumps = [(before, after) for before, after in pairwise(levels) if after > before + 1]
    yield from (f"from heading {before} to {after}" for before, after in jumps)


def _names(things):
    named = [
        each for each in things if each.role in ("link", "button", "combobox", "image", "group", "heading")
    ]
    # The header's menu is a group without a name while it stands open on a wide screen.
    yield from (
        f"{each.role} {each.name!r} says nothing"
        for each in named
        if not each.has_words and not (each.role == "group" and each.is_in("banner"))
    )
    places: dict[str, set[str]] = {}
    for link in things:
        if link.role == "link" and link.is_in("main"):
            places.setdefault(link.name, set()).add(link.url)
    yield from (f"{name!r} leads to {sorted(urls)}" for name, urls in places.items() if len(urls) > 1)
    yield from (
        f"the sign {each.name!r} is read out"
        for each in things
        if each.role == "StaticText" and each.name.strip() in {"?", "!", "/", "//", "→", "—", "…", "[", "]"}
    )


def _tables(things):
    names = [thing.name for thing in things if thing.role == "table"]
    yield from ("a nameless table" for name in names if not name)
    for table in set(names):
        inside = [thing for thing in things if ("table", table) in thing.within]
        heads = [thing for thing in inside if thing.role == "columnheader"]
        rows = [thing for thing in inside if thing.role == "rowheader"]
        cells = [thing for thing in inside if thing.role == "cell"]
        if not heads or not all(each.has_words for each in [*heads, *rows, *cells]):
            yield f"{table!r} has cells or heads without words"
        if len(cells) != len(rows) * (len(heads) - 1):
            yield f"{table!r} has {len(heads)} columns, {len(rows)} heads of rows, {len(cells)} cells"


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_kind_of_page_is_heard_in_order_and_in_words(reader, language):
    world.everybody()
    found = {}
    with browser(reader, viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        for path in PATHS:
            page.goto(f"{HOST}/{language}/{path}", wait_until="load")
            told = [*faults(heard(page)), *page.evaluate(FOREIGN_TEXTS)]
            found |= {path: told} if told else {}
    assert found == {}


def test_profile_is_heard_from_the_name_to_the_ways_to_help(reader):
    world.sentenced()
    with browser(reader, viewport={"width": 390, "height": 844}) as context:
        page, _complaints = opened(context, f"/ru/{PERSON}")
        texts = spoken(heard(page))
    start = texts.index("В заключении")
    assert texts[start : start + 7] == [
        "В заключении",
        "Признана политзаключённой 12 мая 2023",
        "В неволе 3 года 8 месяцев.",
        "Приговор: 7 лет 6 месяцев, колония общего режима; 19 февраля 2024.",
        "Лишена свободы 14 марта 2023",
        "Ожидаемое освобождение: январь 2030",
        "Учительница географии из Верхнереченска. Приговорена к 7 годам 6 месяцам колонии.",
    ]
    # The drawn line and the initials in place of a photo are silent; the words of the line are said once.
    assert (
        texts.count("В неволе 3 года 8 месяцев.") == texts.count("Ожидаемое освобождение: январь 2030") == 1
    )
    assert not [text for text in texts if "%" in text or text == "РА"]


def test_envelope_is_heard_as_one_named_thing(reader):
    world.sentenced()
    with browser(reader, viewport={"width": 390, "height": 844}) as context:
        page, _complaints = opened(context, f"/en/{PERSON}")
        things = heard(page)
    inside = [thing for thing in things if ("group", "How to address the envelope") in thing.within]
    assert [thing.name for thing in inside if thing.role == "image"] == ["Postal index 999014"]
    texts = spoken(inside)
    assert texts.index("Кому") + 1 == texts.index(
        "Рождественской-Переверзевой Александре Константиновне, 1987 г. р."
    )
    assert "Куда" in texts
    assert not [text for text in texts if "марки" in text]
    copied = [thing for thing in things if ("group", "The address on one line") in thing.within]
    assert spoken(copied)[0].startswith("Рождественской-Переверзевой")


def test_faults_for_the_ear_are_found_where_they_are_planted(reader):
    """A check that finds nothing proves nothing until it has found a planted fault."""
    world.sentenced()
    with browser(reader) as context:
        page, _complaints = opened(context, f"/en/{PERSON}")
        page.evaluate(
            """() => document.querySelector('main').insertAdjacentHTML('beforeend', `
                <nav><a href="/x">Here</a><a href="/y">Here</a><a href="/z">→</a></nav><h1>Again</h1><h4>Deep</h4>
                <span>?</span><svg role="img"></svg><p>Имя по-русски</p>
                <table><caption>People</caption><tr><th scope="col">Name<th scope="col">Born</tr>
                <tr><th scope="row">A</tr></table>`)"""
        )
        told = "\n".join([*faults(heard(page)), *page.evaluate(FOREIGN_TEXTS)])
    for planted in (
        "nameless navigation",
        "2 of the first level",
        "from heading 1 to 4",
        "'Here' leads to",
        "'→' says nothing",
        "the sign '?'",
        "image '' says nothing",
        "Имя по-русски",
        "2 columns",
    ):
        assert planted in told, planted
