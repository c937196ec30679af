"""What stands in the encrypted file: a tar stream, whose last member says what all the others must be.

`database/00000` and on are pieces of one archive of pg_dump, `public/…` and `confidential/…` the files,
`manifest.json` the digests and the number of rows of every table. So `age --decrypt | tar --extract`
opens a backup without this program.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Final

from memorial.backup.errors import BackupError

FORMAT: Final = 1
PIECE: Final = 4 * 1024 * 1024
"""Bytes of the database's archive that are held in memory at once."""
DATABASE: Final = "database/"
MANIFEST: Final = "manifest.json"
FOLDERS: Final = ("public", "confidential")


@dataclass
class Digest:
    """The number, the bytes and one SHA-256 of what has passed, in order."""

    number: int = 0
    size: int = 0
    sha256: str = ""
    _sum: hashlib._Hash = field(default_factory=hashlib.sha256, repr=False)

    def add(self, *parts: bytes) -> None:
        """One more piece; its length counts too, so that no byte can change places unseen."""
        for part in parts:
            self._sum.update(len(part).to_bytes(8, "big"))
            self._sum.update(part)
        self.number += 1
        self.size += len(parts[-1])
        self.sha256 = self._sum.hexdigest()

    def told(self) -> dict[str, int | str]:
        """As it stands in the manifest."""
        return {"number": self.number, "size": self.size, "sha256": self.sha256}


@dataclass(frozen=True)
class Manifest:
    """What a whole backup must hold. `tables` counts the rows that the same snapshot had."""

    made_at: str
    server_version: str
    tables: dict[str, int]
    migrations: int
    database: dict[str, int | str]
    files: dict[str, int | str]
    history_head: str = ""
    format: int = FORMAT

    def packed(self) -> bytes:
        """The member's text."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()

    @classmethod
    def unpacked(cls, text: bytes) -> Manifest:
        """Raises `BackupError` for another format than ours."""
        said = json.loads(text)
        if said.get("format") != FORMAT:
            raise BackupError(f"The backup has format {said.get('format')}; this program reads {FORMAT}.")
        return cls(**said)


def add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    """A member made of bytes, with neither owner nor time."""
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, io.BytesIO(content))


def add_file(tar: tarfile.TarFile, name: str, opened: IO[bytes], size: int, files: Digest) -> None:
    """A member made of a file, as long as it was when it was opened. Raises `BackupError` if it shrinks."""
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    reading = _Watched(opened, size)
    tar.addfile(member, reading)  # type: ignore[arg-type]  # `read` is all that is asked of it
    files.add(name.encode(), reading.digest)
    files.size += size - len(reading.digest)


class _Watched:
    """Reads a file and remembers the digest of what was read."""

    def __init__(self, opened: IO[bytes], size: int) -> None:
        self._opened, self._left, self._sum = opened, size, hashlib.sha256()

    def read(self, most: int) -> bytes:
        piece = self._opened.read(min(most, self._left))
        if not piece and self._left:
            raise BackupError("A file became shorter while it was read: make the backup again.")
        self._left -= len(piece)
        self._sum.update(piece)
        return piece

    @property
    def digest(self) -> bytes:
        return self._sum.digest()


def files_below(folder: Path) -> Iterator[Path]:
    """The files of a folder in a stable order; links are not followed."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_symlink():
            continue
        if path.is_dir():
            yield from files_below(path)
        elif path.is_file():
            yield path


def safe_path(name: str) -> PurePosixPath:
    """The name of a member below the new folder. Raises `BackupError` for one that leads elsewhere."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or path.parts[0] not in FOLDERS or len(path.parts) < 2:
        raise BackupError(f"The backup holds a file where none may stand: {name!r}.")
    return path
