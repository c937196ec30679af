"""Which numbers are withheld, so that nobody is found by subtraction: docs/decisions/0020.

The rule, in one sentence: *from all that is published, ever, a withheld small number could still be
nought, and could still be five or more*; and within a table no number is withheld alone.

How it is decided exactly. Everything that binds the numbers has the form «a number is at most a sum of
others». Of two worlds that satisfy such bounds, the world with the larger number in each place satisfies
them too: so there is a greatest world below any ceilings, and lowering ceilings until nothing changes finds
it. A number could be nought if, with a ceiling of nought over it, the greatest world still holds
every published number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from assistance.totals.figures import AtMost, Cell

LEAST: Final = 5
"""The smallest number that is told. Nought is a small number too: «nobody» is said of everybody."""
_NO_CEILING: Final = 10**9

Numbers = Mapping[Cell, int]
Tops = dict[Cell, int]
"""The largest that each number can be; what is missing has no ceiling."""


class Bounds:
    """Everything that is known to bind the numbers."""

    def __init__(self, bounds: Iterable[AtMost]) -> None:
        self._bounds = list(bounds)
        self._with: dict[Cell, list[AtMost]] = defaultdict(list)
        for bound in self._bounds:
            for other in bound.others:
                self._with[other].append(bound)

    def holding(self, numbers: Numbers) -> Bounds:
        """Those that hold for these numbers.

        Some need not: a parcel may name no item. Where one happens to hold, a reader may guess it.
        """
        return Bounds(
            bound for bound in self._bounds if numbers[bound.number] <= sum(numbers[o] for o in bound.others)
        )

    def greatest(self, told: Numbers) -> Tops:
        """The greatest world in which what is told is no larger than told."""
        return self._lowered(dict(told), self._bounds)

    def greatest_with(self, top: Tops, ceiling: Numbers) -> Tops:
        """The greatest world below another one and below ceilings."""
        lower = {cell: most for cell, most in ceiling.items() if most < top.get(cell, _NO_CEILING)}
        return self._lowered({**top, **lower}, [bound for cell in lower for bound in self._with[cell]])

    def _lowered(self, top: Tops, waiting: Iterable[AtMost]) -> Tops:
        """Lowers numbers until every bound holds."""
        queue = list(waiting)
        while queue:
            bound = queue.pop()
            most = sum(top.get(other, _NO_CEILING) for other in bound.others)
            if most < top.get(bound.number, _NO_CEILING):
                top[bound.number] = most
                queue += self._with[bound.number]
        return top

    def exposed(self, secrets: Sequence[Cell], told: Numbers) -> Iterator[Cell]:
        """Of some numbers those that, by what is told, cannot be nought or cannot be `LEAST` or more."""
        top = self.greatest(told)
        large = [cell for cell in secrets if top.get(cell, _NO_CEILING) >= LEAST]
        # All of them nought at once is a world in which each is: then nothing is left to ask.
        if len(large) == len(secrets) and self._agrees(dict.fromkeys(secrets, 0), top, told):
            return
        known = set(large)
        yield from (c for c in secrets if c not in known or not self._agrees({c: 0}, top, told))

    def _agrees(self, ceiling: Numbers, top: Tops, told: Numbers) -> bool:
        """Whether a world below the ceilings still holds every number that is told."""
        lowest = self.greatest_with(top, ceiling)
        return all(lowest[each] >= number for each, number in told.items())


@dataclass
class Withholding:
    """The choice for one set of new numbers, beside what was told before.

    `numbers` are the true ones of all periods, told or not; `told` what readers have; `new` the cells
    to be published, the dearest last; `tables` those of them that stand side by side; `kept` what was
    withheld before and stays so.
    """

    numbers: Numbers
    told: Numbers
    new: Sequence[Cell]
    tables: Sequence[Sequence[Cell]]
    bounds: Bounds
    kept: frozenset[Cell] = frozenset()
    withheld: set[Cell] = field(default_factory=set)

    def choose(self) -> set[Cell]:
        """The cells to withhold. It always ends: at worst everything new is withheld."""
        self.bounds = self.bounds.holding(self.numbers)
        self.withheld = {cell for cell in self.new if self.numbers[cell] < LEAST or cell in self.kept}
        secrets = [cell for cell in self.numbers if self.numbers[cell] < LEAST and cell not in self.told]
        # What was made plain before cannot be hidden again by withholding more now.
        lost = set(self.bounds.exposed(secrets, self.told))
        watched = [cell for cell in secrets if cell not in lost]
        while True:
            self._withhold_in_pairs()
            told = self._told_with_new()
            exposed = next(self.bounds.exposed(watched, told), None)
            if exposed is None:
                return self.withheld
            self.withheld.add(self._partner_for(exposed, told))

    def _told_with_new(self) -> dict[Cell, int]:
        new = {cell: self.numbers[cell] for cell in self.new if cell not in self.withheld}
        return {**new, **self.told}

    def _withhold_in_pairs(self) -> None:
        """A number withheld alone in its table is known to be small: another goes with it."""
        for table in self.tables:
            open_ = [cell for cell in table if cell not in self.withheld]
            if len(open_) == len(table) - 1 and open_:
                self.withheld.add(self._cheapest(open_)[0])

    def _partner_for(self, exposed: Cell, told: dict[Cell, int]) -> Cell:
        """The cheapest number without which the exposed one is a secret; failing that, the cheapest."""
        open_ = self._cheapest([c for c in self.new if c not in self.withheld and c not in self.told])
        for cell in open_:
            without = {each: number for each, number in told.items() if each != cell}
            if next(self.bounds.exposed([exposed], without), None) is None:
                return cell
        return open_[0]

    def _cheapest(self, cells: Sequence[Cell]) -> list[Cell]:
        """Rows of tables before totals, small numbers before large ones."""
        order = {cell: number for number, cell in enumerate(self.new)}
        return sorted(cells, key=lambda c: (":" not in c.figure, self._rank(c, order), order[c]))

    def _rank(self, cell: Cell, order: Mapping[Cell, int]) -> int:
        return self.numbers[cell] if ":" in cell.figure else order[cell]
