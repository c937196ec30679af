"""A person's page with cases: charges, decisions, chronology, others in the case, relatives, sources."""

import pytest

from cases import models as record
from memorial.base.choices import State, Verification
from prisoners.models import Prisoner, Stay
from tests.agenda.world import held_person
from tests.cases_people import world
from tests.counting import page_queries
from tests.factories import (
    CaseFactory,
    ChargeFactory,
    CustodyFactory,
    PrisonerFactory,
    ProsecutionFactory,
    RegionFactory,
)
from tests.pages.reading import facts, links, words
from tests.pages.test_prisoner_detail import page_of

pytestmark = pytest.mark.django_db


def section(response, anchor: str) -> str:
    """The words of one section; "" where the page has none."""
    parts = response.content.decode().split(f'id="{anchor}"')
    if len(parts) < 2:
        return ""
    response.content = parts[1].split("</section>")[0].encode()
    return words(response)


@pytest.fixture
def person(_fixed_day) -> Prisoner:
    return world.reader_of_poems()


def test_cases_stand_apart_the_newest_first(reader, person):
    response = page_of(reader, person)
    page = response.content.decode()
    assert page.index('href="/ru/cases/readings/"') < page.index('href="/ru/cases/square/"')
    said = section(response, "case")
    assert "Дела" in said
    for words_ in ("Дело о «чтениях»", "Дело о площади", "не признаёт"):
        assert words_ in said


def test_charges_are_told_with_reference_title_and_what_became_of_them(reader, person):
    response = page_of(reader, person)
    assert "п. «д» ч. 2 ст. 207.3 УК РФ" in section(response, "case")
    response = page_of(reader, person)
    assert "Публичное чтение стихов" in section(response, "case")
    assert "/ru/articles/uk-rf-207.3/" in links(page_of(reader, person))
    assert "Слух" not in words(page_of(reader, person))


def test_key_facts_are_told_from_the_record_and_not_from_the_lines(reader, person):
    found = facts(page_of(reader, person))
    assert found["Обвинение"] == "п. «д» ч. 2 ст. 207.3 УК РФ"
    assert found["Приговор"].startswith("7 лет 6 месяцев")
    assert "19 февраля 2024" in found["Приговор"]
    assert "1 год" not in found["Приговор"]
    assert found["Дело"].startswith("Дело о «чтениях»")
    assert "Дело о площади" in found["Дело"]
    text = words(page_of(reader, person))
    assert "обвинение словами" not in text
    assert "приговор словами" not in text
    assert "300 000,50 ₽" in text


def test_without_structured_facts_the_lines_of_staff_stay(reader):
    person = PrisonerFactory(charges_ru="обвинение словами", sentence_ru="приговор словами")
    CustodyFactory(prisoner=person)
    ProsecutionFactory(prisoner=person)
    found = facts(page_of(reader, person))
    assert found["Обвинение"] == "обвинение словами"
    assert found["Приговор"] == "приговор словами"


def test_decisions_are_told_by_instance_those_of_the_whole_case_among_them(reader, person):
    said = section(page_of(reader, person), "case")
    assert said.index("19 февраля 2024") < said.index("3 июля 2024")
    assert "Верхнереченский городской суд" in said
    assert "Апелляция" in said


def test_an_earlier_verdict_is_not_the_sentence_of_a_new_arrest(reader):
    person = PrisonerFactory(slug="anew", gender="f")
    world.earlier(person)
    CustodyFactory(prisoner=person, detained_on=world.day("02.2025"))
    Stay.objects.create(prisoner=person, reason="remand", began=world.day("02.2025"), ongoing=True)
    assert facts(page_of(reader, person))["Приговор"] == "приговора нет"
    assert "1 год" in section(page_of(reader, person), "case")


