"""What a build knows of each address, file and statement, on disk: memory does not grow with the number of pages.

The ledger of a finished build is kept beside the mirror, for its owner alone. The next build learns from it
what each page was made of, and makes anew only what would be another page now.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS moment (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS made (file TEXT PRIMARY KEY, digest TEXT NOT NULL, size INTEGER NOT NULL,
  day TEXT NOT NULL, dated INTEGER NOT NULL, bound INTEGER NOT NULL, address TEXT NOT NULL, links BLOB NOT NULL)
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS statement (id BLOB PRIMARY KEY, text BLOB NOT NULL, answer TEXT NOT NULL,
  prepared TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS asked (file TEXT, statement BLOB, PRIMARY KEY (file, statement)) WITHOUT ROWID;
"""
_WORK: Final = """
CREATE TEMP TABLE address (file TEXT PRIMARY KEY, address TEXT NOT NULL, taken INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE INDEX temp.waiting ON address (taken) WHERE taken = 0;
CREATE TEMP TABLE changed (statement BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE good (file TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_PORTION: Final = 100
# No journal: a crash begins the build anew, so nothing here has to survive one.
_QUICK: Final = "PRAGMA {0}.journal_mode=OFF; PRAGMA {0}.synchronous=OFF;"


@dataclass(frozen=True, slots=True)
class Moment:
    """What a whole mirror was made of: the version of what is public, what was taken back, the day, the program.

    `purged` says up to which withdrawal and day nothing hidden is left in it.
    """

    version: str = ""
    taken_back: str = ""
    day: str = ""
    program: str = ""
    purged: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that a page asked: a digest of its text, the text (compressed), a digest of what it found.

    `prepared` is the name of the prepared statement that it executes, "" for any other.
    """

    id: bytes
    text: bytes
    answer: str
    prepared: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """One file of the mirror as it was written: its SHA-256 in hexadecimal, and how many bytes.

    `day` is the day on which alone it is good, "" for any; `is_dated`: it shows what may be shown until a day only.
    `is_bound`: nobody knows what it was made of, so any public change makes it anew. `links` is `packed()`.
    """

    file: str
    digest: str
    size: int
    day: str = ""
    is_dated: bool = False
    is_bound: bool = True
    address: str = ""
    links: bytes = b""
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """An address to be fetched, its file, and the digest of the file of the mirror before where that is good still."""

    address: str
    file: str
    kept: str = ""


