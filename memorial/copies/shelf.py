"""Where copies of pages are: in the process, and for addresses without a query on disk as well."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings

from memorial.base.civil_date import civil_date
from memorial.base.content_version import Version
from memorial.base.public_pages import program_and_settings
from memorial.base.watched_query import address_of
from memorial.copies.disk import CopiesOnDisk
from memorial.copies.memory import CopiesInMemory
from memorial.copies.page_copy import PageCopy
from memorial.copies.pulse import Pulse
from memorial.copies.shared import shared_copies

LONGEST_PAGE: Final = 1_000_000
LONGEST_QUERY: Final = 500
_LONGEST_WAIT: Final = 3.0
"""Seconds to wait for another who makes the same page."""
_WAIT_WITH_A_COPY: Final = 1.2
"""The same for whoever can be shown the last good copy instead."""
_TIME_TO_CHECK: Final = 30.0
"""Seconds for readers to find that a page was not concerned; then what was made before a withdrawal goes."""
_MOST_DAYS: Final = 7 * 86_400
"""Seconds after which even the last good copy is too old to be shown."""
_QUERIES_SHARE: Final = 8
"""Pages with parameters may take this part of the room, so that made-up ones drive nothing else out."""


class Shelf:
    """The copies of this host, as one process sees them."""

    def __init__(self, folder: Path, *, in_memory: int, on_disk: int) -> None:
        self.pulse = Pulse(folder / "taken-back.json")
        self._memory = CopiesInMemory(in_memory)
        self._queries = CopiesInMemory(in_memory // _QUERIES_SHARE)
        self._disk = CopiesOnDisk(folder, on_disk)
        self._taken_back = ""

    def find(self, path: str, query: str) -> PageCopy | None:
        """The newest copy of what an address asks for, of whatever age; None where there is none."""
        if not query:
            return self._of(path)
        if len(query) > LONGEST_QUERY:
            return None
        bare = self._of(path)
        if bare is not None and (address := address_of(path, query, bare.names)) != f"{path}?{query}":
            found = bare if address == path else self._queries.get(address)
            if found is not None and address_of(path, query, found.names) == found.address:
                return found
        return self._queries.get(f"{path}?{query}") or self._by_its_own_names(path, query)

    def _by_its_own_names(self, path: str, query: str) -> PageCopy | None:
        """A copy that stands under this query in the order of its names."""
        names = {part.partition("=")[0] for part in query.split("&")}
        copy = self._queries.get(address_of(path, query, names))
        return copy if copy is not None and address_of(path, query, copy.names) == copy.address else None

    def _of(self, path: str) -> PageCopy | None:
        return self._memory.get(path) or self._from_disk(path)

    def _from_disk(self, path: str) -> PageCopy | None:
        if (copy := self._disk.get(path)) is not None:
            self._memory.put(copy)
        return copy

    def find_newer(self, path: str, query: str) -> PageCopy | None:
        """The copy once more, with what another process may have written meanwhile."""
        if not query:
            return self._from_disk(path) or self._memory.get(path)
        return self.find(path, query)

    def find_shared(self, path: str, query: str) -> PageCopy | None:
        """The copy of another host; of addresses without a query only, as on disk."""
        shared = shared_copies()
        copy = shared.get(path) if shared and not query else None
        if copy is not None:
            self._memory.put(copy)
            self._disk.put(copy)
        return copy

    def keep(self, copy: PageCopy) -> None:
        """Keep a copy in the place of the one before."""
        if len(copy.body) > LONGEST_PAGE:
            return
        if "?" in copy.address:
            self._queries.put(copy)
        else:
            self._memory.put(copy)
            self._disk.put(copy)
            if (shared := shared_copies()) is not None:
                shared.put(copy)

    @contextmanager
    def alone(self, path: str, query: str, *, has_copy: bool) -> Iterator[bool]:
        """One at a time makes a page. Says whether this is the one: else somebody still makes it."""
        with self._disk.alone(f"{path}?{query}", _WAIT_WITH_A_COPY if has_copy else _LONGEST_WAIT) as is_mine:
            yield is_mine

    def is_good(self, copy: PageCopy, version: Version) -> bool:
        """Whether this is what would be made now, as far as its marks tell."""
        return copy.answers(version.text, civil_date().isoformat(), program_and_settings())

    def is_last_good(self, copy: PageCopy) -> bool:
        """Whether the copy may be shown while the database is away: nothing was taken back since it was made."""
        if copy.program != program_and_settings() or time.time() - copy.checked_at > _MOST_DAYS:
            return False
        if copy.of_its_day and copy.day != civil_date().isoformat():
            return False
        known = self.pulse.last_taken_back()
        return bool(known) and copy.taken_back == known

    def note(self, version: Version) -> None:
        """Where something was taken back from readers since, older copies go: from memory now, then from disk."""
        if version.taken_back == self._taken_back:
            return
        is_first, self._taken_back = not self._taken_back, version.taken_back
        if not is_first:
            self._memory.forget()
            self._queries.forget()
        timer = threading.Timer(_TIME_TO_CHECK, self._disk.keep_only, [version.taken_back])
        timer.daemon = True
        timer.start()

    def remove_taken_back(self) -> int:
        """Remove from disk what was made before the last withdrawal. Returns how many went."""
        known = self.pulse.last_taken_back()
        return self._disk.keep_only(known) if known else 0

    def forget(self) -> None:
        """Forget what is in memory; for measuring and for tests."""
        self._memory.forget()
        self._queries.forget()


@cache
def shelf() -> Shelf:
    """The shelf of this process."""
    return Shelf(
        Path(settings.PAGE_COPIES_FOLDER),
        in_memory=settings.PAGE_COPIES_IN_MEMORY,
        on_disk=settings.PAGE_COPIES_ON_DISK,
    )
