"""What the lists of people and of cases have in common: filters read from an address, their counts and words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Final

from django.utils.http import urlencode

from cases.selection.words import ValueWords
from memorial.base.facets.definition import NOT_KNOWN, SHOWN, Facet
from memorial.base.facets.index import FacetIndex
from memorial.base.facets.reading import TraitFilterSet, asks_for_unknown, read_values
from memorial.base.facets.shown import Chip, FacetGroup, FacetValue, group, in_order, worth_naming
from memorial.base.kept import Kept
from memorial.base.shown_text import ShownText

MOST_KEPT: Final = 16_000_000
"""Numbers of eight bytes in all indexes together, in each process: 128 MB, which a million people need."""
_indexes = Kept(MOST_KEPT)

Rows = Callable[[], Iterable[tuple[Any, ...]]]


def kept_index(kind: str, on: date, rows: Rows) -> FacetIndex:
    """The index of a table of traits on a day, made anew by the first who asks after a change.

    `rows` are primary key, traits, and where there are any, dated ones with their first and last days.
    """
    return _indexes.get((kind, on), lambda: FacetIndex(_on_the_day(rows(), on)))


def forget_indexes() -> None:
    """Makes the next list count anew; for measuring."""
    _indexes.forget()


def _on_the_day(rows: Iterable[tuple[Any, ...]], on: date) -> Iterable[tuple[int, Iterable[str]]]:
    for number, traits, *dated in rows:
        if not dated or not dated[0]:
            yield number, traits
            continue
        now = [
            trait
            for trait, since, until in zip(*dated, strict=True)
            if (since is None or since <= on) and (until is None or until > on)
        ]
        yield number, [*traits, *now]


class Asked:
    """A list as somebody asked for it. `data` is a QueryDict or anything else with `getlist`."""

    facets: ClassVar[Sequence[Facet]]
    reads: ClassVar[type[TraitFilterSet]]

    def __init__(self, data: Any, on: date) -> None:
        self.data = data
        self.on = on

    @property
    def index(self) -> FacetIndex:
        """Who has what."""
        raise NotImplementedError

    def table(self) -> Any:
        """The rows of the table of traits."""
        raise NotImplementedError

    @cached_property
    def words(self) -> ValueWords:
        """The values in words."""
        return ValueWords()

    @cached_property
    def filters(self) -> TraitFilterSet:
        """The same filters for the database."""
        return self.reads(self.data, self.table(), knows=self._knows, on=self.on)

    @cached_property
    def chosen(self) -> Mapping[str, tuple[str, ...]]:
        """The values chosen, by filter."""
        return read_values(self.data, self.names(), self._knows)

    @property
    def asks_unknown_values(self) -> bool:
        """Whether something was asked of a filter that it does not have."""
        return asks_for_unknown(self.data, self.names(), self.chosen)

    @classmethod
    def names(cls) -> list[str]:
        """What the filters are called in addresses."""
        return [facet.name for facet in cls.facets]

    @cached_property
    def within(self) -> int | None:
        """The bits of what something that is no filter leaves; None where there is nothing of the kind."""
        return None

    @cached_property
    def bits(self) -> int:
        """The bits of what is left."""
        return self.index.passing(self.chosen, self.within)

    @property
    def count(self) -> int:
        """How many are left."""
        return self.bits.bit_count()

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is chosen of any filter."""
        return bool(self.chosen)

    @property
    def is_worth_finding(self) -> bool:
        """Whether search engines are shown it: all, a letter, or one value that people search for."""
        values = [(name, value) for name, values in self.chosen.items() for value in values]
        others = {name for name, value in self.others().items() if value}
        if not values:
            return others <= {"letter"}
        facet = self.facet(values[0][0])
        return len(values) == 1 and not others and bool(self.count) and bool(facet and facet.is_indexed)

    def others(self) -> dict[str, str]:
        """What was asked besides filters, as addresses have it, the ordinary left out."""
        return {}

    def query_of(self, chosen: Mapping[str, Sequence[str]], **others: str) -> str:
        """The query of a list: parameters and values in alphabetical order, each once."""
        pairs = [(name, value) for name, values in chosen.items() for value in values]
        pairs += [(name, value) for name, value in others.items() if value]
        return urlencode(sorted(pairs))

    def canonical_query(self) -> str:
        """The one query that says all this, "" for everything; without page and view."""
        return self.query_of(self.chosen, **self.others())

    def described(self) -> str:
        """What was chosen, in the reader's language: «Регион дела: Крым; Статья: ст. 207.3 УК РФ»."""
        said = []
        for facet in self.facets:
            if values := self.chosen.get(facet.name):
                words = ", ".join(self.words.of(facet.name, value).text for value in values)
                said.append(f"{facet.label}: {words}")
        return "; ".join(said)

    def groups(self) -> list[FacetGroup]:
        """Every filter with the values that a list shows; filters of which nobody has anything are left out."""
        made = (self._group(facet) for facet in self.facets)
        return [each for each in made if each.values]

    def values_of(self, facet: Facet) -> list[FacetValue]:
        """Every value of a filter that anybody has who passes all others, and those chosen, in order."""
        counts, chosen = self._counts(facet), self.chosen.get(facet.name, ())
        values = [*counts, *(value for value in chosen if value not in counts)]
        return in_order(facet, [self._value(facet, value, counts) for value in values])

    def _group(self, facet: Facet) -> FacetGroup:
        counts, chosen = self._counts(facet), self.chosen.get(facet.name, ())
        named = [self._value(facet, value, counts) for value in worth_naming(counts, chosen)]
        return group(facet, named, len({*counts, *chosen}))

    def _counts(self, facet: Facet) -> dict[str, int]:
        return self.index.counts(facet.name, self.chosen, self.within)

    def _value(self, facet: Facet, value: str, counts: Mapping[str, int]) -> FacetValue:
        is_chosen = value in self.chosen.get(facet.name, ())
        return FacetValue(value, self.words.of(facet.name, value), counts.get(value, 0), is_chosen)

    def with_pages(self) -> list[str]:
        """The filters with more values than a list shows, and that by region, which is an index of its own."""
        return [
            facet.name
            for facet in self.facets
            if facet.name == "region" or len(self.index.values(facet.name)) > SHOWN
        ]

    def facet(self, name: str) -> Facet | None:
        """The filter of that name."""
        return next((facet for facet in self.facets if facet.name == name), None)

    def chips(self) -> list[Chip]:
        """What was chosen, value by value, each with the list without it."""
        return [
            Chip(self._chip_words(facet, value), self._without(facet.name, value))
            for facet in self.facets
            for value in self.chosen.get(facet.name, ())
        ]

    def what_to_drop(self) -> list[Chip]:
        """Each filter chosen, and how many would be found without it; the most first."""
        made = [
            Chip(self._words_together(facet), self._without(facet.name), self._count_without(facet.name))
            for facet in self.facets
            if facet.name in self.chosen
        ]
        return sorted(made, key=lambda chip: -(chip.count_without or 0))

    @property
    def letters(self) -> bool:
        """Whether the list is one of people, of whom we know not all."""
        return False

    def _words_together(self, facet: Facet) -> Any:
        values = self.chosen[facet.name]
        if len(values) == 1:
            return self._chip_words(facet, values[0])
        return f"{facet.label}: {', '.join(self.words.of(facet.name, each).text for each in values)}"

    def _count_without(self, name: str) -> int:
        return self.index.passing(self.chosen, self.within, but=name).bit_count()

    def _without(self, name: str, value: str = "") -> str:
        left = {
            each: tuple(one for one in values if (each, one) != (name, value))
            for each, values in self.chosen.items()
            if value or each != name
        }
        return self.query_of(left, **self.others())

    def _knows(self, name: str, value: str) -> bool:
        return self.index.has(name, value) or self.words.knows(name, value)

    def _chip_words(self, facet: Facet, value: str) -> ShownText | str:
        """A value by itself where it says what it is of; a year, or that something is not known, does not."""
        words = self.words.of(facet.name, value)
        says_it = not facet.in_order and value not in NOT_KNOWN
        return words if says_it else f"{facet.label}: {words.text}"
