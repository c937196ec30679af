"""Decisions about a person: recognition and its withdrawal, reviews, entries in state registers."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Final

from memorial.demo.figures import AS_OF, IN_THE_PERIOD, PERIOD, Recognised
from memorial.demo.plan import Course, Row, Traits, day, month
from memorial.demo.reading import chance
from prisoners.choices import LibertyStatus as Liberty
from prisoners.models.recognition import MEMORIAL_HRC_DECIDED_UNTIL

_PACE: Final = {
    "ground_1": (["pace_a", "pace_b"], ["pace_a"], []),
    "ground_2": (["pace_c"], ["pace_e"], ["pace_a", "pace_e"]),
}
_REVIEWED: Final = 0.05


def recognition_rows(rng: Random, traits: Traits, course: Course, custody: int) -> list[Row]:
    """The decisions, oldest first. `course` is the deprivation of liberty that they were made in."""
    kind = traits.slot.recognised
    ground = traits.accusation.ground
    common: Row = {"ground": ground, "pace_points": rng.choice(_PACE[ground]), "custody": custody}
    rows: list[Row] = []
    if kind in (Recognised.HRC, Recognised.HRC_AND_PERIOD):
        on = _between(rng, course.seized + timedelta(days=30), MEMORIAL_HRC_DECIDED_UNTIL, course.end)
        rows.append(common | {"on": rng.choice((day, month))(on), "decided_by": "memorial_hrc"})
    if kind in IN_THE_PERIOD:
        # People of one case, and still held, were recognised on one day by one statement.
        together = bool(traits.case_key) and course.end is None
        on = decided_in_period(chance(traits.case_key) if together else rng, course)
        rows.append(common | {"on": day(on)} | ({"statement": traits.case_key} if together else {}))
        if kind == Recognised.WITHDRAWN:
            later = on + timedelta(days=rng.randint(60, 380))
            rows.append(
                {"on": day(min(later, AS_OF - timedelta(days=3))), "outcome": "withdrawn", "custody": custody}
            )
    if kind == Recognised.AFTER:
        on = _between(
            rng, max(course.seized + timedelta(days=25), PERIOD[1] + timedelta(days=1)), AS_OF, course.end
        )
        rows.append(common | {"on": day(on)})
    return rows


def decided_in_period(rng: Random, course: Course) -> date:
    """A day of the project's first three years on which the person was held."""
    return _between(rng, max(course.seized + timedelta(days=25), PERIOD[0]), PERIOD[1], course.end)


def _between(rng: Random, first: date, last: date, end: date | None) -> date:
    last = min(last, (end or AS_OF) - timedelta(days=3), AS_OF - timedelta(days=3))
    return first + timedelta(days=rng.randint(0, max(0, (last - first).days)))


def review_rows(rng: Random, traits: Traits) -> list[Row]:
    """Requests under consideration and refusals: confidential, and only of those not recognised."""
    if traits.slot.recognised != Recognised.NO or rng.random() > _REVIEWED:
        return []
    outcome = rng.choice(("under_consideration", "under_consideration", "refused"))
    on = AS_OF - timedelta(days=rng.randint(10, 700))
    return [{"outcome": outcome, "on": month(on), "text": "Ждём приговор и протоколы заседаний."}]


def register_rows(rng: Random, traits: Traits, course: Course) -> list[Row]:
    """The list of 'terrorists and extremists', the 'foreign agents', the wanted."""
    if traits.by_initials or traits.described:
        return []
    rows: list[Row] = []
    entered = min(course.detained + timedelta(days=rng.randint(30, 200)), AS_OF - timedelta(days=4))
    if rng.random() < traits.accusation.register:
        row: Row = {"register": "rosfinmonitoring", "entered_on": rng.choice((day, month))(entered)}
        long_over = course.end and course.end < AS_OF - timedelta(days=500)
        if long_over and course.end and rng.random() < 0.5:
            row["removed_on"] = month(course.end + timedelta(days=rng.randint(200, 480)))
        rows.append(row)
    if "agent" in traits.accusation.traits:
        before = course.seized - timedelta(days=rng.randint(100, 500))
        rows.append(
            {"register": "foreign_agents", "entered_on": day(before), "number": str(99000 + traits.number)}
        )
    if traits.slot.liberty == Liberty.BEYOND_REACH:
        rows.append({"register": "wanted", "entered_on": month(min(entered, AS_OF - timedelta(days=40)))})
    return rows
