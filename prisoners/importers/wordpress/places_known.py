"""Institutions that are here already, found by what an address for letters says of them."""

from collections import defaultdict

from memorial.base.localized import all_languages
from memorial.base.name_key import sort_key
from prisoners.importers.wordpress.letters import Letter, parse_letter
from prisoners.models import Facility


class PlacesKnown:
    """Read once for a run: a small table."""

    def __init__(self) -> None:
        self._by_index: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._by_town: dict[tuple[str, str], set[str]] = defaultdict(set)
        columns = ["postal_index", "city", *all_languages("name")]
        for index, city, *names in Facility.objects.values_list(*columns):
            name = next((name for name in names if name), "")
            number = parse_letter(names[0] or "").number
            if number and index:
                self._by_index[index, number].add(name)
            if number and city:
                self._by_town[_town(city), number].add(name)

    def name_of(self, letter: Letter) -> str:
        """The name of the one institution with this number and index, or this number and town; empty for none."""
        if not letter.number:
            return ""
        found = self._by_index.get((letter.index, letter.number)) if letter.index else None
        found = found or self._by_town.get((_town(letter.town), letter.number), set())
        return next(iter(found)) if len(found) == 1 else ""


def _town(city: str) -> str:
    return sort_key(city)
