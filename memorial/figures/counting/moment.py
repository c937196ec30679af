"""The facts as they stood on a day, and what several figures need of them: made once for all figures of a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from statistics import median
from typing import Final

from cases.figures import FEWEST_FOR_A_MEDIAN
from memorial.figures.rows import Days, PersonRow, Record
from prisoners.liberty import liberty_on
from prisoners.querysets import COUNTED_AS_IMPRISONED

Numbers = dict[str, int | None]
"""How many, by the code of a category; None is a median of too few."""
Counted = dict[str, Numbers]
"""Numbers by the code of a series. `TOTAL` is one, with one number under ""."""
TOTAL: Final = "total"
UNKNOWN: Final = "unknown"


class Moment:
    """People and their facts as of a day. `today` tells whether that is the present one."""

    def __init__(self, record: Record, on: date, today: date) -> None:
        self.record, self.on = record, on
        self.is_today = on == today

    @cached_property
    def people(self) -> list[PersonRow]:
        return self.record.people_by(self.on)

    @cached_property
    def liberty(self) -> list[tuple[PersonRow, str]]:
        """Each person with the liberty of that day, by the rule that the person's page goes by."""
        return [(person, liberty_on(person, self.on)) for person in self.people]

    @cached_property
    def deprived(self) -> list[PersonRow]:
        """People whose liberty on the day counts as imprisonment (domain, «Statistics, defined»)."""
        return [person for person, status in self.liberty if status in COUNTED_AS_IMPRISONED]

    @property
    def years(self) -> range:
        """The years from the first fact of all up to the day; the last is not over, but on 31 December."""
        first = self.record.first_day or self.on
        return range(min(first, self.on).year, self.on.year + 1)

    def deprived_at_ends(self) -> Numbers:
        """How many were deprived of liberty at the end of each year, and on the day itself in its own year."""
        found: Numbers = {}
        for year in self.years:
            day = min(date(year, 12, 31), self.on)
            found[str(year)] = sum(
                liberty_on(person, day) in COUNTED_AS_IMPRISONED for person in self.record.people_by(day)
            )
        return found

    def by_year(self, dated: Iterable[tuple[PersonRow, Days | None]]) -> Numbers:
        """Distinct people in each year, those with no certain year last; years without anybody are nought."""
        people: dict[int | None, set[PersonRow]] = defaultdict(set)
        for person, days in dated:
            people[days.year if days else None].add(person)
        undated = people.pop(None, set())
        years = sorted(year for year in people if year is not None)
        span = range(years[0], self.on.year + 1) if years else ()
        found: Numbers = {str(year): len(people.get(year, ())) for year in span}
        return found | ({UNKNOWN: len(undated)} if undated else {})


def total(people: Iterable[PersonRow]) -> Numbers:
    """How many different people."""
    return {"": len(set(people))}


def in_order(counted: Mapping[str, int], order: Iterable[str]) -> Numbers:
    """Those of the numbers that are not nought, in an order of codes."""
    return {code: number for code in order if (number := counted.get(code, 0))}


def most_first(counted: Mapping[str, int], last: Sequence[str] = (UNKNOWN,)) -> Numbers:
    """The largest number first, equal ones by code; those of `last` at the end, whatever they are."""
    codes = sorted(
        (code for code, number in counted.items() if number),
        key=lambda code: (code in last, -counted[code], code),
    )
    return {code: counted[code] for code in codes}


def people_by_code(pairs: Iterable[tuple[PersonRow, str]]) -> dict[str, int]:
    """Distinct people under each code: a person counts once under each, so that parts may exceed the whole."""
    people: dict[str, set[PersonRow]] = defaultdict(set)
    for person, code in pairs:
        people[code].add(person)
    return {code: len(found) for code, found in people.items()}


def median_of(values: Sequence[float]) -> Numbers:
    """The median, rounded halves up, and of how many; None of fewer than `FEWEST_FOR_A_MEDIAN`."""
    enough = len(values) >= FEWEST_FOR_A_MEDIAN
    return {"median": int(median(values) + 0.5) if enough else None, "number": len(values)}
