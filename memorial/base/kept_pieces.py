"""Pieces of pages, rendered once and kept in the process while nothing public changes.

Unlike what `Kept` keeps, a piece shows facts and names. So the database is asked at each use, not
once a second, for the last change and for who of a page is published: whoever is hidden or made
initials is gone with the next page, as if every page were made anew.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Moment:
    """When pieces are good: `version` names the data and the day, `public` who may be shown at all."""

    version: Hashable
    public: frozenset[int]


Make = Callable[[Sequence[int]], Mapping[int, SafeString]]
"""Renders the pieces of these ids; one that is missing among them has become hidden meanwhile."""


class KeptPieces:
    """Pieces by look and id, all of one version; the least recently shown go when there are too many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._version: Hashable = None
        self._kept: OrderedDict[tuple[Hashable, int], SafeString] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, look: Hashable, ids: Sequence[int], moment: Moment, make: Make) -> list[SafeString]:
        """The pieces of these ids in their order, made where there is none of that version."""
        wanted = [each for each in ids if each in moment.public]
        found = dict(self._known(look, wanted, moment.version))
        if missing := [each for each in wanted if each not in found]:
            # Read after the version: they may be newer than it says, never older.
            made = make(missing)
            self._keep(look, made, moment.version)
            found |= made
        return [found[each] for each in wanted if each in found]

    def _known(self, look: Hashable, ids: Sequence[int], version: Hashable) -> dict[int, SafeString]:
        with self._lock:
            if version != self._version:
                self._kept.clear()
                self._version = version
            known = {each: self._kept[look, each] for each in ids if (look, each) in self._kept}
            for each in known:
                self._kept.move_to_end((look, each))
        return known

    def _keep(self, look: Hashable, made: Mapping[int, SafeString], version: Hashable) -> None:
        with self._lock:
            if version == self._version:
                self._kept |= {(look, each): piece for each, piece in made.items()}
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)

    def forget(self) -> None:
        """Forget all; for measuring."""
        with self._lock:
            self._kept.clear()
