"""Django's own backend, whose connections do not wait for ever. Named in DATABASES where pages are answered."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import psycopg
from django.db.backends.postgresql import base

from memorial.postgres.deadline import ImpatientConnection
from memorial.postgres.servers import Server, servers


class DatabaseWrapper(base.DatabaseWrapper):
    """Connects with `ImpatientConnection`, and for readers to one server at a time; all else is Django's."""

    # Django asks this name for `connect` and for the classes of errors.
    Database: Any = SimpleNamespace(**(vars(psycopg) | {"connect": ImpatientConnection.connect}))
    server: Server | None = None
    """Where replicas are: the server that answers all that the present request asks."""

    def read_from(self, server: Server | None) -> None:
        """Ask this server from now on; a connection to another one is closed."""
        if self.server is not server:
            self.close()
        self.server = server

    @property
    def server_name(self) -> str:
        """The server that this request reads from, connected to now if need be; "" where there is only one.

        Raises OperationalError where it is away.
        """
        if self.server is None:
            return ""
        self.close_if_health_check_failed()
        self.ensure_connection()
        return self.server.name

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection to the server of this request, never to another in the middle of it."""
        if self.server is None and servers() is not None:
            raise psycopg.OperationalError("no server is known to be fresh enough for readers")
        address = self.server.address if self.server else {}
        return super().get_new_connection({**conn_params, **address})
