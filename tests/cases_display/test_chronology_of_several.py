"""Chronologies of cases of several people and of people of several cases: whom and what each line is of."""

from datetime import date

import pytest
from django.utils import translation

from cases.display.chronology import case_chronology, person_chronology
from cases.display.decisions import ShownDecision, added_words
from cases.display.people import people_of
from cases.display.stages import steps_of
from cases.models import Case, ChargeEvent, Prosecution
from prisoners.models import Prisoner
from tests.cases_pages import world
from tests.cases_pages.world import TODAY, day, person
from tests.factories import (
    CaseFactory,
    ChargeFactory,
    DecisionFactory,
    DecisionPersonFactory,
    HearingFactory,
    ProsecutionFactory,
    RestraintFactory,
)

pytestmark = pytest.mark.django_db
REPLACED = "Позже заменено другим решением"


@pytest.fixture(autouse=True)
def _in_russian():
    with translation.override("ru"):
        yield


@pytest.fixture
def two():
    case = CaseFactory()
    return [ProsecutionFactory(case=case, prisoner=person(name)) for name in ("Первая", "Вторая")]


def loaded(case) -> Case:
    return Case.objects.published().for_detail(TODAY).get(pk=case.pk)


def chronology(case):
    return case_chronology(loaded(case), TODAY)


def said(texts) -> list[str]:
    return [str(text).replace("\u00a0", " ") for text in texts]


def of_person(one, hearings=()):
    shown = Prosecution.objects.shown().filter(prisoner=one).with_record().select_related("prisoner")
    known = Prisoner.objects.published().for_detail(TODAY).get(pk=one.pk)
    return person_chronology(known, shown, hearings, [], [], on=TODAY)


def verdict_of(several):
    verdict = DecisionFactory(case=several[0].case, on=day("01.02.2023"))
    for years, one in enumerate(several, start=5):
        world.verdict(one, verdict, years=years, regime="general")
    return verdict


def after(verdict, kind, *people):
    later = DecisionFactory(
        case=verdict.case, kind=kind, on=day("01.05.2023"), instance="appeal", supersedes=verdict
    )
    for one in people:
        DecisionPersonFactory(decision=later, prosecution=one)


def test_a_verdict_quashed_for_one_of_two_is_not_replaced_as_a_whole(two):
    verdict = verdict_of(two)
    after(verdict, "quashed", two[0])
    after(verdict, "upheld", two[1])
    entry = chronology(verdict.case)[0]
    assert REPLACED not in said(entry.details)
    assert said(entry.lines) == [
        "Первая Анна: 5 лет колонии общего режима; позже заменено другим решением",
        "Вторая Анна: 6 лет колонии общего режима",
    ]


@pytest.mark.parametrize("together", [True, False])
def test_a_verdict_quashed_for_everybody_shown_is_replaced(two, together):
    hidden = ProsecutionFactory(case=two[0].case, prisoner=person("Сокрытова", state="withdrawn"))
    verdict = verdict_of([*two, hidden])
    for people in [two] if together else [[one] for one in two]:
        after(verdict, "quashed", *people)
    entry = chronology(verdict.case)[0]
    assert REPLACED in said(entry.details)
    assert not any("позже" in line for line in said(entry.lines))


def test_a_decision_on_the_whole_case_replaces_for_everybody_and_is_replaced_for_one(two):
    verdict = verdict_of(two)
    after(verdict, "remitted")
    assert REPLACED in said(chronology(verdict.case)[0].details)
    returned = DecisionFactory(case=verdict.case, kind="returned_to_prosecutor", on=day("01.01.2023"))
    after(returned, "quashed", two[1])
    entry = chronology(verdict.case)[0]
    assert said(entry.lines) == ["Вторая Анна: позже заменено другим решением"]
    assert REPLACED not in said(entry.details)


def test_two_verdicts_of_one_day_both_stand(two):
    for one in two:
        verdict_of([one])
    verdicts = [each for each in chronology(two[0].case) if str(each.title) == "Обвинительный приговор"]
    assert sorted(line for each in verdicts for line in said(each.lines)) == [
        "Вторая Анна: 5 лет колонии общего режима",
        "Первая Анна: 5 лет колонии общего режима",
    ]


def test_treatment_says_its_title_once_and_executes_no_sentence():
    one = ProsecutionFactory(prisoner=person("Лечимая"))
    extended = DecisionFactory(
        case=one.case, kind="medical_extended", instance="execution", on=day("01.02.2023")
    )
    DecisionPersonFactory(decision=extended, prosecution=one, medical_measure="intensive")
    (entry,) = chronology(one.case)
    assert str(entry.title) == "Принудительное лечение продлено"
    (line,) = said(entry.lines)
    assert line
    assert "продлено" not in line.casefold()
    assert entry.details == ()
    assert ShownDecision(extended).instance == ""
    assert ShownDecision(DecisionFactory(kind="parole_granted", instance="execution")).instance


@pytest.mark.parametrize(
    ("outcome", "added"),
    [
        ("наказание смягчено: 6 лет", "6 лет"),
        ("наказание смягчено (заочно)", "заочно"),
        ("наказание смягчено (общий тип) (заочно)", "(общий тип) (заочно)"),
        ("наказание смягчено", ""),
        ("6 лет", "6 лет"),
    ],
)
def test_only_what_is_added_to_a_title_is_said(outcome, added):
    assert added_words(outcome, "Наказание смягчено") == added


def test_on_one_day_the_charge_goes_before_the_restraint_the_hearing_and_the_decision(two):
    one, on = two[0], day("01.02.2023")
    DecisionFactory(case=one.case, kind="discontinuation", on=on)
    HearingFactory(case=two[1].case, on=date(2023, 2, 1), hearing_state="planned")
    RestraintFactory(prosecution=one, began=on)
    ChargeEvent.objects.create(charge=ChargeFactory(prosecution=one), kind="brought", on=on)
    found = case_chronology(loaded(one.case), date(2023, 1, 1))
    assert [entry.rank.name for entry in found] == ["CHARGE", "RESTRAINT", "HEARING", "DECISION"]


def test_a_person_of_several_cases_reads_which_case_a_line_is_of():
    one = person("Многодельная")
    cases = [CaseFactory(title_ru=f"Дело о {subject}") for subject in ("пикете", "посте")]
    known = [ProsecutionFactory(prisoner=one, case=case) for case in cases]
    for prosecution in known:
        RestraintFactory(prosecution=prosecution, began=day("01.02.2023"))
    world.verdict(known[0], DecisionFactory(case=cases[0], on=day("01.03.2023")), years=2)
    held = HearingFactory(case=cases[1], on=date(2023, 3, 1), hearing_state="held")
    assert [said(entry.details)[0] for entry in of_person(one, [held])] == [
        "Дело о пикете",
        "Дело о посте",
        "Дело о посте",
        "Дело о пикете",
    ]
    known[1].delete()
    assert not any("Дело о" in detail for entry in of_person(one) for detail in said(entry.details))


def test_a_hearing_before_a_court_that_the_case_has_left_is_not_now(two):
    verdict = verdict_of(two)
    HearingFactory(case=verdict.case, on=date(2026, 12, 1), hearing_state="planned")
    assert _states(verdict.case)["Первая инстанция"] == "now"
    after(verdict, "upheld", *two)
    assert (_states(verdict.case)["Первая инстанция"], _states(verdict.case)["Апелляция"]) == ("done", "done")


def _states(case) -> dict[str, str]:
    found = loaded(case)
    return {step.title: step.state for step in steps_of(found, people_of(found, TODAY), TODAY)}
