"""How long this process waits for the database, whatever the server does.

A frozen server keeps no deadline of its own: neither `statement_timeout` nor TCP notices it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, Self, TypeVar

import psycopg
from psycopg import errors
from psycopg.abc import PQGen, PQGenConn

Answer = TypeVar("Answer")
_INTERVAL: Final = 0.1
"""Seconds between two looks at the clock."""
_CONNECTING: Final = 3.0
"""Seconds for a new connection, where no nearer deadline is set."""
LONGEST_WAIT: Final = 75.0
"""Seconds for one answer, where no nearer deadline is set: longer than any `statement_timeout` of a page."""
_until: ContextVar[float] = ContextVar("database_until", default=float("inf"))


@contextmanager
def answered_within(seconds: float) -> Iterator[None]:
    """All that the code inside asks of the database takes at most so long, or raises OperationalError."""
    token = _until.set(min(_until.get(), time.monotonic() + seconds))
    try:
        yield
    finally:
        _until.reset(token)


class ImpatientConnection(psycopg.Connection[Any]):
    """A connection that is given up when an answer does not come in time: it raises OperationalError."""

    def wait(self, gen: PQGen[Answer], interval: float = _INTERVAL, timeout: float | None = None) -> Answer:
        """The answer. Given up, the connection is closed: what the server makes of it is unknown."""
        left = min(LONGEST_WAIT, max(_until.get() - time.monotonic(), 0.0))
        if timeout is not None and timeout <= left:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, min(interval, max(left, 0.001)), left)
        except errors._WaitTimeout:
            self.close()
            raise psycopg.OperationalError("the database did not answer in time") from None

    @classmethod
    def _connect_gen(cls, conninfo: str = "") -> PQGenConn[Self]:
        until = min(_until.get(), time.monotonic() + _CONNECTING)
        connecting = super()._connect_gen(conninfo)
        state = next(connecting)
        while True:
            ready = yield state
            if time.monotonic() >= until:
                connecting.close()
                raise errors.ConnectionTimeout("the database did not take the connection in time")
            try:
                state = connecting.send(ready)
            except StopIteration as made:
                connection: Self = made.value
                return connection
