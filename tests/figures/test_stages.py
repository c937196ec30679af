"""Stages of prosecutions on a day: by the rule of the pages, and without what only the present tells."""

from __future__ import annotations

from datetime import date

import pytest

from memorial.figures.counting.law import stages
from memorial.figures.counting.moment import Moment
from memorial.figures.loading import load_record
from tests.factories import (
    ChargeFactory,
    DecisionFactory,
    DecisionPersonFactory,
    HearingFactory,
    ProsecutionFactory,
)
from tests.figures.world import TODAY, day, years

pytestmark = pytest.mark.django_db


def told(on: date) -> dict[str, int]:
    return stages(Moment(load_record(), on, TODAY))["stage"]


def test_a_person_stands_once_at_each_stage():
    made = ProsecutionFactory(since=day("2022"))
    for _again in range(2):
        ChargeFactory(prosecution=ProsecutionFactory(prisoner=made.prisoner, since=day("2023")))
    counted = stages(Moment(load_record(), TODAY, TODAY))
    assert counted == {"total": {"": 1}, "stage": {"investigation": 1}}


def test_a_verdict_that_was_appealed_is_followed_by_its_days():
    made = ProsecutionFactory(since=day("03.2022"))
    ChargeFactory(prosecution=made)
    verdict = DecisionFactory(case=made.case, whole_case=False, on=day("01.02.2023"))
    link = DecisionPersonFactory(decision=verdict, prosecution=made)
    link.penalties.create(**years(5))
    DecisionFactory(case=made.case, kind="upheld", instance="appeal", on=day("01.09.2023"))
    assert [told(date(*on)) for on in ((2022, 2, 1), (2022, 12, 31), (2023, 3, 1), (2023, 9, 1))] == [
        {},
        {"investigation": 1},
        {"first_instance": 1},
        {"serving": 1},
    ]


def test_a_hearing_to_come_tells_of_today_and_of_no_earlier_day():
    made = ProsecutionFactory(since=day("01.2024"))
    ChargeFactory(prosecution=made)
    HearingFactory(case=made.case, on=date(2026, 12, 1), hearing_state="planned")
    assert told(TODAY) == {"first_instance": 1}
    assert told(date(2026, 11, 22)) == {"investigation": 1}


def test_a_stage_without_a_date_is_told_of_today_only():
    ChargeFactory(prosecution=ProsecutionFactory(since=day("2021"), stage_entered="served"))
    assert told(TODAY) == {"served": 1}
    assert told(date(2022, 6, 1)) == {"investigation": 1}


def test_suspended_from_day_to_day():
    ProsecutionFactory(
        since=day("2021"), suspension_reason="wanted", suspended_on=day("03.2022"), resumed_on=day("05.2024")
    )
    spans = [told(date(*on)) for on in ((2022, 2, 28), (2022, 3, 1), (2024, 4, 30), (2024, 5, 1))]
    assert spans == [
        {"investigation": 1},
        {"suspended_wanted": 1},
        {"suspended_wanted": 1},
        {"investigation": 1},
    ]
