"""The figures of a period: what each counts, in which table it stands, and which of them bound each other.

Everywhere distinct people are counted. One person may stand in several rows of a table, so that a table's
rows may add up to more than the programme's total.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from assistance.choices import DetentionRight, LegalStage
from assistance.totals.periods import Period

ANY: Final = "any"
LEGAL: Final = "legal"
DETENTION: Final = "detention"
HUMANITARIAN: Final = "humanitarian"
UKRAINIANS: Final = "humanitarian-ua"
"""Of those given humanitarian aid: who certainly was a citizen of Ukraine on the day. «At least» so many."""
PROGRAMMES: Final = (LEGAL, DETENTION, HUMANITARIAN)
TOTALS: Final = (ANY, UKRAINIANS, *PROGRAMMES)
STAGES: Final = tuple(f"{LEGAL}:{stage.value}" for stage in LegalStage)
RIGHTS: Final = tuple(f"{DETENTION}:{right.value}" for right in DetentionRight)


class Cell(NamedTuple):
    """One figure of one period."""

    period: str
    figure: str


class AtMost(NamedTuple):
    """That a number is at most the sum of others: a part of its whole, a union of its parts."""

    number: Cell
    others: tuple[Cell, ...]


def kind_figure(code: str) -> str:
    """The figure of one kind of item."""
    return f"{HUMANITARIAN}:{code}"


def tables(figures: Iterable[str]) -> list[list[str]]:
    """The figures by the table in which they stand side by side; what may be withheld first stands first."""
    found = list(figures)
    rows = [[figure for figure in found if figure.startswith(f"{name}:")] for name in PROGRAMMES]
    return [[figure for figure in TOTALS if figure in found], *rows]


def bounds_within(period: str, figures: Iterable[str]) -> Iterator[AtMost]:
    """What figures of one period say of each other."""
    found = list(figures)

    def at_most(figure: str, *others: str) -> AtMost:
        return AtMost(Cell(period, figure), tuple(Cell(period, other) for other in others))

    for programme in PROGRAMMES:
        parts = [figure for figure in found if figure.startswith(f"{programme}:")]
        yield from (at_most(part, programme) for part in parts)
        yield at_most(programme, *parts)
        yield at_most(programme, ANY)
    yield at_most(UKRAINIANS, HUMANITARIAN)
    yield at_most(ANY, *PROGRAMMES)


def bounds_between(periods: Iterable[Period], figures: Iterable[str]) -> Iterator[AtMost]:
    """What a figure of one period says of the same figure of another: halves, their year, the three years."""
    known, found = list(periods), list(figures)
    for whole in known:
        inside = [period for period in known if period != whole and whole.contains(period)]
        halves = [period.code for period in inside if len(whole.code) == len("2024")]
        for figure in found:
            yield from (AtMost(Cell(part.code, figure), (Cell(whole.code, figure),)) for part in inside)
            if len(halves) == 2:
                yield AtMost(Cell(whole.code, figure), tuple(Cell(half, figure) for half in halves))
