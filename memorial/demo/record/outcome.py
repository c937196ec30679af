"""Decisions of a generated case by instance, with penalties, and the term; all from the course that is settled."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any, Final

from memorial.demo.figures import AS_OF
from memorial.demo.plan import Course, Row, Traits, day, month
from memorial.demo.record.courts import CASSATION, seat_of
from memorial.demo.record.plan import PlannedDecision
from memorial.demo.wording import regime_of
from prisoners.choices import LibertyStatus as Liberty

_CHECKED: Final = ("one_source", "one_source", "two_independent", "document_seen")
_REVIEW: Final = timedelta(days=182)
_ENDS: Final = {
    "parole": ("parole_granted", "execution", 12),
    "pardon": ("pardon", "none", 1),
    "illness": ("illness_release", "execution", 4),
    "deferral": ("deferral_granted", "execution", 4),
    "quashed": ("quashed", "cassation", 0),
    "discontinued": ("discontinuation", "investigation", 0),
}
"""How a release came about as a decision: kind, instance, how many days before it."""
_MEASURES: Final = ("general", "specialised", "specialised", "intensive")


def decisions_of(rng: Random, traits: Traits, course: Course) -> list[PlannedDecision]:
    """Oldest first; courts by their slugs."""
    liberty, seat = traits.slot.liberty, seat_of(traits)
    if liberty == Liberty.ADMINISTRATIVE_ARREST:
        row = {"kind": "adm_ruling", "instance": "first", "on": day(course.detained), "court": seat.first}
        return [PlannedDecision(row, {}, [{"kind": "administrative_arrest", "days": 15}])]
    if liberty == Liberty.INPATIENT_TREATMENT:
        return _treatment(rng, course, seat.first) if course.verdict else []
    found = [_verdict(rng, traits, course, seat.first)] if course.verdict else []
    if course.in_force and course.in_force <= AS_OF and course.ground != "in_courtroom":
        row = {"kind": "upheld", "instance": "appeal", "on": day(course.in_force), "court": seat.appeal}
        found.append(PlannedDecision(row))
    return [*found, *_release(course, seat.first)]


def _verdict(rng: Random, traits: Traits, course: Course, court: str) -> PlannedDecision:
    assert course.verdict  # noqa: S101  # the caller has asked
    row: Row = {"kind": "guilty_verdict", "instance": "first", "on": day(course.verdict), "court": court}
    row["verification"] = rng.choice(_CHECKED)
    if course.in_force and course.in_force <= AS_OF:
        row["in_force_on"] = day(course.in_force)
    penalties = [_penalty(traits, course)]
    if course.years and course.years > 3 and rng.random() < 0.15:
        penalties.append(_ban(rng))
    meant = {"in_absentia": traits.slot.liberty == Liberty.BEYOND_REACH}
    return PlannedDecision(row, meant, penalties)


def _penalty(traits: Traits, course: Course) -> Row:
    length = _length(course.years)
    if course.life:
        return {"kind": "life", "regime": "special"}
    if course.ground == "non_custodial":
        return {"kind": "fine", "amount": (100 + traits.number % 21 * 10) * 1000, "currency": "RUB"}
    if course.ground == "suspended_sentence":
        return {"kind": "suspended", "probation_years": 2, **length}
    if traits.slot.liberty == Liberty.FORCED_LABOUR:
        return {"kind": "forced_labour", **length}
    return {"kind": "imprisonment", "regime": regime_of(traits), **length} if length else {"kind": "none"}


def _ban(rng: Random) -> Row:
    years = rng.randint(2, 4)
    ru, en = "администрирование сайтов", "running websites"
    return {"kind": "ban_positions", "years": years, "detail_ru": ru, "detail_en": en}


def _length(years: float | None) -> Row:
    if years is None:
        return {}
    whole = {"years": int(years)} if int(years) else {}
    return whole | ({"months": 6} if years % 1 else {})


def _treatment(rng: Random, course: Course, court: str) -> list[PlannedDecision]:
    """The ruling, and its reviews every six months: no penalty and no term."""
    assert course.verdict  # noqa: S101
    measure = rng.choice(_MEASURES)
    until = course.verdict + _REVIEW
    row = {"kind": "medical_ruling", "instance": "first", "on": day(course.verdict), "court": court}
    if course.in_force:
        row["in_force_on"] = day(course.in_force)
    found = [PlannedDecision(row | {"until": month(until)}, {"medical_measure": measure})]
    while until < AS_OF - timedelta(days=20):
        review: Row = {
            "kind": "medical_extended",
            "instance": "execution",
            "on": month(until),
            "court": court,
        }
        until += _REVIEW
        found.append(PlannedDecision(review | {"until": month(until)}))
    return found


def _release(course: Course, court: str) -> list[PlannedDecision]:
    known = _ENDS.get(course.ground)
    if known is None or course.end is None:
        return []
    kind, instance, before = known
    on = max(course.end - timedelta(days=before), course.in_force or date.min)
    row: Row = {"kind": kind, "instance": instance, "on": day(on)}
    if instance == "execution":
        row["court"] = court
    if instance == "cassation":
        row |= {"court": CASSATION, "supersedes": 0}
    return [PlannedDecision(row)]


def term_of(traits: Traits, course: Course) -> dict[str, Any] | None:
    """The term in force of somebody who serves one; the expected end is that of the custody."""
    serving = traits.slot.liberty == Liberty.IMPRISONED
    if not serving or not course.verdict or not (course.life or course.years):
        return None
    row: Row = {"begins_on": day(course.detained), "regime": regime_of(traits)}
    if course.life:
        return row | {"is_life": True, "regime": "special"}
    expected = {"expected_end": month(course.expected)} if course.expected else {}
    return row | _length(course.years) | expected
