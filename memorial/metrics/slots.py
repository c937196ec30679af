"""A number for each process, taken over from one that has ended: as many files as processes live at once.

Workers come and go; files named after process numbers would become more for ever, and every reading slower.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO, Final

_MOST: Final = 256
"""Processes that may count at once."""


class Slot:
    """The number of this process. The system gives it back when the process ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process = 0
        self._name = ""
        self._lock: IO[bytes] | None = None

    def name(self) -> str:
        """The number as part of a file's name; another one in a forked process. Raises `OSError` for none free."""
        process = os.getpid()
        if process != self._process:
            self._take(process)
        return self._name

    def _take(self, process: int) -> None:
        # The lock of the parent is not inherited; closing its file here would not give it back either.
        for number in range(_MOST):
            lock = (self._folder / f"slot-{number}").open("ab")
            try:
                fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                lock.close()
                continue
            self._lock, self._name, self._process = lock, f"s{number}", process
            return
        raise OSError(f"{_MOST} processes count already in {self._folder}")
