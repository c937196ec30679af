"""Django's own backend, whose connections do not wait for ever. Named in DATABASES where pages are answered."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import psycopg
from django.db.backends.postgresql import base

from memorial.postgres.deadline import ImpatientConnection


class DatabaseWrapper(base.DatabaseWrapper):
    """Connects with `ImpatientConnection`; all else is Django's."""

    # Django asks this name for `connect` and for the classes of errors.
    Database: Any = SimpleNamespace(**(vars(psycopg) | {"connect": ImpatientConnection.connect}))
