"""Where a prosecution stands: derived from decisions and hearings, on any day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cases.choices import Stage
from cases.models import Case, ChargeEvent, Decision, HearingPerson, Penalty, Prosecution
from cases.stage import stage_of, stages_of
from memorial.base.choices import Verification
from memorial.base.partial_date import PartialDate
from tests.counting import counted
from tests.factories import (
    ChargeFactory,
    DecisionFactory,
    DecisionPersonFactory,
    HearingFactory,
    ProsecutionFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def prosecution() -> Prosecution:
    return ProsecutionFactory()


def decide(prosecution: Prosecution, kind: str, on: str, instance: str = "first", **fields: Any) -> Decision:
    link = fields.pop("link", {})
    decision = DecisionFactory(
        case=prosecution.case, kind=kind, on=PartialDate.parse(on), instance=instance, **fields
    )
    DecisionPersonFactory(decision=decision, prosecution=prosecution, **link)
    return decision


def punish(prosecution: Prosecution, kind: str) -> None:
    Penalty.objects.create(decision_person=prosecution.decision_links.last(), kind=kind)


def stage(prosecution: Prosecution, on: date = TODAY) -> Stage:
    fresh = Prosecution.objects.with_record().get(pk=prosecution.pk)
    told = stage_of(fresh, on)
    assert told == stage_of(Prosecution.objects.get(pk=prosecution.pk), on), "loaded or asked for: the same"
    return told


def test_nothing_known_is_unknown(prosecution):
    assert stage(prosecution) is Stage.UNKNOWN


def test_a_charge_is_investigated_and_an_unverified_one_tells_nothing(prosecution):
    charge = ChargeFactory(prosecution=prosecution, verification=Verification.UNVERIFIED)
    assert stage(prosecution) is Stage.UNKNOWN
    type(charge).objects.update(verification=Verification.ONE_SOURCE)
    assert stage(prosecution) is Stage.INVESTIGATION


@pytest.mark.parametrize("kind", ["convicted", "acquitted"])
def test_a_charge_that_a_court_has_judged_is_investigated_no_more(prosecution, kind):
    event = ChargeEvent.objects.create(charge=ChargeFactory(prosecution=prosecution), kind=kind)
    ChargeFactory(prosecution=prosecution)
    assert stage(prosecution) is Stage.UNKNOWN
    (listed,) = Case.objects.for_list(TODAY).get(pk=prosecution.case_id).prosecutions.all()
    with counted() as queries:
        assert stage_of(listed, TODAY) is Stage.UNKNOWN
    assert queries == []
    ChargeEvent.objects.filter(pk=event.pk).update(verification=Verification.UNVERIFIED)
    assert stage(prosecution) is Stage.INVESTIGATION


def test_from_the_first_hearing_to_the_colony(prosecution):
    ChargeFactory(prosecution=prosecution)
    hearing = HearingFactory(case=prosecution.case, on=date(2024, 1, 9))
    assert stage(prosecution) is Stage.FIRST_INSTANCE
    decide(prosecution, "guilty_verdict", "19.02.2024")
    punish(prosecution, "imprisonment")
    assert stage(prosecution) is Stage.FIRST_INSTANCE
    appeal = HearingFactory(case=prosecution.case, instance="appeal", on=date(2024, 5, 20))
    assert stage(prosecution) is Stage.APPEAL
    decide(prosecution, "upheld", "20.05.2024", "appeal")
    assert stage(prosecution) is Stage.SERVING
    assert stage(prosecution, date(2024, 3, 1)) is Stage.APPEAL
    assert hearing.on < appeal.on


def test_a_fine_in_force_is_not_served_behind_bars(prosecution):
    decide(prosecution, "guilty_verdict", "19.02.2024", in_force_on=PartialDate.parse("01.03.2024"))
    punish(prosecution, "fine")
    assert stage(prosecution) is Stage.IN_FORCE
    assert stage(prosecution, date(2024, 2, 25)) is Stage.FIRST_INSTANCE


@pytest.mark.parametrize("kind", ["suspended", "deferral"])
def test_a_suspended_or_deferred_sentence_is_in_force_and_not_served(prosecution, kind):
    decide(prosecution, "guilty_verdict", "02.2024", in_force_on=PartialDate.parse("03.2024"))
    punish(prosecution, kind)
    assert stage(prosecution) is Stage.IN_FORCE


def test_in_absentia_nobody_serves(prosecution):
    decide(
        prosecution,
        "guilty_verdict",
        "02.2024",
        in_force_on=PartialDate.parse("03.2024"),
        link={"in_absentia": True},
    )
    punish(prosecution, "imprisonment")
    assert stage(prosecution) is Stage.IN_FORCE


def test_quashed_and_tried_anew(prosecution):
    first = decide(prosecution, "guilty_verdict", "02.2024")
    decide(prosecution, "quashed", "05.2024", "appeal", supersedes=first)
    assert stage(prosecution) is Stage.NEW_TRIAL
    decide(prosecution, "acquittal", "10.2024", round=2)
    assert stage(prosecution) is Stage.ACQUITTED
    decide(prosecution, "upheld", "01.2025", "appeal", round=2)
    assert stage(prosecution) is Stage.ACQUITTED


def test_treatment_is_no_sentence_and_is_not_served(prosecution):
    decide(prosecution, "medical_ruling", "02.2024", in_force_on=PartialDate.parse("03.2024"))
    decide(prosecution, "medical_extended", "09.2024", "execution")
    assert stage(prosecution) is Stage.COMPULSORY_TREATMENT


def test_wanted_is_suspended_until_resumed(prosecution):
    Prosecution.objects.update(suspension_reason="wanted", suspended_on=PartialDate.parse("2024"))
    assert stage(prosecution) is Stage.SUSPENDED_WANTED
    Prosecution.objects.update(resumed_on=PartialDate.parse("2025"))
    assert stage(prosecution) is Stage.UNKNOWN


def test_what_staff_entered_goes_first(prosecution):
    decide(prosecution, "guilty_verdict", "02.2024")
    Prosecution.objects.update(stage_entered=Stage.SERVED)
    assert stage(prosecution) is Stage.SERVED


def test_unverified_decisions_and_cancelled_hearings_tell_nothing(prosecution):
    decide(prosecution, "guilty_verdict", "02.2024", verification=Verification.UNVERIFIED)
    HearingFactory(case=prosecution.case, hearing_state="cancelled")
    assert stage(prosecution) is Stage.UNKNOWN


def test_a_decision_of_the_whole_case_is_about_everybody_and_that_of_another_person_is_not(prosecution):
    other = ProsecutionFactory(case=prosecution.case)
    decide(other, "acquittal", "02.2024")
    assert stage(prosecution) is Stage.UNKNOWN
    DecisionFactory(case=prosecution.case, kind="returned_to_prosecutor")
    assert stage(prosecution) is Stage.RETURNED_TO_PROSECUTOR


def test_a_hearing_of_somebody_else_tells_nothing(prosecution):
    hearing = HearingFactory(case=prosecution.case)
    HearingPerson.objects.create(hearing=hearing, prosecution=ProsecutionFactory(case=prosecution.case))
    assert stage(prosecution) is Stage.UNKNOWN


@pytest.mark.parametrize(
    ("kind", "decision", "before", "after", "appealed"),
    [
        ("administrative", "adm_ruling", Stage.ADM_PROTOCOL, Stage.ADM_RULING, Stage.ADM_COMPLAINT),
        (
            "extradition",
            "extradition",
            Stage.EXTRADITION_REQUEST,
            Stage.EXTRADITION_DECISION,
            Stage.EXTRADITION_APPEAL,
        ),
        (
            "no_proceedings",
            "restraint_chosen",
            Stage.HELD_NO_PROCEEDINGS,
            Stage.HELD_NO_PROCEEDINGS,
            Stage.HELD_NO_PROCEEDINGS,
        ),
    ],
)
def test_other_kinds_of_case_have_their_own_stages(kind, decision, before, after, appealed):
    prosecution = ProsecutionFactory(case__kind=kind)
    told = [stage(prosecution)]
    decide(prosecution, decision, "19.02.2024")
    told.append(stage(prosecution))
    HearingFactory(case=prosecution.case, instance="appeal", on=date(2024, 4, 1))
    told.append(stage(prosecution))
    assert told == [before, after, appealed]
    assert set(told) <= stages_of(kind)


def test_every_stage_belongs_to_a_kind_of_case():
    kinds = ("criminal", "administrative", "extradition", "no_proceedings")
    assert set().union(*(stages_of(kind) for kind in kinds)) == set(Stage)
    assert Stage.SERVING not in stages_of("administrative")


def test_with_record_asks_as_often_for_three_people_as_for_one():
    case = ProsecutionFactory().case
    numbers = []
    for _ in range(2):
        for prosecution in case.prosecutions.all():
            ChargeFactory(prosecution=prosecution)
            decide(prosecution, "guilty_verdict", "02.2024")
        HearingFactory(case=case)
        with counted() as queries:
            for one in Prosecution.objects.filter(case=case).with_record():
                stage_of(one, TODAY)
        numbers.append(len(queries))
        ProsecutionFactory(case=case), ProsecutionFactory(case=case)
    assert numbers[0] == numbers[1] <= 20
