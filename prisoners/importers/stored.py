"""A table as it was read, one line of JSON for each row: reading it again is fast, and begins anywhere."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prisoners.importers.table import Row

FORMAT = 1


@dataclass(frozen=True)
class StoredTable:
    """A table that has been read once and kept in a file of our own."""

    path: Path
    header: tuple[str, ...]
    digest: str
    described: str
    notes: tuple[str, ...] = ()
    count: int = 0

    def rows(self, after: int = 0) -> Iterator[Row]:
        """Every row, without the first `after` ones."""
        with self.path.open(encoding="utf-8") as file:
            next(file)
            for place, line in enumerate(file):
                if place >= self.count:
                    return
                if place >= after:
                    yield _row(json.loads(line), self.header)

    def column(self, name: str, most: int) -> Iterator[str]:
        """The cells of one column in the first `most` rows."""
        place = self.header.index(name)
        with self.path.open(encoding="utf-8") as file:
            next(file)
            for number, line in enumerate(file):
                if number >= min(most, self.count):
                    return
                yield str(json.loads(line)[1][place])


def _row(kept: list[Any], header: tuple[str, ...]) -> Row:
    number, cells, unreadable, surplus = kept
    return Row(number, dict(zip(header, cells, strict=True)), surplus, unreadable)


def store(rows: Iterable[Row], table: StoredTable) -> int:
    """Writes rows to the table's file and returns how many there are."""
    count = 0
    with table.path.open("w", encoding="utf-8") as file:
        file.write(json.dumps({"format": FORMAT}) + "\n")
        for row in rows:
            kept = [row.number, [row.cells[name] for name in table.header], row.unreadable, row.surplus]
            file.write(json.dumps(kept, ensure_ascii=False) + "\n")
            count += 1
    return count
