"""Charges that were imported as text become a case only where nothing about them is uncertain."""

import csv
from io import StringIO

import pytest
from django.core.management import call_command

from cases.actions.structure import read_person, structure_person
from cases.models import Case, Charge, Prosecution
from memorial.base.acting import acting, staff_actor
from memorial.base.choices import State
from memorial.base.models import HistoryEntry
from prisoners.models import Prisoner, StaffNote
from tests.factories import ArticleFactory, CitationFactory, PrisonerFactory, ProsecutionFactory, StayFactory
from tests.pages.reading import facts, words
from tests.pages.test_prisoner_detail import page_of

pytestmark = pytest.mark.django_db

SURE = {"charges_ru": "п. «д» ч. 2 ст. 207.3, ч. 1 ст. 280.3", "charges_code": "uk-rf"}


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("structure_charges", *arguments, stdout=out)
    return out.getvalue()


def test_what_is_certain_becomes_a_public_case_of_one_person(reader):
    ArticleFactory(code="uk-rf", number="207.3")
    person = PrisonerFactory(**SURE, charges_en="Art. 207.3(2)(e), Art. 280.3(1)")
    CitationFactory(prisoner=person, title="Карточка")
    assert "1 cases made, 0 left to staff" in run("--apply")
    case = Case.objects.get()
    assert (case.state, case.is_group, case.kind) == (State.PUBLISHED, False, "criminal")
    assert case.title_ru.replace("\u00a0", " ") == "Дело: ст. 207.3, ст. 280.3 УК РФ"
    first, second = Charge.objects.order_by("order")
    assert (first.article.number, first.part, first.points) == ("207.3", "2", ["д"])
    assert (second.article, second.number, second.code, second.part) == (None, "280.3", "uk-rf", "1")
    assert (first.wording_ru, first.verification) == ("п. «д» ч. 2 ст. 207.3", "one_source")
    assert case.citations.get().title == "Карточка"
    response = page_of(reader, person)
    assert "207.3" in facts(response)["Обвинение"]
    # The text does not say how far it has come.
    assert "Следствие" not in words(response)


def test_nothing_is_written_without_apply():
    PrisonerFactory(**SURE)
    PrisonerFactory(charges_ru="неизвестно за что")
    before = HistoryEntry.objects.count()
    assert "1 cases would be made, 1 would be left to staff." in run()
    assert HistoryEntry.objects.count() == before
    assert not Case.objects.exists()


def test_the_second_run_finds_nothing_to_do():
    PrisonerFactory(**SURE)
    doubtful = PrisonerFactory(charges_ru="ст. 207.3 и ещё что-то", charges_code="uk-rf")
    run("--apply")
    assert "0 cases made, 1 left to staff" in run("--apply")
    assert Prosecution.objects.count() == 1
    assert StaffNote.objects.get().prisoner == doubtful


@pytest.mark.parametrize(
    "columns",
    [
        {"charges_ru": "ч. 2 ст. 207.3"},
        {"charges_ru": "ч. 2 ст. 207.3 УК РФ", "charges_code": "uk-ua"},
        {"charges_ru": "за стихи", "charges_code": "uk-rf"},
        {"charges_ru": "ст. 207.3 УК РФ, ст. 20.3.3 КоАП РФ"},
        {"charges_ru": "ст. 207.3 УК РФ, ст. 20.3.3 КоАП РФ", "charges_code": "uk-rf"},
        {"charges_ru": "ст. 5", "charges_code": "other", "charges_code_name_ru": "Кодекс"},
        {"charges_ru": "ч. 2 ст. 207.3 УК РФ", "charges_en": "Art. 280.3(1) of the Criminal Code of Russia"},
    ],
)
def test_what_is_uncertain_is_left_to_staff(columns):
    person = PrisonerFactory(**columns)
    run("--apply")
    assert not Case.objects.exists()
    assert StaffNote.objects.get(prisoner=person).by is None


def test_a_person_held_with_no_case_is_left_to_staff():
    person = PrisonerFactory(**SURE)
    StayFactory(prisoner=person, facility=None, reason="no_case")
    run("--apply")
    assert not Case.objects.exists()
    assert StaffNote.objects.filter(prisoner=person).exists()


def test_administrative_charges_make_an_administrative_case():
    PrisonerFactory(charges_ru="ч. 1 ст. 20.3.3 КоАП РФ")
    run("--apply")
    assert Case.objects.get().kind == "administrative"
    assert Prosecution.objects.get().role == "administratively_liable"


@pytest.mark.parametrize(
    ("state", "expected"), [(State.DRAFT, State.DRAFT), (State.READY, State.DRAFT), (State.WITHDRAWN, None)]
)
def test_a_case_is_public_only_with_its_person_and_nobody_withdrawn_is_touched(state, expected):
    PrisonerFactory(**SURE, state=state)
    run("--apply")
    assert list(Case.objects.values_list("state", flat=True)) == ([expected] if expected else [])


def test_neither_address_nor_title_names_anybody():
    person = PrisonerFactory(**SURE)
    run("--apply")
    case = Case.objects.get()
    for told in (case.slug, case.title_ru, case.title_en):
        for name in (person.slug, person.surname_ru, person.surname_en):
            assert name.casefold() not in told.casefold()


def test_whoever_has_a_case_is_left_alone():
    person = PrisonerFactory(**SURE)
    ProsecutionFactory(prisoner=person, case__state=State.DRAFT)
    assert "0 cases made, 0 left to staff" in run("--apply")


def test_what_staff_took_out_is_not_made_again():
    PrisonerFactory(**SURE)
    run("--apply")
    with acting(staff_actor(7)):
        Case.objects.get().delete()
    assert "0 cases made" in run("--apply")


def test_undo_takes_back_what_staff_have_not_touched():
    kept, gone = PrisonerFactory(**SURE), PrisonerFactory(**SURE)
    CitationFactory(prisoner=gone)
    run("--apply")
    with acting(staff_actor(7)):
        Charge.objects.filter(prosecution__prisoner=kept, order=0).update(part="1")
    assert "1 cases taken back" in run("--undo")
    assert Prosecution.objects.get().prisoner == kept
    assert "1 cases made" in run("--apply")


def test_undo_leaves_a_case_on_which_something_hangs():
    person = PrisonerFactory(**SURE)
    run("--apply")
    case = Case.objects.get()
    with acting(staff_actor(7)):
        case.decisions.create(kind="guilty_verdict")
    assert "0 cases taken back" in run("--undo")
    assert person.prosecutions.exists()


def test_the_report_lists_everybody(tmp_path):
    person = PrisonerFactory(**SURE)
    PrisonerFactory(charges_ru="=1+1", slug="formula")
    run("--report", str(tmp_path / "out.csv"))
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["address"]: row for row in csv.DictReader(file)}
    assert rows[person.slug]["result"].startswith("Дело:")
    assert rows["formula"]["charges"] == "'=1+1"


def test_one_person_costs_no_more_when_there_are_many(django_assert_max_num_queries):
    people = [PrisonerFactory(**SURE) for _ in range(2)]
    with django_assert_max_num_queries(60):
        structure_person(people[0])
    assert read_person(Prisoner.objects.get(pk=people[1].pk)).kind == "criminal"
