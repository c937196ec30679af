"""Tables as files, for apps that have no importers of their own: read from an upload, written for a download.

The roof says who reads and writes (`use`); whoever asks here knows no other app.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any, Final


class TableRefused(Exception):
    """A file is no table, or more than is read at once; the text is a sentence for editors."""


@dataclass(frozen=True)
class TableRow:
    """One row: its number as a spreadsheet shows it, its cells by column, and why some cannot be read."""

    number: int
    cells: dict[str, str]
    unreadable: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TableFile:
    """A table that was read: the names of its columns in small letters, and its rows."""

    header: tuple[str, ...]
    rows: list[TableRow]


Reader = Callable[[IO[bytes], Collection[str], int], TableFile]
Writer = Callable[[Iterable[tuple[str, ...]], str], Iterator[bytes]]
ColumnReader = Callable[[IO[bytes], Collection[str], int], Iterator[TableRow]]
_KNOWN: Final[dict[str, Any]] = {}
TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def use(*, reader: Reader, writer: Writer) -> None:
    """Says who reads and writes tables in this process."""
    _KNOWN.update(reader=reader, writer=writer)


def use_columns(reader: ColumnReader) -> None:
    """Says who reads single columns of tables in this process."""
    _KNOWN["columns"] = reader


def read_table(file: IO[bytes], *, known: Collection[str], most: int) -> TableFile:
    """The table in a file of a hopeful shape, CSV or XLSX. Raises `TableRefused` for more than `most` rows."""
    found: TableFile = _KNOWN["reader"](file, known, most)
    return found


def read_columns(file: IO[bytes], *, columns: Collection[str], most: int) -> Iterator[TableRow]:
    """The rows of a table with these columns alone (in small letters), each of which must be there.

    For tables of which most is nobody's business: every other cell is dropped as it is read, nothing is
    written to a disk, and no sentence repeats a cell. Raises `TableRefused`, also while rows are read.
    """
    found: Iterator[TableRow] = _KNOWN["columns"](file, columns, most)
    return found


def written_table(rows: Iterable[tuple[str, ...]], ending: str) -> Iterator[bytes]:
    """A table as a file, piece by piece, with cells that no spreadsheet computes. The first row is the header."""
    yield from _KNOWN["writer"](rows, ending)
