"""A page comes whole from one server: a replica that dies under it is left, and the page made anew by the next."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Final

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from memorial.copies.resting import says_away
from memorial.postgres.deadline import answered_within
from memorial.postgres.fresh_version import fresh_version
from memorial.postgres.reading import ours
from memorial.postgres.servers import AWAY, Servers, servers

PATIENCE: Final = 5.0
"""Seconds that one server has for one answer, where another could give the page instead."""
LOOK: Final = 1.0
"""Seconds that one server has to say what it has."""
_STILL_GOOD: Final = 3.0
"""Seconds after which a server is looked at again before it answers."""


class OneServerMiddleware:
    """Names the server of each request, once; not there without replicas."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.DATABASE_REPLICAS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page, made by the first server that does not fail while it is made."""
        known = servers()
        if known is None or connection.in_atomic_block:
            return self.get_response(request)
        if known.current is None or known.seconds_since_look() > _STILL_GOOD:
            _look()
        response = self._asked(request, known)
        for _other in range(len(known) - 1):
            server = ours().server
            if server is None or not (says_away(response) and _is_lost()):
                break
            known.leave_alone(server, AWAY)
            _look()
            response = self._asked(request, known)
        return response

    def _asked(self, request: HttpRequest, known: Servers) -> HttpResponseBase:
        ours().read_from(known.current)
        with answered_within(PATIENCE):
            return self.get_response(request)


def _look() -> None:
    # Without any good server the page itself will tell, if it needs one at all.
    with suppress(DatabaseError, InterfaceError):
        fresh_version(LOOK)


def _is_lost() -> bool:
    """Whether the connection is gone; a statement that the server itself has ended says nothing against it."""
    return connection.connection is None or bool(connection.connection.closed)
