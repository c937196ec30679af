"""What a build knows of each address and file, on disk: memory does not grow with the number of pages."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Made:
    """One file of the mirror as it was written: its SHA-256 in hexadecimal, and how many bytes."""

    file: str
    digest: str
    size: int


class Ledger:
    """The addresses to be fetched and the files that were made, in a file that nobody needs afterwards."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path)
        # A crash begins the build anew, so nothing here has to survive one.
        self._db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "CREATE TABLE address (file TEXT PRIMARY KEY, address TEXT NOT NULL, taken INTEGER NOT NULL DEFAULT 0)"
            " WITHOUT ROWID;"
            "CREATE INDEX waiting ON address (taken) WHERE taken = 0;"
            "CREATE TABLE made (file TEXT PRIMARY KEY, digest TEXT NOT NULL, size INTEGER NOT NULL) WITHOUT ROWID;"
        )

    def want(self, addresses: Iterable[tuple[str, str]]) -> None:
        """Addresses to be fetched, with their files; those known already are known already."""
        self._db.executemany("INSERT OR IGNORE INTO address (address, file) VALUES (?, ?)", addresses)

    def take(self, number: int) -> list[tuple[str, str]]:
        """So many addresses that nobody has taken, with their files."""
        rows = self._db.execute(
            "SELECT address, file FROM address WHERE taken = 0 LIMIT ?", (number,)
        ).fetchall()
        self._db.executemany(
            "UPDATE address SET taken = 1 WHERE file = ?", ((file,) for _address, file in rows)
        )
        return rows

    def put(self, made: Iterable[Made]) -> None:
        """Files that were written."""
        self._db.executemany(
            "INSERT OR REPLACE INTO made VALUES (?, ?, ?)", ((one.file, one.digest, one.size) for one in made)
        )

    def known(self) -> int:
        """How many addresses there are so far."""
        return int(self._db.execute("SELECT count(*) FROM address").fetchone()[0])

    def files(self) -> Iterator[Made]:
        """All files, by name."""
        for row in self._db.execute("SELECT file, digest, size FROM made ORDER BY file"):
            yield Made(*row)

    def close(self) -> None:
        """Nothing is asked any more."""
        self._db.close()
