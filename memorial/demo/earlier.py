"""An earlier deprivation of liberty, over before the present one; in some, the recognition was made then."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Final

from memorial.demo.figures import PERIOD, Recognised
from memorial.demo.plan import Course, Row, Traits, day, month, years_later
from prisoners.choices import LibertyStatus as Liberty

_SHARE: Final = 0.035
_BETWEEN: Final = timedelta(days=90)


def earlier_custody(rng: Random, traits: Traits, course: Course) -> dict[str, list[Row]]:
    """Rows of the earlier custody by table; empty lists for most people."""
    empty: dict[str, list[Row]] = {"custodies": [], "stays": [], "ends": [], "recognitions": []}
    of_old_case = traits.slot.recognised == Recognised.OLD_CASE
    wanted = of_old_case or (traits.slot.liberty in _MAY_HAVE and rng.random() < _SHARE)
    span = _span(rng, traits, course)
    if not wanted or span is None:
        return empty
    began, ended = span
    moved = began + (ended - began) / 3
    place = {"region": traits.town.region, "public": "region_only"}
    rows: dict[str, list[Row]] = {
        "custodies": [{"detained_on": day(began), "term": "fixed", "expected_end": month(ended)}],
        "stays": [
            {"reason": "remand", "began": day(began), "ended": month(moved), **place},
            {
                "reason": "serving",
                "regime": "settlement",
                "began": month(moved),
                "ended": day(ended),
                **place,
            },
        ],
        "ends": [
            {
                "custody": 0,
                "on": day(ended),
                "ground": "served",
                "circumstance": "ordinary",
                "kind": "release",
            }
        ],
        "recognitions": [],
    }
    if of_old_case:
        first = max(began + timedelta(days=25), PERIOD[0])
        on = first + timedelta(days=rng.randint(0, max(0, (ended - first).days - 5)))
        rows["recognitions"] = [{"on": day(on), "ground": traits.accusation.ground, "custody": 0}]
    return rows


_MAY_HAVE: Final = (Liberty.IMPRISONED, Liberty.PRETRIAL_DETENTION, Liberty.AT_LIBERTY)


def _span(rng: Random, traits: Traits, course: Course) -> tuple[date, date] | None:
    """Between 18 years of age and the present case; for a recognition then, inside the first three years."""
    if traits.by_initials:
        return None
    latest_end = course.seized - _BETWEEN
    if traits.slot.recognised == Recognised.OLD_CASE:
        began = date(2022, 4, 1) + timedelta(days=rng.randint(0, 300))
        return began, min(latest_end, began + timedelta(days=rng.randint(420, 700)))
    of_age = max(years_later(traits.born, 19), date(2012, 1, 1))
    began = latest_end - timedelta(days=rng.randint(500, 2200))
    return (began, began + timedelta(days=rng.randint(200, 450))) if began > of_age else None
