import re
from datetime import date, timedelta

import pytest

from memorial.base.choices import State
from prisoners import models
from prisoners.models import Prisoner
from tests.counting import page_queries, same_number_of_queries
from tests.factories import CustodyFactory, PrisonerFactory, RecognitionFactory, StayFactory
from tests.pages.reading import links, words
from tests.pages.world import SPECIAL, TODAY, day, hidden, nameless, only_english, sentenced

pytestmark = pytest.mark.django_db
URL = "/ru/prisoners/"


def test_prisoner_list_without_anybody_says_so_and_keeps_the_disclaimer(reader):
    text = words(reader.get(URL))
    assert "Здесь пока никого нет" in text
    assert "Признание политзаключённым не означает согласия" in text


def test_prisoner_list_shows_the_published_and_nobody_else(reader):
    for state in State.values:
        PrisonerFactory(surname_ru=f"Пробный{state}", state=state)
    text = words(reader.get(URL))
    assert "Пробныйpublished" in text
    assert not any(f"Пробный{state}" in text for state in State.values if state != State.PUBLISHED)
    assert "1 человек" in text


def test_prisoner_list_is_sorted_by_surname_with_yo_as_ye_and_latin_last(reader):
    for slug, surname in (("a", "Яров"), ("b", "Ёлкин"), ("c", "Ежов"), ("d", "Емельянов")):
        PrisonerFactory(slug=slug, surname_ru=surname)
    only_english()
    found = [link for link in links(reader.get(URL)) if link.startswith("/ru/prisoners/") and link != URL]
    order = [link.removeprefix(URL).strip("/") for link in found if not re.search("[?.]|/feed/", link)]
    assert order == ["c", "b", "d", "a", "mammadzade"]


@pytest.mark.parametrize(
    ("number", "russian", "english"),
    [
        (1, "1 человек", "1 person"),
        (2, "2 человека", "2 people"),
        (5, "5 человек", "5 people"),
        (21, "21 человек", "21 people"),
        (22, "22 человека", "22 people"),
    ],
)
def test_prisoner_list_counts_in_words(reader, number, russian, english):
    PrisonerFactory.create_batch(number)
    assert f" {russian} " in words(reader.get(URL))
    assert f" {english} " in words(reader.get("/en/prisoners/"))


def test_prisoner_list_has_24_people_a_page_and_pages_that_link_on(reader):
    PrisonerFactory.create_batch(25)
    first, second = reader.get(URL), reader.get(f"{URL}?page=2")
    assert first.content.count(b'<li class="card">') == 24
    assert second.content.count(b'<li class="card">') == 1
    assert f"{URL}?page=2" in links(first)
    # The first page is linked as it is known, never by its number or with an empty query.
    assert URL in links(second)
    assert not [link for link in links(second) if link.endswith(("?", "=", "page=1"))]


MISLED = "Показываем самое близкое"


@pytest.mark.parametrize("page", ["3", "0", "-1", "abc", "9" * 5000, "1e3", "٣", "٢", "²"])
@pytest.mark.parametrize("sort", ["", "updated"])
def test_prisoner_list_page_that_is_not_there_gives_the_nearest_and_says_so(reader, page, sort):
    PrisonerFactory.create_batch(25)
    answer = reader.get(URL, {"page": page, "sort": sort})
    assert answer.status_code == 200
    assert MISLED in words(answer)
    assert answer.content.count(b'<li class="card">') == (1 if page == "3" else 24)
    assert 'content="noindex"' in answer.content.decode()


def test_prisoner_list_that_has_what_was_asked_says_nothing_of_it(reader):
    PrisonerFactory.create_batch(25)
    for asked in ("", "?page=1", "?page=2", "?sort=", "?sort=name", "?letter=", "?view=table", "?view="):
        assert MISLED not in words(reader.get(URL + asked))


def test_prisoner_list_of_a_letter_has_only_its_people(reader):
    PrisonerFactory(slug="a", surname_ru="Ёлкин")
    PrisonerFactory(slug="b", surname_ru="Яров")
    found = reader.get(URL, {"letter": "Е"})
    assert found.content == reader.get(URL, {"letter": "ё"}).content
    text = words(found)
    assert "Ёлкин" in text
    assert "Яров" not in text


def test_prisoner_list_index_has_the_letters_there_are(reader):
    PrisonerFactory(surname_ru="Ёлкин")
    PrisonerFactory(surname_ru="Яров")
    only_english()
    shown = [link.split("=")[1] for link in links(reader.get(URL)) if "letter=" in link]
    from urllib.parse import unquote

    assert [unquote(letter) for letter in shown] == ["Е", "Я", "M"]


def test_prisoner_list_of_a_letter_nobody_has_leads_back(reader):
    PrisonerFactory()
    answer = reader.get(URL, {"letter": "Ъ"})
    assert answer.status_code == 200
    assert "На букву Ъ здесь никого нет" in words(answer)
    assert URL in links(answer)


