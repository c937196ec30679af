"""One build at a time for one folder."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from memorial.mirror.errors import MirrorError


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Nobody else builds this mirror meanwhile. Raises `MirrorError` if somebody does already."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_name(f".{folder.name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise MirrorError(f"Another build_mirror is at work on {folder}: wait for it.") from error
        yield
