"""Who has which trait, as rows of bits: counts of any filter in a fraction of a millisecond, with no query.

One bit a record and one row of bits a trait, made in one pass over the table of traits and kept
while nothing public changes (docs/decisions/0025). A number of Python holds a row: `&` narrows,
`|` adds, `bit_count()` counts.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from typing import Final

from memorial.base.facets.definition import parted

Chosen = Mapping[str, Sequence[str]]
"""Values by the name of the filter; several add, filters narrow."""

_BIT: Final = tuple(1 << place for place in range(8))


class FacetIndex:
    """The traits of all records of a list."""

    def __init__(self, rows: Iterable[tuple[int, Iterable[str]]]) -> None:
        """`rows` are primary keys, ascending, with the traits of each."""
        self.numbers = array("q")
        places: dict[str, array[int]] = defaultdict(lambda: array("l"))
        for place, (number, traits) in enumerate(rows):
            self.numbers.append(number)
            for trait in traits:
                places[trait].append(place)
        length = (len(self.numbers) + 7) // 8
        self._bits = {trait: _row(found, length) for trait, found in places.items()}
        self._values: dict[str, list[str]] = defaultdict(list)
        for trait in sorted(self._bits):
            name, value = parted(trait)
            self._values[name].append(value)
        self.everybody = (1 << len(self.numbers)) - 1
        self._length = len(self.numbers) + len(self._bits) * (length // 8 + 1)

    def __len__(self) -> int:
        """How much is kept, in numbers of eight bytes."""
        return self._length

    def has(self, name: str, value: str) -> bool:
        """Whether any record has a value of a filter."""
        return f"{name}={value}" in self._bits

    def values(self, name: str) -> Sequence[str]:
        """The values of a filter that any record has."""
        return self._values.get(name, ())

    def rows_of(self, numbers: Iterable[int]) -> int:
        """The bits of records by their keys; keys that the index does not know are left out."""
        length = len(self.numbers)
        places = array("l")
        for number in numbers:
            place = bisect_left(self.numbers, number)
            if place < length and self.numbers[place] == number:
                places.append(place)
        return _row(places, (length + 7) // 8)

    def having(self, name: str, values: Iterable[str]) -> int:
        """The bits of records with one of the values."""
        found = 0
        for value in values:
            found |= self._bits.get(f"{name}={value}", 0)
        return found

    def passing(self, chosen: Chosen, within: int | None = None, *, but: str = "") -> int:
        """The bits of records that pass all filters, that called `but` left out."""
        found = self.everybody if within is None else within
        for name, values in chosen.items():
            if values and name != but:
                found &= self.having(name, values)
        return found

    def counts(self, name: str, chosen: Chosen, within: int | None = None) -> dict[str, int]:
        """How many have each value of a filter and pass all the others. Values of nobody are left out."""
        others = self.passing(chosen, within, but=name)
        counted = (
            (value, (self._bits[f"{name}={value}"] & others).bit_count()) for value in self.values(name)
        )
        return {value: number for value, number in counted if number}

    def keys(self, bits: int) -> set[int]:
        """The primary keys of some rows."""
        return set(compress(self.numbers, map("1".__eq__, reversed(bin(bits)[2:]))))


def _row(places: Iterable[int], length: int) -> int:
    found = bytearray(length)
    for place in places:
        found[place >> 3] |= _BIT[place & 7]
    return int.from_bytes(found, "little")
