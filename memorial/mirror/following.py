"""Keeps a mirror going: builds now and then, and takes out within a minute what was hidden meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from django.db import DatabaseError, InterfaceError, close_old_connections

from memorial.mirror.errors import MirrorError

SECONDS_BETWEEN_LOOKS: Final = 10.0
"""So that with the time that taking out needs, nothing that was hidden stays for longer than a minute."""


def follow(
    *,
    is_hidden: Callable[[], bool],
    take_out: Callable[[], None],
    build: Callable[[], None],
    seconds_between_builds: float,
    complain: Callable[[str], None],
    wait: Callable[[float], None] = time.sleep,
    goes_on: Callable[[], bool] = lambda: True,
) -> None:
    """Builds at once and then every so many seconds; in between looks whether something was hidden.

    What was hidden is taken out first, and the build that brings pages back without it follows at once.
    A database that is away, a full disk or another build at work ends nothing: it is said, and tried again.
    """
    built_at = float("-inf")
    while goes_on():
        try:
            if is_hidden():
                take_out()
                built_at = float("-inf")
            if time.monotonic() - built_at >= seconds_between_builds:
                build()
                built_at = time.monotonic()
        except (MirrorError, DatabaseError, InterfaceError, OSError) as error:
            complain(f"{type(error).__name__}: {error}")
        finally:
            close_old_connections()
        wait(SECONDS_BETWEEN_LOOKS)