def test_a_ruling_on_treatment_is_no_sentence(reader):
    person = PrisonerFactory(sentence_ru="приговор словами")
    CustodyFactory(prisoner=person, detained_on=world.day("2023"), term="treatment")
    prosecution = ProsecutionFactory(prisoner=person)
    decision = world.DecisionFactory(case=prosecution.case, kind="medical_ruling")
    world.DecisionPersonFactory(decision=decision, prosecution=prosecution)
    found = facts(page_of(reader, person))
    assert "Приговор" not in found
    assert any("принудительное лечение" in value for value in found.values())
    assert "приговор словами" not in words(page_of(reader, person))


def test_a_term_over_all_cases_goes_before_single_decisions(reader, person):
    world.record.Term.objects.create(prisoner=person, years=19, regime="strict")
    assert facts(page_of(reader, person))["Приговор"] == "19 лет, строгий режим"


def test_chronology_is_of_captivity_and_of_all_cases(reader, person):
    said = section(page_of(reader, person), "course")
    for told in ("Обыск по шести адресам", "24 ноября 2026, 10:30", "Признана политзаключённой"):
        assert told in said
    assert said.index("2020") < said.index("14 марта 2023") < said.index("3 июля 2024")


def test_a_hearing_ahead_is_told_with_the_warning(reader, person):
    said = section(page_of(reader, person), "case")
    assert "24 ноября 2026, 10:30" in said
    assert "паспорт" in said
    record.Hearing.objects.update(access="closed")
    assert "паспорт" not in section(page_of(reader, person), "case")


def test_recognition_is_told_by_case(reader, person):
    said = section(page_of(reader, person), "case")
    new, old = said.split("Дело о площади")
    assert "В этом деле решения о признании нет" in new
    assert "Признана политзаключённой в декабре 2020" in old


def test_others_of_the_case_are_shown_with_their_liberty_and_the_hidden_not_at_all(reader, person):
    other = world.companion(person)
    alone = page_of(reader, person).content
    world.hidden_companion(person)
    with_hidden = page_of(reader, person)
    assert other.get_absolute_url() in links(with_hidden)
    assert "Под домашним арестом" in section(with_hidden, "together")
    assert page_of(reader, person).content == alone


def test_nobody_is_together_with_only_the_hidden(reader, person):
    world.hidden_companion(person)
    assert 'id="together"' not in page_of(reader, person).content.decode()


def test_a_case_that_is_not_published_is_not_told(reader, person):
    before = page_of(reader, person).content
    case = CaseFactory(state=State.DRAFT, title_ru="Тайное дело")
    ChargeFactory(prosecution=ProsecutionFactory(case=case, prisoner=person))
    assert page_of(reader, person).content == before


def test_what_nobody_verified_is_not_told(reader, person):
    prosecution = person.prosecutions.get(case__slug="readings")
    before = page_of(reader, person).content
    world.DecisionFactory(case=prosecution.case, verification=Verification.UNVERIFIED, on=world.day("2025"))
    world.record.Event.objects.create(
        prosecution=prosecution, line_ru="Слух", verification=Verification.UNVERIFIED
    )
    assert page_of(reader, person).content == before


@pytest.mark.parametrize(
    ("kind", "is_first", "said"),
    [("spouse", True, "муж"), ("parent", True, "отец"), ("parent", False, "сын"), ("sibling", False, "брат")],
)
def test_relatives_are_told_from_either_side(reader, person, kind, is_first, said):
    other = PrisonerFactory(gender="m", slug="rodstvennik")
    people = {"person": other, "other": person} if is_first else {"person": person, "other": other}
    record.Relation.objects.create(**people, kind=kind, shown=True)
    response = page_of(reader, person)
    assert other.get_absolute_url() in links(response)
    assert said in section(response, "relatives").split()


@pytest.mark.parametrize(
    "hidden", [{"state": State.WITHDRAWN}, {"initials_only": True, "born": world.day("1987")}, None]
)
def test_relatives_who_are_not_shown_on_purpose_are_not_told(reader, person, hidden):
    before = page_of(reader, person).content
    other = PrisonerFactory(**(hidden or {}))
    record.Relation.objects.create(person=other, other=person, kind="spouse", shown=hidden is not None)
    assert page_of(reader, person).content == before


