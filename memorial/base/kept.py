"""What is made from public data and kept in the process while nothing public changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sized
from typing import Any, TypeVar

from django.db import connection

from memorial.base.content_version import content_version

Made = TypeVar("Made", bound=Sized)


class Kept:
    """Values by key, all of one content version; the least recently asked go when together they are too long."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._version = ""
        self._kept: OrderedDict[Any, Sized] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Any, make: Callable[[], Made]) -> Made:
        """The value of a key, made where there is none of the present version.

        In a transaction nothing is kept: what it has changed itself the version does not tell.
        """
        if connection.in_atomic_block:
            return make()
        version = content_version()
        with self._lock:
            if version != self._version:
                self._kept.clear()
                self._version = version
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]  # type: ignore[return-value]
        made = make()
        with self._lock:
            if version == self._version:
                self._kept[key] = made
                self._forget_oldest()
        return made

    def forget(self) -> None:
        """Forget all, as after a change."""
        with self._lock:
            self._kept.clear()

    def _forget_oldest(self) -> None:
        while len(self._kept) > 1 and sum(map(len, self._kept.values())) > self._most:
            self._kept.popitem(last=False)
