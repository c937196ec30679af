"""What a filter of a list is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

SHOWN: Final = 12
"""Values of a filter that a list shows beside itself; the rest have a page of their own."""
NOT_KNOWN: Final = frozenset({"unknown", "none", "concealed"})
"""Values that say what is missing: they stand last, and are said in words."""


@dataclass(frozen=True)
class Facet:
    """One filter: its name in addresses and traits, its label, how its values are sorted.

    `in_order` sorts by the value itself, years from the newest; other filters by how many have it.
    """

    name: str
    label: Any
    in_order: bool = False
    help: Any = ""
    is_indexed: bool = False
    """Whether search engines are shown the list of one value: a theme or a region is a page worth finding."""

    def trait(self, value: str) -> str:
        """How a value stands in the table of traits."""
        return f"{self.name}={value}"


def parted(trait: str) -> tuple[str, str]:
    """The filter and the value of a trait."""
    name, _equals, value = trait.partition("=")
    return name, value