def test_documents_findings_and_sources_are_listed(reader, person):
    response = page_of(reader, person)
    assert "/ru/documents/last-word-river/" in links(response)
    assert "99/2025" in section(response, "findings")
    assert "Карточка дела о чтениях" in section(page_of(reader, person), "sources")
    contents = words(page_of(reader, person))
    for title in ("Хронология", "Документы", "Источники"):
        assert title in contents


def test_in_english_what_is_in_russian_is_marked(reader, person):
    record.Case.objects.filter(slug="readings").update(title_en="")
    page = page_of(reader, person, "en").content.decode()
    assert '<span lang="ru">Дело о\u00a0«чтениях»</span>' in page
    assert "(in Russian)" in page
    assert "Art. 207.3(2)(e)" in words(page_of(reader, person, "en"))


def test_a_person_by_initials_is_told_without_titles_of_sources(reader, person):
    Prisoner.objects.filter(pk=person.pk).update(initials_only=True, born=world.day("1987"))
    other = PrisonerFactory()
    record.Relation.objects.create(person=other, other=person, kind="spouse", shown=True)
    page = page_of(reader, person).content.decode()
    assert "Карточка дела о чтениях" not in page
    assert 'id="relatives"' not in page


def test_a_page_costs_as_much_however_much_there_is(reader, person):
    plain = PrisonerFactory(slug="plain")
    page_queries(reader, f"/ru/prisoners/{person.slug}/")
    without = len(page_queries(reader, f"/ru/prisoners/{plain.slug}/"))
    world.companion(person)
    one = page_queries(reader, f"/ru/prisoners/{person.slug}/")
    assert len(one) == without + 3, one
    world.companion(person)
    world.companion(person)
    for number in range(3):
        prosecution = ProsecutionFactory(prisoner=person, case=CaseFactory(slug=f"more-{number}"))
        ChargeFactory(prosecution=prosecution)
    assert len(page_queries(reader, f"/ru/prisoners/{person.slug}/")) == len(one)


def test_cards_and_the_table_tell_structured_charges(reader, person):
    plain = PrisonerFactory(charges_ru="обвинение словами")
    for view in ("", "?view=table"):
        text = words(reader.get(f"/ru/prisoners/{view}"))
        assert "п. «д» ч. 2 ст. 207.3 УК РФ" in text
        assert text.count("обвинение словами") == 1
    assert plain.is_published


def test_the_list_costs_the_same_however_many_cases_there_are(reader, person):
    page_queries(reader, "/ru/prisoners/")
    before = page_queries(reader, "/ru/prisoners/")
    for _ in range(3):
        ChargeFactory(prosecution=ProsecutionFactory(prisoner=PrisonerFactory()))
    page_queries(reader, "/ru/prisoners/")
    assert len(page_queries(reader, "/ru/prisoners/")) == len(before)


@pytest.mark.usefixtures("_fixed_day")
@pytest.mark.parametrize("reason", ["serving", "compulsory_treatment", "examination"])
def test_an_expected_release_is_told_and_put_into_a_calendar_only_of_a_term(reader, reason):
    person = held_person(expected="14.03.2027")
    person.stays.update(reason=reason)
    response = page_of(reader, person)
    is_told = reason == "serving"
    assert ("14 марта 2027" in words(response)) is is_told
    assert (f"/ru/prisoners/{person.slug}/calendar.ics" in links(response)) is is_told


@pytest.mark.usefixtures("_fixed_day")
def test_the_region_of_the_case_and_that_there_is_none_in_law_are_told(reader):
    region = RegionFactory()
    one = ProsecutionFactory(case__region=region, case__kind="no_proceedings", role="held")
    found = facts(page_of(reader, one.prisoner))
    assert found["Регион дела"] == str(region)
    assert "неизвестно" not in found["Обвинение"]
