"""Does the database answer, and what is public now? Asked once a second, and no longer than a second.

After a failure nobody asks for a moment (a circuit breaker): whoever comes meanwhile gets the last good
copy at once, and then one request alone tries again.
"""

from __future__ import annotations

import json
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.db import DatabaseError, InterfaceError, connection

from memorial.base import content_version
from memorial.base.content_version import Version
from memorial.copies.disk import write_whole
from memorial.copies.shared import shared_copies
from memorial.postgres.fresh_version import fresh_version

LONGEST_ANSWER: Final = 1.0
"""Seconds in which a database that is there says its version."""
LEFT_ALONE: Final = 2.0
"""Seconds during which a database that has failed is not asked."""
BUSY_FOR: Final = 30.0
"""Seconds for which a database that was too slow once, and is there, is given more time."""
_STILL_GOOD: Final = 3.0
"""Seconds for which the last answer serves those who come while another request asks."""


@dataclass
class _State:
    version: Version | None = None
    at: float = float("-inf")
    away_until: float = float("-inf")
    slow_at: float = float("-inf")


class Pulse:
    """The version as this process knows it. `file` tells the processes of this host when something was taken back."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._state = _State()
        self._asking = threading.Lock()

    def read(self) -> Version | None:
        """The version, a second old at most (three while it is being read); None while the database is away."""
        now = time.monotonic()
        if now < self._state.away_until:
            return None
        if now - self._state.at < content_version.SECONDS_BETWEEN_READS:
            return self._state.version
        if self._asking.acquire(blocking=False):
            try:
                return self._ask()
            finally:
                self._asking.release()
        if now - self._state.at < _STILL_GOOD:
            return self._state.version
        with self._asking:  # no longer than whoever asks
            return self.read_last()

    def read_last(self) -> Version | None:
        """What the last answer was; None where it was none, or too long ago."""
        is_good = time.monotonic() - self._state.at < _STILL_GOOD
        return self._state.version if is_good and time.monotonic() >= self._state.away_until else None

    def doubted(self) -> None:
        """A page was not answered in time. Whether the database is away or only busy tells its next reading."""
        self._state.slow_at = time.monotonic()
        self._state.at = float("-inf")

    @property
    def is_busy(self) -> bool:
        """Whether the database was too slow for a page just now, and yet has said its version since."""
        return self._state.at > self._state.slow_at > time.monotonic() - BUSY_FOR

    def failed(self) -> None:
        """A page found the database away: it is left alone for a moment."""
        self._state.away_until = time.monotonic() + LEFT_ALONE

    def ask_again(self) -> None:
        """The next reading asks the database: something has just been written."""
        self._state.at = float("-inf")
        content_version.forget_content_version()

    def last_taken_back(self) -> str:
        """What stands for all that was taken back from readers, as far as this host knows; "" for nothing known."""
        known = [self._state.version.taken_back] if self._state.version else []
        with suppress(OSError, ValueError, KeyError, TypeError):
            known.append(str(json.loads(self._file.read_bytes())["taken_back"]))
        if (shared := shared_copies()) is not None:
            known.append(shared.taken_back())
        return max(known, key=_counted, default="")

    def _ask(self) -> Version | None:
        try:
            version = fresh_version(LONGEST_ANSWER)
        except (DatabaseError, InterfaceError):
            self.failed()
            if not connection.in_atomic_block:
                with suppress(DatabaseError, InterfaceError):
                    connection.close()
            return None
        before, self._state.version, self._state.at = self._state.version, version, time.monotonic()
        if before is None or before.taken_back != version.taken_back:
            self._tell(version)
        return version

    def _tell(self, version: Version) -> None:
        if (shared := shared_copies()) is not None:
            shared.tell_taken_back(version.taken_back)
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(self._file, json.dumps({"taken_back": version.taken_back}).encode())


def _counted(taken_back: str) -> tuple[int, ...]:
    return tuple(int(part) for part in taken_back.split("-") if part.isdecimal())
