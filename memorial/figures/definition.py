"""What a figure is: what it is called, what it means, how it is counted, how it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from memorial.figures.counting.moment import Counted, Moment

Words = str | Promise


class Look(Enum):
    """How a series is shown."""

    BARS = "bars"
    """A table whose rows have bars."""
    COLUMNS = "columns"
    """A drawn chart of years, and a table."""
    MEDIAN = "median"
    """A sentence: the middle one, and of how many."""
    NUMBER = "number"
    """A sentence with one number."""


class Unit(Enum):
    """What a number counts."""

    PEOPLE = "people"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True)
class Series:
    """One sequence of numbers of a figure: `what` heads its categories."""

    code: str
    title: Words
    look: Look = Look.BARS
    what: Words = ""
    note: Words = ""
    unit: Unit = Unit.PEOPLE


YEAR: Final = pgettext_lazy("figures", "Year")


@dataclass(frozen=True)
class Figure:
    """A figure of the statistics. `words` stand under its number, in the form that the number asks for."""

    code: str
    title: Words
    said: Words
    """The definition in one or two sentences."""
    words: Any
    count: Callable[[Moment], Counted]
    series: tuple[Series, ...]
    method: tuple[Words, ...] = field(default=())
    """What else must be known of how it is counted, a paragraph each."""

    def series_of(self, code: str) -> Series:
        """The series of a code; KeyError for none."""
        found = {each.code: each for each in self.series}
        return found[code]


PARTS_EXCEED: Final = _("One person may stand in several rows: they add up to more than the people.")
UNKNOWN_YEAR: Final = _("“Not known” are those whose year we do not know for certain.")
