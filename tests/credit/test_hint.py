"""The hint for the end of a term, on cases computed by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from django.utils import translation

from cases.credit import CaseFacts, DayKind, DaysBefore, Silence, TermLength, end_hint
from cases.references import ArticleReference
from memorial.base.partial_date import PartialDate

FAKES = ArticleReference("207.3", "uk-rf", "2")
TERROR = ArticleReference("205.2", "uk-rf", "2")
FORCE = date(2024, 3, 14)
SIX_YEARS = TermLength(6)


@pytest.fixture(autouse=True)
def _in_english():
    """The working is in the language that is active."""
    with translation.override("en"):
        yield


def custody(first=date(2023, 3, 14), last=FORCE, kind=DayKind.CUSTODY):
    return DaysBefore(kind, first, last)


def hint(*days, term=SIX_YEARS, in_force_on=FORCE, regime="general", articles=(FAKES,), **more):
    return end_hint(
        term=term, in_force_on=in_force_on, regime=regime, articles=articles, days_before=days, **more
    )


def test_without_days_before_the_term_ends_by_the_calendar():
    assert hint().day == date(2030, 3, 13)
    assert hint(regime="unknown").day == date(2030, 3, 13)


def test_a_year_in_custody_counts_one_and_a_half_toward_general_regime():
    # 14.03.2023 to 13.03.2024: 366 days, 549 credited.
    found = hint(custody())
    assert found.day == date(2028, 9, 10)
    assert found.is_verified
    (line,) = [line for line in found.working if line.ratio]
    assert (line.days, line.ratio, line.result) == ((366, 366), (Fraction(3, 2),) * 2, (549, 549))
    assert line.source == "УК РФ, ст. 72 ч. 3.1 п. «б»"
    assert line.verified_on == date(2023, 8, 4)


@pytest.mark.parametrize(
    ("regime", "day"),
    [
        ("strict", date(2029, 3, 12)),
        ("special", date(2029, 3, 12)),
        ("prison", date(2029, 3, 12)),
        ("juvenile", date(2028, 9, 10)),
        ("settlement", date(2028, 3, 11)),
    ],
)
def test_the_ratio_goes_by_the_regime(regime, day):
    assert hint(custody(), regime=regime).day == day


def test_an_excluded_article_makes_it_a_day_for_a_day_whatever_stands_beside_it():
    assert hint(custody(), articles=(FAKES, TERROR)).day == date(2029, 3, 12)
    assert hint(custody(), articles=(FAKES, TERROR), regime="settlement").day == date(2029, 3, 12)
    assert hint(custody(), articles=(ArticleReference("205.6", "uk-rf"),)).day == date(2028, 9, 10)


@pytest.mark.parametrize(
    "articles",
    [
        (),
        (ArticleReference("206", "uk-rf"),),
        (ArticleReference("205.2"),),
        (ArticleReference("278", "uk-rf"),),
    ],
)
def test_where_the_exclusion_is_not_known_the_hint_is_a_range(articles):
    found = hint(custody(), articles=articles)
    assert (found.earliest, found.latest, found.day) == (date(2028, 9, 10), date(2029, 3, 12), None)


def test_parts_and_a_link_with_terrorism_decide():
    assert hint(custody(), articles=(ArticleReference("206", "uk-rf", "3"),)).day == date(2029, 3, 12)
    assert hint(custody(), articles=(ArticleReference("206", "uk-rf", "1"),)).day == date(2028, 9, 10)
    power = (ArticleReference("278", "uk-rf"),)
    assert hint(custody(), articles=power, facts=CaseFacts(terrorist_link=True)).day == date(2029, 3, 12)
    assert hint(custody(), articles=power, facts=CaseFacts(terrorist_link=False)).day == date(2028, 9, 10)
    assert hint(custody(), facts=CaseFacts(recidivism=True)).day == date(2029, 3, 12)


def test_house_arrest_is_half_a_day_and_part_of_a_day_is_rounded_for_the_person():
    days = DaysBefore(DayKind.HOUSE_ARREST, date(2024, 2, 1), date(2024, 2, 3))
    found = hint(days, facts=CaseFacts(act_on=date(2022, 5, 1)))
    assert found.day == date(2030, 3, 11)
    total = next(line for line in found.working if line.sentence.startswith("Credited together"))
    assert total.result == (Fraction(3, 2), Fraction(3, 2))
    assert not total.is_verified


def test_house_arrest_for_an_old_act_rests_on_an_unverified_rule():
    days = DaysBefore(DayKind.HOUSE_ARREST, date(2024, 2, 1), date(2024, 2, 10))
    old = hint(days, facts=CaseFacts(act_on=PartialDate(2017)))
    assert old.day == date(2030, 3, 3)
    assert not old.is_verified
    unknown = hint(days)
    assert (unknown.earliest, unknown.latest) == (date(2030, 3, 3), date(2030, 3, 8))
    assert not unknown.is_verified


def test_a_ban_on_leaving_home_is_for_staff_to_decide():
    found = hint(DaysBefore(DayKind.BAN, date(2024, 2, 1), date(2024, 2, 4)))
    assert (found.earliest, found.latest) == (date(2030, 3, 10), date(2030, 3, 13))
    assert not found.is_verified


def test_police_hospital_and_custody_abroad_count_as_custody():
    for kind in (DayKind.POLICE, DayKind.HOSPITAL, DayKind.ABROAD):
        assert hint(DaysBefore(kind, date(2024, 2, 1), date(2024, 2, 2))).day == date(2030, 3, 10)


def test_no_day_is_counted_twice_and_a_punishment_cell_is_taken_out():
    police = DaysBefore(DayKind.POLICE, date(2023, 3, 14), date(2023, 3, 16))
    again = DaysBefore(DayKind.CUSTODY, date(2023, 5, 1), date(2023, 6, 1))
    assert hint(custody(), police, again).day == hint(custody()).day
    cell = DaysBefore(DayKind.CELL, date(2023, 5, 1), date(2023, 5, 10))
    assert hint(custody(), cell).day == date(2028, 9, 15)


def test_a_punishment_cell_of_unknown_length_may_take_out_each_day_that_it_can():
    cell = DaysBefore(DayKind.CELL, PartialDate(2023, 5), date(2023, 5, 31))
    shortest, longest = (
        hint(custody(), DaysBefore(DayKind.CELL, date(2023, 5, day), date(2023, 5, 31))) for day in (31, 1)
    )
    found = hint(custody(), cell)
    assert found.earliest <= shortest.day < longest.day <= found.latest
    (line,) = [line for line in found.working if line.sentence.startswith("Custody")]
    assert line.days == (335, 365)


def test_what_lies_after_the_verdict_came_into_force_is_served_and_not_credited():
    assert hint(custody(last=date(2025, 1, 1))).day == hint(custody(last=date(2024, 3, 13))).day
    assert hint(custody(first=date(2024, 4, 1), last=date(2024, 5, 1))).day == date(2030, 3, 13)


def test_days_known_to_the_month_give_a_range():
    found = hint(custody(first=PartialDate(2023, 3)))
    assert (found.earliest, found.latest) == (date(2028, 8, 21), date(2028, 10, 5))
    assert hint(custody(first=PartialDate(2023, 3)), in_force_on=PartialDate(2024, 3)).day is None


def test_days_that_reach_the_whole_term_end_it_at_once_and_it_is_said():
    found = hint(custody(), term=TermLength(1))
    assert found.day == FORCE
    assert any("reach the whole term" in line.sentence for line in found.working)
    assert not any("reach the whole term" in line.sentence for line in hint(custody()).working)


@pytest.mark.parametrize(
    ("more", "silence"),
    [
        ({"facts": CaseFacts(life=True)}, Silence.LIFE),
        ({"penalty": "life"}, Silence.LIFE),
        ({"facts": CaseFacts(treatment=True)}, Silence.TREATMENT),
        ({"facts": CaseFacts(several_cases=True)}, Silence.SEVERAL_CASES),
        ({"facts": CaseFacts(suspended=True)}, Silence.NOT_SERVED),
        ({"penalty": "suspended"}, Silence.NOT_SERVED),
        ({"penalty": "fine"}, Silence.NOT_A_LENGTH),
        ({"penalty": "compulsory_work"}, Silence.NOT_A_LENGTH),
        ({"term": TermLength()}, Silence.NO_TERM),
        ({"in_force_on": None}, Silence.NOT_IN_FORCE),
        ({"in_force_on": PartialDate(2024, qualifier=">")}, Silence.NOT_IN_FORCE),
        ({"regime": "unknown"}, Silence.REGIME_UNKNOWN),
        ({"articles": (ArticleReference("115", "uk-ua"),)}, Silence.FOREIGN_CODE),
        ({"articles": (FAKES, ArticleReference("430", "uk-dnr"))}, Silence.FOREIGN_CODE),
        ({"term": TermLength(9000)}, Silence.BEYOND_CALENDAR),
    ],
)
def test_silence_has_its_reason(more, silence):
    found = hint(custody(), **more)
    assert (found.silence, found.earliest, found.latest, found.day) == (silence, None, None, None)
    assert [line.sentence for line in found.working] == [str(silence.label)]


@pytest.mark.parametrize(
    "days",
    [
        DaysBefore(DayKind.CUSTODY, None, FORCE),
        DaysBefore(DayKind.CUSTODY, date(2023, 3, 1), None),
        DaysBefore(DayKind.CUSTODY, PartialDate(2023, qualifier="<"), FORCE),
        DaysBefore(DayKind.CUSTODY, date(2023, 3, 2), date(2023, 3, 1)),
    ],
)
def test_unknown_days_are_silence(days):
    assert hint(custody(), days).silence is Silence.UNKNOWN_DAYS


def test_forced_labour_has_its_own_ratio_and_no_rule_for_house_arrest():
    month = custody(first=date(2024, 3, 4), last=date(2024, 3, 13))
    assert hint(month, regime="unknown", penalty="forced_labour", articles=(TERROR,)).day == date(2030, 2, 21)
    house = DaysBefore(DayKind.HOUSE_ARREST, date(2024, 2, 1), date(2024, 2, 2))
    assert hint(house, penalty="forced_labour").silence is Silence.NO_RULE


@pytest.mark.parametrize(
    ("begins", "term", "ends"),
    [
        (date(2024, 8, 31), TermLength(months=6), date(2025, 2, 28)),
        (date(2024, 9, 1), TermLength(months=6), date(2025, 2, 28)),
        (date(2024, 2, 29), TermLength(years=1), date(2025, 2, 28)),
        (date(2024, 1, 31), TermLength(months=1), date(2024, 2, 29)),
        (date(2024, 12, 15), TermLength(1, 1, 1), date(2026, 1, 15)),
        (date(2024, 1, 1), TermLength(days=15), date(2024, 1, 15)),
    ],
)
def test_the_calendar_of_a_term(begins, term, ends):
    assert hint(term=term, in_force_on=begins).day == ends


def test_the_working_says_days_ratio_and_result():
    lines = [line.sentence.replace("\u00a0", " ") for line in hint(custody()).working]
    assert lines[0] == "Term: 6 years."
    assert lines[3] == "Custody, 14 March 2023 – 14 March 2024: 366 days × 1½ = 549 days"
    assert lines[4] == "Credited together: 549 days."
    assert lines[5] == "Last day of the term: 10 September 2028."
    assert "hint" in lines[-1]


def test_a_range_is_said_as_a_range():
    lines = [line.sentence.replace("\u00a0", " ") for line in hint(custody(), articles=()).working]
    assert "366 days × 1 to 1½ = from 366 to 549 days" in lines[3]
    assert lines[5] == "Last day of the term: between 10 September 2028 and 12 March 2029."


def test_the_working_is_in_russian_for_those_who_read_russian():
    with translation.override("ru"):
        lines = [line.sentence.replace("\u00a0", " ") for line in hint(custody(), articles=()).working]
    assert "14 марта 2023 – 14 марта 2024: 366 дней" in lines[3]
    assert "10 сентября 2028" in lines[5]
