"""The fixed periods that money is reported for: those of help given, and quarters and months beside them.

Codes: `first-three-years`, `2024`, `2024-1` (its first half), `2024-q3`, `2024-m07`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from assistance.totals.periods import FIRST_THREE_YEARS, Period, closed_periods, period_of
from memorial.base.civil_date import civil_date
from memorial.base.localized import current_language
from memorial.base.partial_date.month_names import month_name

FIRST_QUARTER: Final = date(2022, 10, 1)
"""The project began in it, on 28 October 2022."""
_PART: Final = re.compile(r"(?P<year>20[2-9]\d)-(?:q(?P<quarter>[1-4])|m(?P<month>0[1-9]|1[0-2]))\Z")


@dataclass(frozen=True, order=True)
class ReportPeriod(Period):
    """A quarter or a month."""

    @property
    def name(self) -> str:
        """The period in words of the active language."""
        year = str(self.first.year)
        if self.first.month != self.last.month:
            number = (self.first.month + 2) // 3
            names = (
                _("First quarter of %(year)s"),
                _("Second quarter of %(year)s"),
                _("Third quarter of %(year)s"),
                _("Fourth quarter of %(year)s"),
            )
            return names[number - 1] % {"year": year}
        month = month_name(self.first.month, current_language(), "nominative")
        return f"{month[:1].upper()}{month[1:]} {year}"


def report_period_of(code: str) -> Period:
    """The period with this code. Raises `ValueError` for one that there is not."""
    found = _PART.match(code)
    if not found:
        return period_of(code)
    year = int(found["year"])
    month = int(found["month"] or 3 * int(found["quarter"]) - 2)
    last_month = month if found["month"] else month + 2
    last = date(year, last_month, monthrange(year, last_month)[1])
    first = date(year, month, 1)
    if first < FIRST_QUARTER:
        raise ValueError(f"There is no period {code!r}.")
    return ReportPeriod(first, last, code)


def closed_report_periods(on: date) -> list[Period]:
    """Every period that is over on a day; of those that end together the longest first."""
    codes = [
        f"{year}-{part}"
        for year in range(FIRST_QUARTER.year, on.year + 1)
        for part in (*(f"q{n}" for n in range(1, 5)), *(f"m{n:02}" for n in range(1, 13)))
        if year > FIRST_QUARTER.year or part in {"q4", "m10", "m11", "m12"}
    ]
    found = [*closed_periods(on), *(each for each in map(report_period_of, codes) if each.last < on)]
    return sorted(found, key=lambda period: (period.last, -period.first.toordinal()))


def report_period_choices() -> list[tuple[str, str]]:
    """The periods that are over today, for forms: the newest first."""
    return [(period.code, period.name) for period in reversed(closed_report_periods(civil_date()))]


def is_three_years(period: Period) -> bool:
    """Whether it is the project's first three years."""
    return period.code == FIRST_THREE_YEARS
