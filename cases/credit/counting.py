"""Counting days: each day once, for certain and at most.

Where stretches overlap, a day counts as what the law puts first: days in a punishment cell are taken
out of custody, custody goes before house arrest. Where the bounds of a stretch are known only to a
month or a year, its days are counted as few and as many as they can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from cases.credit.facts import DaysBefore, earliest, latest
from cases.credit.rules import DayKind

ONE_DAY = timedelta(days=1)
_FIRST = (
    DayKind.CELL,
    DayKind.TREATMENT,
    DayKind.CUSTODY,
    DayKind.ABROAD,
    DayKind.HOSPITAL,
    DayKind.POLICE,
    DayKind.HOUSE_ARREST,
    DayKind.BAN,
)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many days of a stretch count as what it is; both ends included in `first` and `last`."""

    days: DaysBefore
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Half-open ranges of days on which a stretch may lie, and on which it certainly does."""

    may_from: date
    may_until: date
    must_from: date
    must_until: date

    def may(self, day: date) -> bool:
        return self.may_from <= day < self.may_until

    def must(self, day: date) -> bool:
        return self.must_from <= day < self.must_until


class UnknownDaysError(ValueError):
    """A stretch has no first or last day, or one that is open ("before 2023")."""


def count_days(stretches: Sequence[DaysBefore], force_from: date, force_until: date) -> list[Counted]:
    """Count each stretch before the verdict came into force, between `force_from` and `force_until`.

    Raises UnknownDaysError for a bound that is unknown or open, and for an end before its beginning.
    """
    bounds = [_bounds(days, force_from, force_until) for days in stretches]
    order = sorted(range(len(stretches)), key=lambda place: (_FIRST.index(stretches[place].kind), place))
    least, most = [0] * len(stretches), [0] * len(stretches)
    for day, length in _pieces(bounds):
        higher_may = False
        for place in order:
            if bounds[place].must(day) and not higher_may:
                least[place] += length
            if bounds[place].may(day):
                most[place] += length
                higher_may = True
            if bounds[place].must(day):
                break
    return [Counted(days, least[place], most[place]) for place, days in enumerate(stretches)]


def _pieces(bounds: Iterable[_Bounds]) -> Iterable[tuple[date, int]]:
    """Cut time where anything begins or ends; give the first day and the length of each piece."""
    cuts = sorted({day for b in bounds for day in (b.may_from, b.may_until, b.must_from, b.must_until)})
    return [(first, (after - first).days) for first, after in pairwise(cuts)]


def _bounds(days: DaysBefore, force_from: date, force_until: date) -> _Bounds:
    if days.first is None or days.last is None:
        raise UnknownDaysError
    first, first_at_latest = earliest(days.first), latest(days.first)
    last_at_earliest, last = earliest(days.last), latest(days.last)
    if first is None or first_at_latest is None or last_at_earliest is None or last is None or last < first:
        raise UnknownDaysError
    must_from, must_until = first_at_latest, min(last_at_earliest + ONE_DAY, force_from)
    return _Bounds(
        min(first, force_until),
        max(min(last + ONE_DAY, force_until), min(first, force_until)),
        must_from,
        max(must_until, must_from),
    )
