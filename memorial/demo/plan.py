"""The plan of one invented person: what is to be written, before there is any database.

Rows are written as in memorial/demo/data/people/*.toml: a custody is named by its number among the
person's own, an institution by its slug, a region by its code. `Traits` is what builders of further
facts (prosecutions, help given) may go by.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from memorial.base.partial_date import PartialDate
from memorial.demo.accusations import Accusation, Article, Deed
from memorial.demo.figures import Slot
from memorial.demo.naming import Name

Row = dict[str, Any]


@dataclass(frozen=True)
class Town:
    """An invented town in the cases that sentences need; its region by code."""

    region: str
    name: str
    genitive: str
    locative: str
    name_en: str


@dataclass(frozen=True)
class Traits:
    """What is settled about a person: everything else is drawn from it."""

    number: int
    slot: Slot
    accusation: Accusation
    article: Article | None
    deed: Deed
    people: str
    gender: str
    born: date
    name: Name
    town: Town
    citizenship: str
    profession: str
    """Code of the vocabulary."""
    words: tuple[str, str]
    """What the person did, in Russian by gender and in English."""
    drawing: int | None
    is_minor: bool
    by_initials: bool
    described: bool
    """The name is not known: words stand in its place."""

    @property
    def case_key(self) -> str:
        """People with the same key, not empty, are prosecuted in one case."""
        return self.slot.case_key


@dataclass(frozen=True)
class Course:
    """One deprivation of liberty as it went, day by day; texts and rows say it less exactly."""

    seized: date
    detained: date
    months_only: bool
    at_home: bool
    verdict: date | None = None
    in_force: date | None = None
    years: float | None = None
    life: bool = False
    expected: date | None = None
    end: date | None = None
    ground: str = ""
    circumstance: str = ""


@dataclass
class PersonPlan:
    """All that is to be written of one person."""

    traits: Traits
    course: Course
    columns: Row
    facts: dict[str, list[Row]] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)
    sources: list[Row] = field(default_factory=list)


def day(value: date) -> PartialDate:
    """A date known to the day."""
    return PartialDate(value.year, value.month, value.day)


def month(value: date) -> PartialDate:
    """A date of which the month is known."""
    return PartialDate(value.year, value.month)


def years_later(value: date, years: int) -> date:
    """The same day so many years later; for 29 February the 28th."""
    try:
        return value.replace(year=value.year + years)
    except ValueError:
        return value.replace(year=value.year + years, day=28)


def working_day(value: date) -> date:
    """The day, or the Monday after it: courts do not sit at weekends."""
    return value + timedelta(days=7 - value.weekday() if value.weekday() > 4 else 0)
