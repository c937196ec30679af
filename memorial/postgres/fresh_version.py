"""The version of what is public, from a server that is there and fresh: on to the next where one is not."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Final

from django.db import DatabaseError, InterfaceError, OperationalError, connection

from memorial.base.content_version import Version, forget_content_version, present_version
from memorial.postgres.deadline import answered_within
from memorial.postgres.primary import primary
from memorial.postgres.reading import ours
from memorial.postgres.servers import AWAY, BEHIND, Server, Servers, servers

_LOOKS: Final = 3
_BETWEEN_LOOKS: Final = 0.04
"""Seconds: a replica that has not yet got what was taken back a moment ago mostly has it then."""


def fresh_version(seconds: float) -> Version:
    """The version, from the server that this process reads from next; each server has so many seconds.

    Raises DatabaseError or InterfaceError where no server answers, or none is fresh.
    """
    known = servers()
    if known is None or connection.in_atomic_block:
        with answered_within(seconds):
            return present_version()
    # First the primary: what it has now, a replica that is asked afterwards may be asked to have.
    if (said := primary.said()) is not None:
        known.primary_said(*said)
    for server in known.candidates():
        if (version := _settled(known, server, seconds)) is not None:
            return version
    known.none_is_good()
    raise OperationalError("no server answers that is fresh enough for readers")


def _settled(known: Servers, server: Server, seconds: float) -> Version | None:
    try:
        with answered_within(seconds):
            ours().read_from(server)
            for look in range(_LOOKS):
                time.sleep(_BETWEEN_LOOKS if look else 0)
                forget_content_version()
                version = present_version()
                if known.settle(server, version):
                    return version
    except (DatabaseError, InterfaceError):
        known.leave_alone(server, AWAY)
    else:
        known.leave_alone(server, BEHIND)
    with suppress(DatabaseError, InterfaceError):
        connection.close()
    return None