@pytest.mark.parametrize("letter", ["ab", "%", "<b>", "..", "' OR 1=1"])
def test_prisoner_list_of_what_is_no_letter_is_everybody_and_says_so(reader, letter):
    PrisonerFactory(surname_ru="Яров")
    answer = reader.get(URL, {"letter": letter})
    assert answer.status_code == 200
    assert MISLED in words(answer)
    assert "Яров" in words(answer)
    assert "<b>" not in answer.content.decode().split("<main")[1]


@pytest.mark.parametrize("asked", [{"sort": "born"}, {"sort": "-name"}, {"sort": "'"}, {"view": "list"}])
def test_prisoner_list_in_an_order_that_there_is_not_is_by_name_and_says_so(reader, asked):
    PrisonerFactory(surname_ru="Яров")
    PrisonerFactory(surname_ru="Ёлкин")
    answer = reader.get(URL, asked)
    assert answer.status_code == 200
    assert MISLED in words(answer)
    assert words(answer).index("Ёлкин") < words(answer).index("Яров")


def test_prisoner_list_as_a_table_labels_every_cell_for_narrow_screens(reader):
    sentenced()
    page = reader.get(URL, {"view": "table"}).content.decode()
    rows = page.split("<tbody>")[1].split("</tbody>")[0]
    assert rows.count("<td ") == rows.count("data-l=") == 5
    assert "14.03.2023" in rows
    assert "январь\u00a02030" in rows


def test_prisoner_list_table_says_unknown_and_never_a_lone_dash(reader):
    nameless()
    text = words(reader.get(URL, {"view": "table"}))
    assert text.count("неизвестно") >= 3
    assert " — " not in text.split("В неволе до")[1].split("Признание")[0]


def test_prisoner_list_repeats_nothing_that_was_asked(reader):
    PrisonerFactory.create_batch(25)
    page = reader.get(URL, {"utm": "marker7", "view": "<script>", "page": "1"}).content.decode()
    assert "marker7" not in page
    assert "<script>" not in page


def _whole_person() -> None:
    person = PrisonerFactory()
    custody = CustodyFactory(prisoner=person)
    StayFactory(prisoner=person)
    RecognitionFactory(prisoner=person, custody=custody)


@pytest.mark.parametrize("order", ["", "sort=updated", "sort=since", "sort=release"])
@pytest.mark.parametrize("view", ["", "view=table"])
def test_prisoner_list_costs_the_same_with_one_person_and_with_three(reader, order, view):
    assert same_number_of_queries(reader, f"{URL}?{order}&{view}", add_row=_whole_person) <= 9


def test_prisoner_list_shows_every_special_person_in_both_languages(reader):
    for make in SPECIAL:
        make()
    for language in ("ru", "en"):
        page = reader.get(f"/{language}/prisoners/")
        assert page.status_code == 200
        assert page.content.count(b'<li class="card">') == len(SPECIAL)


def test_prisoner_list_marks_a_summary_of_the_other_language(reader):
    only_english()
    page = reader.get(URL).content.decode()
    assert '<span lang="en">A blogger; charged with hooliganism.</span>' in page
    assert "(по-английски)" in page


def test_prisoner_list_head_of_a_page_names_its_own_address(reader):
    PrisonerFactory.create_batch(25)
    page = reader.get(f"{URL}?page=2&view=table").content.decode()
    assert '<link rel="canonical" href="http://localhost:8000/ru/prisoners/?page=2">' in page
    first = reader.get(f"{URL}?view=table").content.decode()
    assert '<link rel="canonical" href="http://localhost:8000/ru/prisoners/">' in first
    assert 'hreflang="en" href="http://localhost:8000/en/prisoners/"' in first


def test_prisoner_list_does_not_ask_for_long_texts(reader):
    sentenced()
    queries = page_queries(reader, URL)
    assert not [sql for sql in queries if "what_happened" in sql]


def test_prisoner_list_never_shows_who_was_withdrawn(reader):
    person = hidden()
    assert person.surname_ru not in reader.get(URL).content.decode()
    Prisoner.objects.filter(pk=person.pk).update(state=State.PUBLISHED)
    assert person.surname_ru in reader.get(URL).content.decode()


# --- Orders ------------------------------------------------------------------------------------


def order_of(response) -> list[str]:
    """The slugs of the people on a page, as they stand."""
    found = re.findall(r'href="/ru/prisoners/([\w-]+)/"', response.content.decode().split("<main")[1])
    return [slug for slug in dict.fromkeys(found) if slug != "feed"]


def person(slug: str, **fields) -> Prisoner:
    """Somebody whose surname begins like the slug."""
    return PrisonerFactory(**{"slug": slug, "surname_ru": slug.title(), "updated_on": None, **fields})


def _released(custody: models.Custody, on: str) -> None:
    models.EndOfCustody.objects.create(
        prisoner=custody.prisoner, custody=custody, on=day(on), ground="served", circumstance="ordinary"
    )


