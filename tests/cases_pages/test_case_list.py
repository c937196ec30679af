"""The list of cases: who is named, in which order, and that it costs the same whatever its length."""

import re

import pytest

from memorial.base.choices import State
from tests.cases_pages import world
from tests.counting import same_number_of_queries
from tests.factories import CaseFactory, DecisionFactory, HearingFactory, PrisonerFactory, ProsecutionFactory
from tests.pages.reading import links, words

pytestmark = pytest.mark.django_db
URL = "/ru/cases/"


def rows(response) -> list[str]:
    """The words of each row."""
    found = re.findall(r"<tr>(.*?)</tr>", response.content.decode(), re.S)[1:]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).replace("\u00a0", " ").split()) for row in found]


def slugs(response) -> list[str]:
    found = [link for link in links(response) if re.fullmatch(r"/ru/cases/[\w-]+/", link)]
    return [slug for link in found if (slug := link.split("/")[3]) != "feed"]


def test_the_list_without_cases_says_so_and_keeps_the_disclaimer(reader):
    text = words(reader.get(URL))
    assert "Здесь пока нет опубликованных дел" in text
    assert "Признание политзаключённым не означает" in text


def test_rows_tell_kind_people_stage_and_next_hearing(reader):
    world.embankment()
    row = next(row for row in rows(reader.get(URL)) if "набережной" in row)
    assert "Уголовное дело" in row
    assert "Переверзева Анна ; Тихонов Пётр ; Ягужинский Пётр" in row
    assert "Суд первой инстанции; отбывание наказания" in row
    assert "24 ноября 2026, 10:30 UTC+5" in row
    assert "Сокрытова" not in row
    assert "ещё" not in row


def test_only_the_published_are_counted_among_the_others(reader):
    case = CaseFactory()
    for number in range(6):
        ProsecutionFactory(case=case, prisoner=PrisonerFactory(surname_ru=f"Явный{number}"))
    for _ in range(3):
        ProsecutionFactory(case=case, prisoner=PrisonerFactory(surname_ru="Аскрытый", state=State.DRAFT))
    (row,) = rows(reader.get(URL))
    assert "и ещё 3" in row
    assert "Аскрытый" not in row
    assert "Явный3" not in row


def test_four_people_are_all_named(reader):
    case = CaseFactory()
    for number in range(4):
        ProsecutionFactory(case=case, prisoner=PrisonerFactory(surname_ru=f"Явный{number}"))
    (row,) = rows(reader.get(URL))
    assert "Явный3" in row
    assert "ещё" not in row


def test_hidden_cases_are_not_listed(reader):
    for state in State.values:
        CaseFactory(state=state, title_ru=f"Дело-{state}")
    response = reader.get(URL)
    assert "Дело-published" in words(response)
    assert "1 дело" in words(response)
    assert len(rows(response)) == 1


def test_cases_are_sorted_as_asked(reader):
    for slug, title, updated, hearing in (
        ("a", "ябеда", "2026-01-01", "2026-12-20"),
        ("b", "Актёры", "2026-03-01", None),
        ("c", "Ёлка", None, "2026-11-25"),
    ):
        case = CaseFactory(slug=slug, title_ru=title, updated_on=updated)
        if hearing:
            HearingFactory(case=case, on=hearing, hearing_state="planned")
    assert slugs(reader.get(URL)) == ["b", "c", "a"]
    assert slugs(reader.get(f"{URL}?sort=updated")) == ["b", "a", "c"]
    assert slugs(reader.get(f"{URL}?sort=hearing")) == ["c", "a", "b"]


def test_an_unknown_order_or_page_is_answered_and_said(reader):
    CaseFactory()
    for asked in ("?sort=nonsense", "?page=9", "?page=x"):
        response = reader.get(URL + asked)
        assert response.status_code == 200
        assert len(rows(response)) == 1
        assert 'class="note"' in response.content.decode()
        assert 'content="noindex"' in response.content.decode()


def test_there_are_24_cases_on_a_page(reader):
    CaseFactory.create_batch(25)
    first, second = reader.get(URL), reader.get(f"{URL}?page=2")
    assert (len(rows(first)), len(rows(second))) == (24, 1)
    assert "25 дел" in words(first)
    assert f"{URL}?sort=updated&page=2" in links(reader.get(f"{URL}?sort=updated"))


def test_the_list_costs_the_same_with_one_case_and_with_three(reader):
    def add_case():
        one = ProsecutionFactory()
        world.verdict(one, DecisionFactory(case=one.case), years=3)
        HearingFactory(case=one.case, on=world.TODAY, hearing_state="planned")

    assert same_number_of_queries(reader, URL, add_row=add_case) <= 18


def test_the_menu_leads_here(reader):
    CaseFactory()
    assert URL in links(reader.get("/ru/prisoners/"))
    assert '<a href="/ru/cases/" aria-current="page">' in reader.get(URL).content.decode()
