"""What the pages of filters have in common: the form beside a list, and the page with all values of one filter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from memorial.base.facets.definition import Facet
from memorial.base.facets.shown import FacetValue


def hidden_fields(
    chosen: Mapping[str, Sequence[str]], others: Mapping[str, str], *, but: str = ""
) -> list[tuple[str, str]]:
    """What a form must carry along, as name and value: what is chosen of other filters, letter, order, view."""
    pairs = [(name, value) for name, values in chosen.items() for value in values if name != but]
    return [*pairs, *((name, value) for name, value in others.items() if value)]


@dataclass(frozen=True)
class LetterGroup:
    """Values whose words begin with one letter."""

    letter: str
    values: Sequence[FacetValue]

    @property
    def anchor(self) -> str:
        """How the group is reached within its page."""
        return f"l-{ord(self.letter):x}" if self.letter else "l"


def by_letter(facet: Facet, values: Sequence[FacetValue]) -> list[LetterGroup]:
    """Values in the order of the alphabet under their letters; years, and what begins with none, in one group."""
    if facet.in_order:
        return [LetterGroup("", values)]
    groups: dict[str, list[FacetValue]] = {}
    for value in sorted(values, key=_alphabetical):
        groups.setdefault(_letter(value), []).append(value)
    return [LetterGroup(letter, found) for letter, found in groups.items()]


def _letter(value: FacetValue) -> str:
    first = value.words.text.lstrip("«„“\"'")[:1].upper()
    return first.replace("Ё", "Е") if first.isalpha() else ""


def _alphabetical(value: FacetValue) -> tuple[Any, ...]:
    letter = _letter(value)
    return letter.isascii(), letter, value.words.text.casefold().replace("ё", "е"), value.value
