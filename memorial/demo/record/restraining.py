"""Measures of restraint of a generated case, extended every two months; never with an address."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Final

from memorial.demo.figures import AS_OF
from memorial.demo.plan import Course, Row, Traits, day, month
from memorial.demo.record.courts import remanding_court
from prisoners.choices import LibertyStatus as Liberty

_TWO_MONTHS: Final = timedelta(days=60)
_EXTENSIONS: Final = 3
"""So many of the last extensions are entered; the staff of a small office enters no more either."""


def restraints_of(rng: Random, traits: Traits, course: Course, today: date) -> list[Row]:
    """The measures in order; a row's `extensions` are rows of their own."""
    exact = month if course.months_only else day
    liberty, key = traits.slot.liberty, traits.accusation.key
    if key == "administrative":
        return []
    if key == "no_case":
        return [{"measure": "extraprocedural", "began": month(course.seized)}]
    if liberty == Liberty.BEYOND_REACH:
        return _left(rng, course)
    over = _over(course, liberty)
    found: list[Row] = []
    if (course.detained - course.seized).days > 5:
        found.append(
            {"measure": "extraprocedural", "began": month(course.seized), "ended": exact(course.detained)}
        )
    began = course.detained + timedelta(days=0 if course.months_only else 1)
    if over and over <= began:
        return [
            *found,
            {"measure": "police_detention", "began": exact(course.detained), "ended": exact(over)},
        ]
    row: Row = {
        "measure": "house_arrest" if course.at_home else "custody",
        "court": remanding_court(traits),
        "began": exact(began),
        "until": month(began + _TWO_MONTHS) if course.months_only else day(began + _TWO_MONTHS),
    }
    if over:
        row["ended"] = day(over)
    row["extensions"] = _extensions(rng, row["court"], began, over, today)
    return [*found, row]


def _over(course: Course, liberty: Liberty) -> date | None:
    """The day from which the measure no longer ran."""
    if liberty == Liberty.INPATIENT_TREATMENT:
        return course.verdict
    known = [each for each in (course.in_force, course.end) if each and each <= AS_OF]
    return min(known, default=None)


def _extensions(rng: Random, court: str, began: date, over: date | None, today: date) -> list[Row]:
    """Every two months; the last one runs into the days to come while the measure lasts."""
    until, found = began + _TWO_MONTHS, []
    while until < (over or AS_OF):
        decided = until - timedelta(days=rng.choice((1, 2, 3, 5)))
        until = until + _TWO_MONTHS
        found.append({"decided_on": day(decided), "until": day(until), "court": court})
    if found and over is None and until < today:
        found[-1]["until"] = day(today + timedelta(days=rng.randint(9, 50)))
    return found[-_EXTENSIONS:]


def _left(rng: Random, course: Course) -> list[Row]:
    """An undertaking not to leave, then the wanted list."""
    if course.end is None:
        return []
    wanted = min(course.end + timedelta(days=rng.randint(20, 120)), AS_OF - timedelta(days=5))
    if wanted <= course.end:
        return [{"measure": "undertaking", "began": day(course.end)}]
    found: list[Row] = [
        {"measure": "undertaking", "began": day(course.end), "ended": month(wanted)},
        {"measure": "wanted", "began": month(wanted)},
    ]
    if course.verdict:
        found.append({"measure": "custody_in_absentia", "began": month(min(course.verdict, AS_OF))})
    return found
