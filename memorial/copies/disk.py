"""Copies on disk, shared by the processes of one host and left to the next start.

A file is written under another name and then renamed: nobody reads half a page. Only pages whose address
holds no query are here: what readers looked for stays in no file.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from memorial.copies.page_copy import PageCopy, taken_back_of, unpacked

_ENDING: Final = ".page"
_BETWEEN_LOOKS: Final = 0.01
_WRITES_BETWEEN_COUNTS: Final = 200
_ROOM_MADE: Final = 0.9
"""Share of the room that stays full once the oldest have gone."""


class CopiesOnDisk:
    """At most about `most_bytes` of copies in a folder, which is made when something is first put there."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self.folder = folder
        self._most = most_bytes
        self._written = 0

    def get(self, address: str) -> PageCopy | None:
        """The copy at an address; None where there is none that is whole."""
        try:
            copy = unpacked(self._path(address).read_bytes())
        except OSError:
            return None
        return copy if copy is not None and copy.address == address else None

    def put(self, copy: PageCopy) -> None:
        """Keep a copy; a full disk is no reason not to answer."""
        path = self._path(copy.address)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(path, copy.packed())
            self._written += 1
            if self._written % _WRITES_BETWEEN_COUNTS == 0:
                self.make_room()

    def files(self) -> list[Path]:
        """All copies, in no order."""
        return list(self.folder.glob(f"*/*{_ENDING}"))

    def make_room(self) -> None:
        """Remove the copies that were written longest ago, while all together are too many."""
        known = []
        for path in self.files():
            with suppress(OSError):
                found = path.stat()
                known.append((found.st_mtime, found.st_size, path))
        left = sum(size for _at, size, _path in known)
        if left <= self._most:
            return
        for _at, size, path in sorted(known):
            if left <= self._most * _ROOM_MADE:
                break
            path.unlink(missing_ok=True)
            left -= size

    def keep_only(self, taken_back: str) -> int:
        """Remove what was made before something was last taken back from readers. Returns how many went."""
        removed = 0
        for path in self.files():
            with suppress(OSError):
                with path.open("rb") as file:
                    marks = file.readline()
                if taken_back_of(marks) != taken_back:
                    path.unlink(missing_ok=True)
                    removed += 1
        return removed

    @contextmanager
    def alone(self, address: str, seconds: float) -> Iterator[bool]:
        """Waits until nobody else on this host makes this page, or for so long. Says whether nobody does."""
        until = time.monotonic() + seconds
        try:
            lock = self._lock(address)
        except OSError:
            yield True  # a disk that cannot be written is no reason not to answer
            return
        try:
            while not (is_mine := _taken(lock)) and time.monotonic() < until:
                time.sleep(_BETWEEN_LOOKS)
            yield is_mine
        finally:
            os.close(lock)

    def _lock(self, address: str) -> int:
        folder = self.folder / "locks"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # 4,096 locks for all pages: two that share one wait for each other, which does no harm.
        return os.open(folder / _digest(address)[:3], os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def _path(self, address: str) -> Path:
        digest = _digest(address)
        return self.folder / digest[:2] / f"{digest[2:40]}{_ENDING}"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that appears whole or not at all. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            # The office, another user of this host, says in such a file that something was taken back.
            os.fchmod(handle, 0o640)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _digest(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()
