"""What readers have been told already, and which numbers of a period must therefore be withheld."""

from __future__ import annotations

from dataclasses import dataclass

from assistance.models.totals import TotalsPublication
from assistance.totals.computing import Counts
from assistance.totals.figures import Cell, bounds_between, bounds_within, tables
from assistance.totals.periods import Period, period_of
from assistance.totals.withholding import Bounds, Withholding


@dataclass(frozen=True)
class Told:
    """What readers have of one period: its newest publication (None is withheld), and older numbers."""

    now: dict[str, int | None]
    before: dict[str, int]

    def standing(self) -> dict[str, int]:
        """The numbers of the newest publication."""
        return {figure: number for figure, number in self.now.items() if number is not None}

    def still_true(self, counts: Counts) -> dict[str, int]:
        """Every number ever told that the records still give: a correction takes none of these back."""
        return {f: n for f, n in {**self.before, **self.standing()}.items() if counts.get(f) == n}


def what_is_told() -> dict[str, Told]:
    """What readers have, by the code of the period."""
    found: dict[str, Told] = {}
    for publication in TotalsPublication.objects.published().for_detail():
        numbers = {total.figure: total.people for total in publication.totals.all()}
        earlier = found.get(publication.period, Told({}, {}))
        found[publication.period] = Told(numbers, {**earlier.before, **earlier.standing()})
    return found


def figures_to_withhold(period: Period, counts: dict[str, Counts], told: dict[str, Told]) -> set[str]:
    """The figures of the period to withhold, given all that is told and all that may be told one day.

    `counts` are those of every period that is over: a small number of a period that nobody has proposed
    yet must not be told by this one.
    """
    figures = list(counts[period.code])
    numbers = {Cell(code, f): n for code, each in counts.items() for f, n in each.items()}
    readers_have: dict[Cell, int] = {}
    for code, each in told.items():
        numbers_told = each.still_true(counts.get(code, {}))
        if code != period.code:
            numbers_told |= each.standing()
        readers_have |= {Cell(code, f): n for f, n in numbers_told.items()}
    within = [bound for code in counts for bound in bounds_within(code, figures)]
    between = bounds_between([period_of(code) for code in counts], figures)
    rows = [[Cell(period.code, figure) for figure in table] for table in tables(figures)]
    withheld_before = {f for f, n in told.get(period.code, Told({}, {})).now.items() if n is None}
    choice = Withholding(
        numbers=numbers | readers_have,
        told=readers_have,
        new=[cell for row in rows for cell in row],
        tables=rows,
        bounds=Bounds([*within, *between]),
        kept=frozenset(Cell(period.code, f) for f in withheld_before if f in figures),
    )
    return {cell.figure for cell in choice.choose()}
