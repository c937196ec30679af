"""Hearings of a generated case: those that led to its decisions, and those that lie ahead of the day of loading."""

from __future__ import annotations

from datetime import date, time, timedelta
from random import Random
from typing import Final

from memorial.demo.figures import AS_OF
from memorial.demo.plan import Course, Row, Traits, working_day
from memorial.demo.record.courts import remanding_court, seat_of
from memorial.demo.record.plan import PlannedDecision
from prisoners.choices import LibertyStatus as Liberty

_TIMES: Final = (
    time(9, 30),
    time(10),
    time(10, 30),
    time(11),
    time(12),
    time(14),
    time(14, 30),
    time(15, 30),
)
_SUBJECTS: Final = (
    ("Допрос свидетелей", "Questioning of witnesses"),
    ("Исследование материалов дела", "Examination of the file"),
    ("Заключение эксперта", "The expert’s opinion"),
    ("Прения сторон и последнее слово", "Closing arguments and last word"),
    ("Предварительное слушание", "Preliminary hearing"),
    ("", ""),
    ("", ""),
)
_EXTENDING: Final = ("Продление срока содержания под стражей", "Extension of pre-trial detention")
_APPEAL: Final = ("Апелляционная жалоба", "Appeal against the sentence")
_TRIED_FROM: Final = timedelta(days=150)


def hearings_of(
    rng: Random, traits: Traits, course: Course, decisions: list[PlannedDecision], today: date
) -> list[Row]:
    """In order. A planned one lies at least a day after `today`."""
    seat, found = seat_of(traits), []
    closed = "closed" in traits.accusation.traits or traits.is_minor
    access = "closed" if closed else rng.choice(("open", "open", "unknown"))
    for decision in decisions:
        on, kind = decision.columns["on"].earliest, decision.columns["kind"]
        if kind == "guilty_verdict":
            days = sorted(
                working_day(on - timedelta(days=rng.randint(3, 80)))
                for _each in range(rng.choice((0, 1, 1, 2)))
            )
            found += [_held(rng, one, seat.first, "first") for one in days if course.detained < one < on]
            found.append(_held(rng, on, seat.first, "first", ("Оглашение приговора", "The verdict")))
        if kind == "upheld":
            found.append(_held(rng, on, seat.appeal, "appeal", _APPEAL))
    for row in [*found, *(ahead := _ahead(rng, traits, course, today))]:
        row["access"] = access
    return [*found, *ahead]


def _held(rng: Random, on: date, court: str, instance: str, subject: tuple[str, str] | None = None) -> Row:
    ru, en = subject or rng.choice(_SUBJECTS)
    row: Row = {"on": on, "court": court, "instance": instance, "hearing_state": "held"}
    row |= {"subject_ru": ru, "subject_en": en if rng.random() < 0.5 else ""}
    return row | ({"at": rng.choice(_TIMES)} if rng.random() < 0.7 else {})


def _ahead(rng: Random, traits: Traits, course: Course, today: date) -> list[Row]:
    """Of people who wait for a trial, an appeal or another extension."""
    if traits.slot.liberty not in (Liberty.PRETRIAL_DETENTION, Liberty.HOUSE_ARREST) or traits.is_minor:
        return []
    seat, on = seat_of(traits), working_day(today + timedelta(days=rng.randint(1, 45)))
    if course.verdict and course.verdict <= AS_OF:
        return [_planned(rng, on, seat.appeal, "appeal", _APPEAL)] if rng.random() < 0.5 else []
    if AS_OF - course.detained > _TRIED_FROM:
        return _trial(rng, on, seat.first, today) if rng.random() < 0.55 else []
    extending = _planned(rng, on, remanding_court(traits), "investigation", _EXTENDING)
    return [extending] if rng.random() < 0.35 else []


def _trial(rng: Random, on: date, court: str, today: date) -> list[Row]:
    """A trial under way: one hearing held, one perhaps put off, one to come."""
    before = working_day(AS_OF - timedelta(days=rng.randint(12, 50)))
    found = [_held(rng, before, court, "first")]
    if rng.random() < 0.25:
        found.append(
            found[0]
            | {"on": working_day(before + timedelta(days=5)), "hearing_state": "postponed", "at": None}
        )
        found[-1]["postponed_to"] = 2
    return [*found, _planned(rng, on, court, "first", rng.choice(_SUBJECTS))]


def _planned(rng: Random, on: date, court: str, instance: str, subject: tuple[str, str]) -> Row:
    row = _held(rng, on, court, instance, subject) | {"hearing_state": "planned", "at": rng.choice(_TIMES)}
    return row | ({"room": str(rng.randint(1, 24))} if rng.random() < 0.5 else {})
