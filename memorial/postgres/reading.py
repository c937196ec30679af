"""The connection of this thread as what it is where pages are answered: one of our own backend."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db import connection

if TYPE_CHECKING:
    from memorial.postgres.base import DatabaseWrapper


def ours() -> DatabaseWrapper:
    """The connection, for whoever chooses its server; replicas are named only where the backend is ours."""
    return cast("DatabaseWrapper", connection)
