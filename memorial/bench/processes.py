"""What processes have used: CPU of the one that answers us in the database, memory of all.

Read from Linux's /proc, and only of processes on this machine; elsewhere the answer is None.
"""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
from django.db import connection

MEGABYTE = 1024 * 1024


def database_cpu() -> float | None:
    """Seconds of CPU that the server's process of our connection has used so far."""
    if (folder := _backend()) is None:
        return None
    try:
        return int((folder / "schedstat").read_text().split()[0]) / 1e9
    except (OSError, ValueError):
        return None


def own_peak() -> float:
    """The most memory that this process has held at once, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class DatabaseMemory:
    """The most memory that all processes of the database have held at once, in MB, as often as it was looked at.

    What they share is counted once (PSS). The pages of its files that the system keeps are not in it.
    """

    def __init__(self) -> None:
        self.peak: float | None = None

    def look(self) -> None:
        """Take note of the present state."""
        held = [_share(process) for process in _server()]
        if held:
            self.peak = max(self.peak or 0, sum(held) / MEGABYTE)


def _backend() -> Path | None:
    """The folder of the process that answers our connection, if it is one of this machine."""
    connection.ensure_connection()
    folder = Path(f"/proc/{connection.connection.info.backend_pid}")
    try:
        # Of a server in a container the number may be another program's here.
        return folder if (folder / "comm").read_text().startswith("postgres") else None
    except OSError:
        return None


def _server() -> Iterator[psutil.Process]:
    if (folder := _backend()) is None:
        return
    parent = psutil.Process(int(folder.name)).parent()
    if parent is not None:
        yield parent
        yield from parent.children()


def _share(process: psutil.Process) -> int:
    try:
        known: Any = process.memory_full_info()
    except psutil.Error:
        return 0
    return int(getattr(known, "pss", known.rss))