@pytest.mark.parametrize("view", ["", "table"])
def test_prisoner_list_by_update_has_the_last_event_first_and_the_unknown_last_by_name(reader, view):
    person("d")
    person("c", updated_on=date(2026, 11, 1))
    person("b", updated_on=date(2026, 11, 20))
    person("a", updated_on=date(2026, 11, 20))
    person("e")
    answer = reader.get(URL, {"sort": "updated", "view": view})
    assert order_of(answer) == ["a", "b", "c", "d", "e"]
    said = words(answer)
    assert "20.11.2026" in said if view else "Обновлено 20 ноября 2026" in said
    assert "Сначала недавние." in said


@pytest.mark.parametrize("view", ["", "table"])
def test_prisoner_list_by_update_keeps_who_wants_quiet_low_and_undated(reader, view):
    person("q", updated_on=date(2026, 11, 22), quiet_until=TODAY)
    person("a", updated_on=date(2020, 1, 1))
    person("z")
    person("b", updated_on=date(2026, 11, 21), quiet_until=TODAY - timedelta(days=1))
    answer = reader.get(URL, {"sort": "updated", "view": view})
    assert order_of(answer) == ["b", "a", "q", "z"]
    assert "22 ноября" not in words(answer)
    assert "22.11.2026" not in words(answer)


def test_prisoner_list_by_update_tells_of_quiet_nothing_that_silence_does_not(reader):
    someone = person("q", updated_on=date(2026, 11, 22), quiet_until=TODAY)
    person("z")
    quiet = reader.get(URL, {"sort": "updated"}).content
    Prisoner.objects.filter(pk=someone.pk).update(updated_on=None, quiet_until=None)
    assert reader.get(URL, {"sort": "updated"}).content == quiet


def test_prisoner_list_by_liberty_lost_is_what_the_table_shows(reader):
    CustodyFactory(prisoner=person("old"), detained_on=day("14.03.2013"))
    again = person("again")
    first = CustodyFactory(prisoner=again, detained_on=day("2019"))
    _released(first, "2021")
    CustodyFactory(prisoner=again, seized_on=day("02.2025"), detained_on=day("05.02.2025"))
    freed = person("freed")
    _released(CustodyFactory(prisoner=freed, detained_on=day("2016")), "2018")
    anew = person("anew")  # held today, and nobody has entered since when
    over = CustodyFactory(prisoner=anew, detained_on=day("2024"))
    _released(over, "2025")
    StayFactory(prisoner=anew)
    person("unknown")
    answer = reader.get(URL, {"sort": "since", "view": "table"})
    assert order_of(answer) == ["again", "freed", "old", "anew", "unknown"]
    cells = re.findall(r'data-l="В\s+неволе\s+с"[^>]*>([^<]*)<', answer.content.decode())
    assert [cell for cell in cells if re.search("[0-9]", cell)] == ["02.2025", "2016", "14.03.2013"]


def test_prisoner_list_by_release_has_the_soonest_first_and_nobody_who_is_free(reader):
    def held(slug: str, until: str | None) -> None:
        CustodyFactory(
            prisoner=(one := person(slug)),
            detained_on=day("2020"),
            term="fixed",
            expected_end=day(until) if until else None,
        )
        StayFactory(prisoner=one, began=day("2020"))

    held("late", "2034")
    held("soon", "12.2026")
    held("overdue", "10.2026")
    held("life", None)
    freed = person("freed")
    done = CustodyFactory(prisoner=freed, detained_on=day("2020"), term="fixed", expected_end=day("01.2026"))
    _released(done, "2025")
    assert order_of(reader.get(URL, {"sort": "release"})) == ["overdue", "soon", "late", "freed", "life"]


@pytest.mark.parametrize("sort", ["name", "updated", "since", "release"])
def test_prisoner_list_in_every_order_shows_everybody_once(reader, sort):
    for make in SPECIAL:
        make()
    PrisonerFactory.create_batch(30, surname_ru="Одинаков", updated_on=date(2026, 11, 20))
    pages = [order_of(reader.get(URL, {"sort": sort, "page": number})) for number in (1, 2)]
    assert len({*pages[0], *pages[1]}) == len(SPECIAL) + 30 == len(pages[0]) + len(pages[1])


def test_prisoner_list_keeps_order_letter_and_view_in_its_links(reader):
    PrisonerFactory.create_batch(25, surname_ru="Яров")
    answer = reader.get(URL, {"sort": "since", "letter": "Я", "view": "table"})
    assert f"{URL}?letter=%D0%AF&page=2&sort=since&view=table" in links(answer)
    page = answer.content.decode()
    assert '<input type="hidden" name="letter" value="Я">' in page
    assert '<option value="since" selected>' in page
    assert f'rel="canonical" href="http://localhost:8000{URL}?letter=%D0%AF&amp;sort=since"' in page
    assert 'content="noindex"' in page
    by_name = reader.get(URL, {"sort": "name"}).content.decode()
    assert f'rel="canonical" href="http://localhost:8000{URL}"' in by_name
    assert "noindex" not in by_name
