"""The fixed periods that totals are told for: the first three years, calendar years, half-years.

Nothing between two days of somebody's choice is ever counted for readers: two periods that differ by
one day would tell whom that day's parcel was for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from memorial.base.civil_date import civil_date
from memorial.base.localized import current_language
from memorial.base.partial_date import PartialDate, format_partial_date

FIRST_THREE_YEARS: Final = "first-three-years"
_THREE_YEARS: Final = (date(2022, 10, 28), date(2025, 10, 27))
FIRST_WHOLE_YEAR: Final = 2023
"""The project began on 28 October 2022."""
_CODE: Final = re.compile(r"(?P<year>20[2-9]\d)(?:-(?P<half>[12]))?\Z")
_HALVES: Final = {"1": ((1, 1), (6, 30)), "2": ((7, 1), (12, 31)), None: ((1, 1), (12, 31))}


@dataclass(frozen=True, order=True)
class Period:
    """A period with its first and its last day, both included."""

    first: date
    last: date
    code: str

    def contains(self, other: Period) -> bool:
        """Whether the other lies within this one; each lies within itself."""
        return self.first <= other.first and other.last <= self.last

    @property
    def name(self) -> str:
        """The period in words of the active language."""
        if self.code == FIRST_THREE_YEARS:
            return _("The first three years")
        year, _dash, half = self.code.partition("-")
        if not half:
            return _("%(year)s, whole year") % {"year": year}
        return (_("First half of %(year)s") if half == "1" else _("Second half of %(year)s")) % {"year": year}

    @property
    def days(self) -> str:
        """Its first and last day in words."""
        first, last = (
            format_partial_date(PartialDate.from_date(each), current_language())
            for each in (self.first, self.last)
        )
        return f"{first} — {last}"


def period_of(code: str) -> Period:
    """The period with this code: `first-three-years`, `2024`, `2024-1`. Raises `ValueError` for any other."""
    if code == FIRST_THREE_YEARS:
        return Period(*_THREE_YEARS, code)
    found = _CODE.match(code)
    if not found or int(found["year"]) < FIRST_WHOLE_YEAR:
        raise ValueError(f"There is no period {code!r}.")
    first, last = (date(int(found["year"]), *day) for day in _HALVES[found["half"]])
    return Period(first, last, code)


def closed_periods(on: date) -> list[Period]:
    """Every fixed period that is over on a day, the longest of those that end together first."""
    years = range(FIRST_WHOLE_YEAR, on.year + 1)
    codes = [FIRST_THREE_YEARS, *(f"{year}{half}" for year in years for half in ("", "-1", "-2"))]
    over = [period for period in map(period_of, codes) if period.last < on]
    return sorted(over, key=lambda period: (period.last, -period.first.toordinal()))


def period_choices() -> list[tuple[str, str]]:
    """The periods that are over today, for forms: the newest first."""
    return [(period.code, period.name) for period in reversed(closed_periods(civil_date()))]
