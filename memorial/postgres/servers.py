"""From which PostgreSQL server the readers' process reads: one for all its threads, until it fails or falls behind.

A replica follows the primary by some milliseconds, and when something is wrong by hours. So it is believed only
while it shows everything that this process knows to have been taken back from readers, has what was public
`lag` seconds ago, and is not behind what readers have been shown already. What the primary has is asked of the
primary itself at each look; while it is away, what it said last still holds.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings

if TYPE_CHECKING:  # the models behind it are not there yet when Django loads its backends
    from memorial.base.content_version import Version

AWAY: Final = 3.0
"""Seconds during which a server that has failed is not tried again."""
BEHIND: Final = 5.0
"""Seconds during which a replica that is behind is left to catch up."""


@dataclass(frozen=True)
class Server:
    """A server by the name that we give it, and what psycopg needs to reach it."""

    name: str
    address: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """Holds a password: never printed. Empty for the primary, which is what DATABASES names."""
    is_primary: bool = False


PRIMARY: Final = Server("primary", is_primary=True)


class Servers:
    """The servers of this process. `lag` is in seconds; `on_primary` lets readers use it when no replica is good."""

    def __init__(self, replicas: Sequence[Mapping[str, Any]], *, lag: float, on_primary: bool) -> None:
        named = [Server(f"replica {number}", address) for number, address in enumerate(replicas, 1)]
        # Processes begin at different replicas, so that each has its share of them.
        first = os.getpid() % len(named)
        self._replicas = [*named[first:], *named[:first]]
        self._last_resort = [PRIMARY] if on_primary else []
        self._lag = lag
        self._lock = threading.Lock()
        self._left_alone: dict[str, float] = {}
        self._current: Server | None = None
        self._looked_at = float("-inf")
        self._timeline = ""
        self._told: deque[tuple[float, str]] = deque()
        # As counts of rows: what a replica must have at least.
        self._due = self._shown = self._taken_back = 0

    def __len__(self) -> int:
        return len(self._replicas) + len(self._last_resort)

    @property
    def current(self) -> Server | None:
        """The server that was good when it was last looked at; None where none was."""
        return self._current

    def seconds_since_look(self) -> float:
        """How long ago a server was last found to be good."""
        return time.monotonic() - self._looked_at

    def candidates(self) -> list[Server]:
        """The servers to look at, best first: the present replica, the others, and the primary last."""
        now = time.monotonic()
        with self._lock:
            replicas = sorted(self._replicas, key=lambda each: each is not self._current)
            every = [*replicas, *self._last_resort]
            return [each for each in every if self._left_alone.get(each.name, 0.0) <= now]

    def leave_alone(self, server: Server, seconds: float) -> None:
        """Nobody looks at this server for so long."""
        with self._lock:
            self._left_alone[server.name] = time.monotonic() + seconds

    def none_is_good(self) -> None:
        """Nobody reads from any server until the next look finds one."""
        with self._lock:
            self._current = None

    def primary_said(self, version: Version, timeline: str) -> None:
        """What the primary has now: below this no replica may be; at once what it took back, later all else.

        Another timeline is another primary, promoted in the place of the one before: what it has is what there is.
        """
        now = time.monotonic()
        with self._lock:
            if timeline != self._timeline:
                self._timeline = timeline
                self._told.clear()
                self._due = self._shown = self._taken_back = 0
            self._taken_back = max(self._taken_back, _rows(version.taken_back))
            self._told.append((now, version.text))
            while self._told and now - self._told[0][0] >= self._lag:
                self._due = max(self._due, _rows(self._told.popleft()[1]))

    def settle(self, server: Server, version: Version) -> bool:
        """Read from this server from now on, if it is the primary or has what a replica must have."""
        with self._lock:
            text, taken_back = _rows(version.text), _rows(version.taken_back)
            is_good = text >= max(self._due, self._shown) and taken_back >= self._taken_back
            if is_good or server.is_primary:
                self._shown, self._taken_back = text, taken_back
                self._current, self._looked_at = server, time.monotonic()
                return True
            return False


def _rows(version: str) -> int:
    """How many rows a version counts: they are only ever added (`memorial.base.content_version`)."""
    return int(version.rpartition("-")[2] or 0)


@cache
def servers() -> Servers | None:
    """The servers of this process; None where there is only the primary, as always in the office.

    First asked for after the workers have been forked: each has its own.
    """
    if not settings.DATABASE_REPLICAS:
        return None
    return Servers(
        settings.DATABASE_REPLICAS,
        lag=settings.DATABASE_REPLICA_LAG,
        on_primary=settings.READERS_ON_PRIMARY,
    )
