"""The value: a date as precise as its source, never more.

Canonical text, as stored: "2023", "2023-03", "2023-03-14", each with "~" (about), "<" (before) or
">" (after) in front. The same rules stand in SQL in memorial/base/sql/partial_date.sql.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from memorial.base.partial_date.errors import PartialDateError

FIRST_YEAR = 1850
LAST_YEAR = 2150
ABOUT_DAYS = timedelta(days=7)
ONE_DAY = timedelta(days=1)

_CANONICAL = re.compile(r"([~<>]?)([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class DatePrecision(models.TextChoices):
    """How precisely a date is known; codes of the vocabulary `date_precision`.

    Its fifth code, "unknown", is the absence of a date: None in Python, NULL in the database.
    """

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")
    ABOUT = "about", _("about")


class DateQualifier(models.TextChoices):
    """What stands before the date: nothing, about, before, after; the value is the stored sign."""

    EXACT = "", _("exact")
    ABOUT = "~", _("about")
    BEFORE = "<", pgettext_lazy("date", "before")
    AFTER = ">", pgettext_lazy("date", "after")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of known precision; year 1850 to 2150.

    "About" reaches one year, one month or seven days to each side of the year, month or day it
    names: wide on purpose, since constraints refuse only what is certainly wrong. "Before" and
    "after" are strict: before 2023 ends on 31 December 2022.

    Raises PartialDateError for a year out of range and for a day the calendar does not have.
    """

    year: int
    month: int | None = None
    day: int | None = None
    qualifier: DateQualifier = DateQualifier.EXACT

    def __post_init__(self) -> None:
        """Refuse what no calendar has."""
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise PartialDateError(
                _("The year must lie between %(first)s and %(last)s."),
                "year_range",
                first=FIRST_YEAR,
                last=LAST_YEAR,
            )
        if self.month is None and self.day is not None:
            raise PartialDateError(_("A day needs its month."), "month_missing")
        if self.month is not None and not 1 <= self.month <= 12:
            raise PartialDateError(_("There is no month %(month)s."), "month", month=self.month)
        if self.day is not None and not 1 <= self.day <= self._month_length:
            raise PartialDateError(
                _("There is no day %(day)s in %(month)02d.%(year)s."),
                "day",
                day=self.day,
                month=self.month,
                year=self.year,
            )
        object.__setattr__(self, "qualifier", DateQualifier(self.qualifier))

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read the canonical text; raises PartialDateError for any other."""
        match = _CANONICAL.fullmatch(text)
        if not match:
            raise PartialDateError(_("This is not a stored date."), "not_canonical")
        sign, year, month, day = match.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None, DateQualifier(sign))

    @classmethod
    def from_date(cls, day: date) -> Self:
        """Make a day-precise date; a date-time is refused unless it is midnight.

        Facts are dates: a time of day would need a zone, and a zone can shift the day.
        """
        if isinstance(day, datetime) and (day.time() != day.time().min or day.tzinfo):
            raise PartialDateError(_("A date must have no time of day."), "time")
        return cls(day.year, day.month, day.day)

    @classmethod
    def parse(cls, text: str, *, formats: Sequence[str] = ()) -> PartialDate:
        """Read what an editor typed in Russian or English; see `read_partial_date`."""
        # The reader builds values of this class, so it cannot be imported above.
        from memorial.base.partial_date.reading import read_partial_date

        return read_partial_date(text, formats=formats)

    @property
    def text(self) -> str:
        """The canonical text: what is stored, exported and compared."""
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return self.qualifier.value + "-".join(parts)

    def __str__(self) -> str:
        """Return words in the active language, for the admin and templates; data use `text`."""
        from memorial.base.partial_date.words import format_partial_date

        return format_partial_date(self, translation.get_language() or "en")

    @property
    def unit(self) -> DatePrecision:
        """Day, month or year: the smallest part that is named, whatever stands before it."""
        if self.day is not None:
            return DatePrecision.DAY
        return DatePrecision.YEAR if self.month is None else DatePrecision.MONTH

    @property
    def precision(self) -> DatePrecision:
        """The vocabulary's precision: "about" where so qualified, otherwise the unit."""
        return DatePrecision.ABOUT if self.qualifier is DateQualifier.ABOUT else self.unit

    @property
    def earliest(self) -> date | None:
        """The first day it can have been; None where open ("before")."""
        match self.qualifier:
            case DateQualifier.BEFORE:
                return None
            case DateQualifier.AFTER:
                return self._last + ONE_DAY
            case DateQualifier.ABOUT:
                return self._before_first
            case _:
                return self._first

    @property
    def latest(self) -> date | None:
        """The last day it can have been; None where open ("after")."""
        match self.qualifier:
            case DateQualifier.BEFORE:
                return self._first - ONE_DAY
            case DateQualifier.AFTER:
                return None
            case DateQualifier.ABOUT:
                return self._after_last
            case _:
                return self._last

    def certainly_before(self, other: PartialDate | date) -> bool:
        """Whether every possible day lies before every possible day of the other."""
        start = other.earliest if isinstance(other, PartialDate) else other
        return self.latest is not None and start is not None and self.latest < start

    def certainly_after(self, other: PartialDate | date) -> bool:
        """Whether every possible day lies after every possible day of the other."""
        end = other.latest if isinstance(other, PartialDate) else other
        return self.earliest is not None and end is not None and self.earliest > end

    def in_future(self, today: date) -> bool:
        """Whether it certainly lies after today."""
        return self.certainly_after(today)

    def to_year(self) -> PartialDate:
        """Return the same date known to the year only, never saying more than was known.

        "Before 14 March 2023" becomes "before 2024". Raises PartialDateError where that year is
        out of range.
        """
        earliest, latest = self.earliest, self.latest
        if earliest is None and latest is not None:
            return PartialDate(latest.year + 1, qualifier=DateQualifier.BEFORE)
        if latest is None and earliest is not None:
            return PartialDate(earliest.year - 1, qualifier=DateQualifier.AFTER)
        known = earliest is not None and latest is not None and earliest.year == latest.year
        return PartialDate(self.year, qualifier=DateQualifier.EXACT if known else DateQualifier.ABOUT)

    def to_month(self) -> PartialDate:
        """Return the same date without its day, never saying more than was known.

        "Before 14 March 2023" becomes "before April 2023". Raises PartialDateError where that month is
        out of range.
        """
        if self.day is None:
            return self
        earliest, latest = self.earliest, self.latest
        if earliest is None and latest is not None:
            return _month_of(latest, 1, DateQualifier.BEFORE)
        if latest is None and earliest is not None:
            return _month_of(earliest, -1, DateQualifier.AFTER)
        known = earliest is not None and latest is not None and earliest.month == latest.month
        return PartialDate(
            self.year, self.month, qualifier=DateQualifier.EXACT if known else DateQualifier.ABOUT
        )

    @property
    def _month_length(self) -> int:
        return calendar.monthrange(self.year, self.month or 12)[1]

    @property
    def _first(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def _last(self) -> date:
        return date(self.year, self.month or 12, self.day or self._month_length)

    @property
    def _before_first(self) -> date:
        if self.unit is DatePrecision.DAY:
            return self._first - ABOUT_DAYS
        if self.unit is DatePrecision.YEAR:
            return date(self.year - 1, 1, 1)
        return (self._first - ONE_DAY).replace(day=1)

    @property
    def _after_last(self) -> date:
        if self.unit is DatePrecision.DAY:
            return self._last + ABOUT_DAYS
        if self.unit is DatePrecision.YEAR:
            return date(self.year + 1, 12, 31)
        start_of_next = self._last + ONE_DAY
        return start_of_next.replace(day=calendar.monthrange(start_of_next.year, start_of_next.month)[1])


def _month_of(day: date, months: int, qualifier: DateQualifier) -> PartialDate:
    """The month so many months after that of the day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return PartialDate(year, month + 1, qualifier=qualifier)
