"""What the primary says is public, asked by the readers' process on a connection of its own, one for all threads."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from typing import Any, Final

import psycopg
from django.db import connection

from memorial.base.content_version import Version
from memorial.postgres.deadline import ImpatientConnection, answered_within

PATIENCE: Final = 0.5
"""Seconds in which a primary that is there has answered."""
LEFT_ALONE: Final = 2.0
"""Seconds during which a primary that has failed is not asked."""
# In one statement, as `read_version()` has it. A server that is itself a replica is no authority; the first
# figures in the name of its present log are the timeline, which changes with each promotion.
_ASKED: Final = """
    SELECT CASE WHEN pg_is_in_recovery() THEN '' ELSE left(pg_walfile_name(pg_current_wal_lsn()), 8) END,
           coalesce(max(id), 0), count(*),
           coalesce(max(id) FILTER (WHERE takes_back), 0), count(*) FILTER (WHERE takes_back)
    FROM base_contentversion
"""


class Primary:
    """The connection to the primary, opened when it is first needed."""

    def __init__(self) -> None:
        self._connection: psycopg.Connection[Any] | None = None
        self._away_until = float("-inf")
        self._lock = threading.Lock()

    def said(self) -> tuple[Version, str] | None:
        """What is public there now, and its timeline; None while it is away or is no primary."""
        with self._lock:
            if time.monotonic() < self._away_until:
                return None
            try:
                with answered_within(PATIENCE):
                    timeline, last, rows, last_less, less = self._row()
            except psycopg.Error:
                self._fail()
                return None
        return (Version(f"{last}-{rows}", f"{last_less}-{less}"), timeline) if timeline else None

    def _row(self) -> tuple[Any, ...]:
        if self._connection is None or self._connection.closed:
            given = connection.get_connection_params()
            known = {name: value for name, value in given.items() if name not in _OF_DJANGO}
            self._connection = ImpatientConnection.connect(**known, autocommit=True)
        row: tuple[Any, ...] | None = self._connection.execute(_ASKED, prepare=False).fetchone()
        if row is None:
            raise psycopg.OperationalError("no answer")
        return row

    def _fail(self) -> None:
        self._away_until = time.monotonic() + LEFT_ALONE
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.close()
            self._connection = None


_OF_DJANGO: Final = frozenset({"cursor_factory", "context"})
"""Of the parameters of a connection, those by which Django makes values out of columns."""
primary: Final = Primary()
