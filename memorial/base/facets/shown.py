"""A filter as a page shows it: values in words with their counts, chips, and what to drop when nothing is left."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from memorial.base.facets.definition import NOT_KNOWN, SHOWN, Facet
from memorial.base.shown_text import ShownText


@dataclass(frozen=True)
class FacetValue:
    """A value with its words, how many have it, and whether it is chosen."""

    value: str
    words: ShownText
    count: int
    is_chosen: bool = False


@dataclass(frozen=True)
class FacetGroup:
    """A filter with the values that a list shows; `more` are how many others there are."""

    facet: Facet
    values: Sequence[FacetValue]
    more: int = 0

    @property
    def is_open(self) -> bool:
        """Whether something of it is chosen: then it is shown unfolded."""
        return any(value.is_chosen for value in self.values)


@dataclass(frozen=True)
class Chip:
    """Something chosen, and the query of the same list without it."""

    words: ShownText | str
    query: str
    count_without: int | None = None
    """How many would be left without it; None where nobody asked."""


def in_order(facet: Facet, values: Iterable[FacetValue]) -> list[FacetValue]:
    """As a page lists them: the chosen first, then by count, or from the newest year; what is missing last."""
    if facet.in_order:
        newest = sorted(values, key=lambda each: each.value, reverse=True)
        return sorted(newest, key=lambda each: each.value in NOT_KNOWN)
    return sorted(
        values, key=lambda each: (each.value in NOT_KNOWN, -each.count, each.words.text, each.value)
    )


def _by_count(each: FacetValue) -> tuple[bool, bool, int, str, str]:
    return not each.is_chosen, each.value in NOT_KNOWN, -each.count, each.words.text, each.value


def worth_naming(counts: Mapping[str, int], chosen: Collection[str]) -> list[str]:
    """The values among which a list finds those that it shows, so that the others need no words.

    Whoever has fewer than the last of the most frequent cannot stand before it, whatever it is called.
    """
    most = sorted((number for value, number in counts.items() if value not in NOT_KNOWN), reverse=True)
    least = most[SHOWN - 1] if len(most) >= SHOWN else 0
    named = [
        value for value, number in counts.items() if number >= least or value in NOT_KNOWN or value in chosen
    ]
    return [*named, *(value for value in chosen if value not in counts)]


def group(facet: Facet, values: Sequence[FacetValue], number: int) -> FacetGroup:
    """The values that a list shows of `number`: those that most have, the chosen ones always; the rest is counted."""
    by_count = sorted(values, key=_by_count)
    missing = [each for each in by_count[SHOWN:] if each.value in NOT_KNOWN]
    chosen = [each for each in by_count if each.is_chosen]
    room = max(SHOWN, len(chosen)) - len(missing)
    shown = by_count[: max(room, len(chosen))] + missing
    return FacetGroup(facet, in_order(facet, shown), number - len(shown))