class Ledger:
    """The ledger of a build. `before` is that of the build before, whose knowledge is used where it has any."""

    def __init__(self, path: Path, before: Path | None = None) -> None:
        self.path = path
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(f"PRAGMA temp_store=FILE; {_QUICK.format('main')} {_TABLES} {_WORK}")
        known = before is not None and before.exists() and _is_ours(before)
        self._db.execute("ATTACH ? AS old", (str(before) if known else ":memory:",))
        if not known:
            self._db.executescript(_TABLES.replace("EXISTS ", "EXISTS old."))
        self._db.execute("BEGIN")

    @property
    def moment_before(self) -> Moment:
        """What the mirror before was made of; empty words where nothing is known."""
        return Moment(**dict(self._db.execute("SELECT name, value FROM old.moment")))

    def note(self, moment: Moment) -> None:
        """What this mirror is made of."""
        values = {name: getattr(moment, name) for name in Moment.__slots__}
        self._db.executemany("INSERT OR REPLACE INTO main.moment VALUES (?, ?)", values.items())

    def preparing_before(self) -> list[str]:
        """For each statement that pages prepare and execute, the address of one such page."""
        rows = self._db.execute(
            "SELECT DISTINCT (SELECT min(address) FROM old.made JOIN old.asked USING (file) WHERE statement = one)"
            " FROM (SELECT min(id) AS one FROM old.statement WHERE prepared <> '' GROUP BY prepared)"
        )
        return [str(row[0]) for row in rows if row[0]]

    def statements_before(self, day: str, *, of_any_day: bool) -> Iterator[list[Statement]]:
        """What pages asked that could be good on this day, or of any day, in portions."""
        rows = self._db.execute(
            "SELECT id, text, answer, prepared FROM old.statement WHERE id IN (SELECT statement FROM old.asked"
            " JOIN old.made USING (file) WHERE NOT bound AND (? OR day IN ('', ?)))",
            (of_any_day, day),
        )
        while portion := rows.fetchmany(_PORTION):
            yield [Statement(*row) for row in portion]

    def note_changed(self, statements: Iterable[bytes]) -> None:
        """Statements that find something else now."""
        self._db.executemany("INSERT OR IGNORE INTO changed VALUES (?)", ((one,) for one in statements))

    def judge(self, now: Moment) -> None:
        """Decides which files of the mirror before are what would be made now; `note_changed` comes first."""
        before = self.moment_before
        if not before.program or before.program != now.program:
            return
        is_same = before.version == now.version
        self._db.execute(
            "INSERT INTO good SELECT file FROM old.made WHERE day IN ('', ?) AND (? OR NOT bound)"
            " AND file NOT IN (SELECT file FROM old.asked WHERE statement IN (SELECT statement FROM changed))",
            (now.day, is_same),
        )

    def suspects(self, now: Moment, *, but: str) -> list[str]:
        """Files of the mirror before that may show what is hidden since, by what `note_changed` told.

        `but` is where addresses begin whose files never show less than they did: they are there or are not.
        """
        before = self.moment_before
        is_same = before.version == now.version
        if is_same and before.day == now.day:
            return []
        rows = self._db.execute(
            "SELECT file FROM old.made WHERE (bound AND address <> '' AND substr(address, 1, ?) <> ?"
            " AND (NOT ? OR dated AND day <> ?))"
            " OR file IN (SELECT file FROM old.asked WHERE statement IN (SELECT statement FROM changed))",
            (len(but), but, is_same, now.day),
        )
        return [str(row[0]) for row in rows]

    def forget_before(self, files: Iterable[str], purged: str) -> None:
        """Files of the mirror before that were taken out, and up to what nothing hidden is left in it: for good."""
        rows = [(file,) for file in files]
        self._db.execute("COMMIT")
        self._db.execute("BEGIN")
        self._db.executemany("DELETE FROM old.made WHERE file = ?", rows)
        self._db.executemany("DELETE FROM old.asked WHERE file = ?", rows)
        self._db.execute("DELETE FROM old.statement WHERE id NOT IN (SELECT statement FROM old.asked)")
        self._db.execute("INSERT OR REPLACE INTO old.moment VALUES ('purged', ?)", (purged,))
        self._db.execute("COMMIT")
        self._db.execute("BEGIN")

    def want(self, addresses: Iterable[tuple[str, str]]) -> None:
        """Addresses to be fetched, with their files; those known already are known already."""
        self._db.executemany("INSERT OR IGNORE INTO address (address, file) VALUES (?, ?)", addresses)

    def want_all_before(self) -> None:
        """Every address of the mirror before: where nothing has changed, nothing leads anywhere else."""
        self._db.execute(
            "INSERT OR IGNORE INTO address (address, file) SELECT address, file FROM old.made WHERE address <> ''"
        )

    def take(self, number: int) -> list[Wanted]:
        """So many addresses that nobody has taken."""
        rows = self._db.execute(
            "SELECT a.address, a.file, CASE WHEN good.file IS NULL THEN '' ELSE coalesce(made.digest, '') END"
            " FROM address a LEFT JOIN good USING (file) LEFT JOIN old.made made USING (file)"
            " WHERE taken = 0 LIMIT ?",
            (number,),
        ).fetchall()
        self._db.executemany("UPDATE address SET taken = 1 WHERE file = ?", ((row[1],) for row in rows))
        return [Wanted(*row) for row in rows]

    def put(self, made: Iterable[Made]) -> None:
        """Files that were written, with what they were made of."""
        for one in made:
            self._db.execute(
                "INSERT OR REPLACE INTO main.made VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (one.file, one.digest, one.size, one.day, one.is_dated, one.is_bound, one.address, one.links),
            )
            self._db.executemany(
                "INSERT OR IGNORE INTO main.statement VALUES (?, ?, ?, ?)",
                ((each.id, each.text, each.answer, each.prepared) for each in one.statements),
            )
            self._db.executemany(
                "INSERT OR IGNORE INTO main.asked VALUES (?, ?)",
                ((one.file, each.id) for each in one.statements),
            )

    def keep(self, files: Iterable[str], *, with_links: bool) -> None:
        """Files that are as they were: what was known of them is known still, where they lead is wanted."""
        for file in files:
            mine = (file,)
            self._db.execute("INSERT OR REPLACE INTO main.made SELECT * FROM old.made WHERE file = ?", mine)
            self._db.execute("INSERT OR IGNORE INTO main.asked SELECT * FROM old.asked WHERE file = ?", mine)
            if with_links:
                row = self._db.execute("SELECT links FROM old.made WHERE file = ?", mine).fetchone()
                self.want((address, to) for to, address in unpacked(row[0]).items())

    def known(self) -> int:
        """How many addresses there are so far."""
        return int(self._db.execute("SELECT count(*) FROM address").fetchone()[0])

    def not_any_more(self, files: Iterable[str]) -> Iterator[str]:
        """Those of these files that are not in the new mirror."""
        for file in files:
            if self._db.execute("SELECT 1 FROM main.made WHERE file = ?", (file,)).fetchone() is None:
                yield file

    def files(self) -> Iterator[Made]:
        """All files, by name."""
        for row in self._db.execute("SELECT file, digest, size FROM main.made ORDER BY file"):
            yield Made(*row)

    def close(self) -> None:
        """Nothing is asked any more; what was found by statements of files that are as they were comes along."""
        self._db.execute(
            "INSERT OR IGNORE INTO main.statement SELECT * FROM old.statement"
            " WHERE id IN (SELECT statement FROM main.asked)"
        )
        self._db.execute("COMMIT")
        self._db.close()

    def drop(self) -> None:
        """The build has failed: nothing of it is of use."""
        self._db.close()
        self.path.unlink(missing_ok=True)


def moment_of(path: Path) -> Moment:
    """What the mirror of a finished ledger was made of; empty words where there is none."""
    if not path.exists() or not _is_ours(path):
        return Moment()
    with closing(sqlite3.connect(path)) as db:
        return Moment(**dict(db.execute("SELECT name, value FROM moment")))


def packed(links: dict[str, str]) -> bytes:
    """Files with their addresses, small."""
    return zlib.compress("\n".join(f"{file}\t{address}" for file, address in links.items()).encode(), 1)


def unpacked(data: bytes) -> dict[str, str]:
    """What was packed."""
    if not data:
        return {}
    text = zlib.decompress(data).decode()
    parts = (line.partition("\t") for line in text.split("\n"))
    return {file: address for file, _tab, address in parts if file}


def _is_ours(path: Path) -> bool:
    """Whether this is a ledger of this make, whole."""
    try:
        with closing(sqlite3.connect(path)) as db:
            names = {str(row[1]) for row in db.execute("PRAGMA table_info(made)")}
            moment = {str(row[0]) for row in db.execute("SELECT name FROM moment")}
    except sqlite3.DatabaseError:
        return False
    return {"dated", "bound", "links"} <= names and moment == set(Moment.__slots__)
