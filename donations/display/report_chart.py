"""What came in and what was spent over the years, as columns drawn on the server. Per cent of the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Final

from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assistance.totals.periods import Period
from memorial.base.localized import current_language
from memorial.base.partial_date.month_names import month_name

BASE: Final = 84.0
"""Where the columns stand, from the top."""
TOP: Final = 10.0
"""Where the highest one ends: above it stands its number."""
MOST: Final = 12
"""Periods in one picture."""
_WIDTH: Final = 0.36
"""Of the room of a period, one column."""
_THOUSAND: Final = 1000
_TEN: Final = 10
_QUARTERS: Final = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Told:
    """The sums of one period, in euros."""

    period: Period
    received: Decimal
    spent: Decimal


@dataclass(frozen=True)
class Column:
    """A column: where it begins, how wide and how high it is, in per cent of the picture."""

    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Place:
    """A period in the picture: its two columns, the number above the first, its name below in one line or two."""

    received: Column
    spent: Column
    middle: str
    number: str
    number_x: str
    number_y: str
    name: str
    under: str


class ReportChart:
    """Columns of periods of one length, the oldest first."""

    def __init__(self, told: Sequence[Told]) -> None:
        self.told = sorted(told, key=lambda each: each.period.first)[-MOST:]
        self._most = max((max(each.received, each.spent) for each in self.told), default=Decimal(0))

    @property
    def height_of_all(self) -> float:
        """Of the highest column, in per cent of the picture."""
        return BASE - TOP

    @property
    def base(self) -> str:
        return f"{BASE:.2f}%"

    @property
    def places(self) -> list[Place]:
        """The periods from left to right."""
        room = 100 / max(len(self.told), 1)
        return [self._place(number, each, room) for number, each in enumerate(self.told)]

    def _place(self, number: int, told: Told, room: float) -> Place:
        left, width = number * room, room * _WIDTH
        middle = left + room / 2
        names = _short_name(told.period)
        is_new_year = number == 0 or self.told[number - 1].period.first.year != told.period.first.year
        return Place(
            received=self._column(middle - width, width, told.received),
            spent=self._column(middle, width, told.spent),
            middle=f"{middle:.2f}%",
            number=_in_thousands(told.received),
            number_x=f"{middle - width / 2:.2f}%",
            number_y=f"{BASE - self._height(told.received) - 2:.2f}%",
            name=names[0],
            under=names[1] if is_new_year else "",
        )

    def _column(self, x: float, width: float, amount: Decimal) -> Column:
        height = self._height(amount)
        return Column(f"{x:.2f}%", f"{BASE - height:.2f}%", f"{width:.2f}%", f"{height:.2f}%")

    def _height(self, amount: Decimal) -> float:
        return self.height_of_all * float(amount / self._most) if self._most else 0.0

    @property
    def said(self) -> str:
        """The picture in a sentence, for who does not see it; the numbers stand in the table beside it."""
        first, last = self.told[0], self.told[-1]
        return _(
            "Columns: received and spent by period, from %(first)s (received %(first_sum)s thousand euros)"
            " to %(last)s (received %(last_sum)s thousand euros)."
        ) % {
            "first": first.period.name,
            "first_sum": _in_thousands(first.received),
            "last": last.period.name,
            "last_sum": _in_thousands(last.received),
        }


def chart_of(told: Sequence[Told]) -> ReportChart | None:
    """The picture of the periods of the length that most reports have, the shorter where two have as many.

    None where fewer than two would stand in it: one column compares nothing.
    """
    by_length: dict[int, list[Told]] = {}
    for each in told:
        days = (each.period.last - each.period.first).days + 1
        by_length.setdefault(ceil(days / 31), []).append(each)
    usual = max(by_length.items(), key=lambda item: (len(item[1]), -item[0]), default=(0, []))[1]
    return ReportChart(usual) if len(usual) > 1 else None


def _in_thousands(amount: Decimal) -> str:
    """Whole thousands from ten on, one figure behind the comma below."""
    thousands = amount / _THOUSAND
    return str(
        format_decimal(thousands, "#,##0.#" if thousands < _TEN else "#,##0", locale=current_language())
    )


def _short_name(period: Period) -> tuple[str, str]:
    """What stands below a column, and the year below that where it is not said yet."""
    year, months = str(period.first.year), round(((period.last - period.first).days + 1) / 30.4)
    if months == 1:
        return month_name(period.first.month, current_language(), short=True), year
    if months == 3:
        return _QUARTERS[(period.first.month - 1) // 3], year
    if months == 6:
        words = (
            pgettext("half of a year", "1st")
            if period.first.month == 1
            else pgettext("half of a year", "2nd")
        )
        return words, year
    return year, ""
