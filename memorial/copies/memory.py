"""Copies in the process: the least recently asked go when together they are too long."""

from __future__ import annotations

import threading
from collections import OrderedDict

from memorial.copies.page_copy import PageCopy


class CopiesInMemory:
    """At most `most_bytes` of copies by address."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._copies: OrderedDict[str, PageCopy] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, address: str) -> PageCopy | None:
        """The copy at an address, if there is one."""
        with self._lock:
            if (copy := self._copies.get(address)) is not None:
                self._copies.move_to_end(address)
            return copy

    def put(self, copy: PageCopy) -> None:
        """Keep a copy in the place of the one before."""
        with self._lock:
            before = self._copies.pop(copy.address, None)
            self._copies[copy.address] = copy
            self._bytes += len(copy) - (len(before) if before else 0)
            while self._bytes > self._most and self._copies:
                self._bytes -= len(self._copies.popitem(last=False)[1])

    def forget(self) -> None:
        """Forget all."""
        with self._lock:
            self._copies.clear()
            self._bytes = 0
