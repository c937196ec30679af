"""A table in a file: its separator, its header, its rows one after another."""

import csv
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from django.utils.translation import gettext as _

from prisoners.importers.encoding import NAMES, examine
from prisoners.importers.errors import ImportRefused

MAX_ROWS = 100_000
MAX_COLUMNS = 200
MAX_CELL = 100_000
"""Characters; a longer cell is not read, but the file is."""
LONGEST_PARSED = 4_000_000
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}


@dataclass(frozen=True)
class Row:
    """One row: its number as a spreadsheet shows it, its cells by column, and why some cannot be read."""

    number: int
    cells: dict[str, str]
    surplus: int = 0
    unreadable: dict[str, str] = field(default_factory=dict)


class Rows(Protocol):
    """Any table that an import can read, as often as wanted."""

    @property
    def digest(self) -> str:
        """What tells one content from another."""

    def rows(self) -> Iterator[Any]:
        """Every row that has something in it."""


@dataclass(frozen=True)
class Table:
    """A file that can be read row by row, as often as wanted."""

    path: Path
    codec: str
    delimiter: str
    header: tuple[str, ...]
    digest: str
    header_row: int = 1
    notes: tuple[str, ...] = ()

    @property
    def described(self) -> str:
        """How it was read, for the first line of the report: «UTF-8, comma»."""
        return f"{NAMES[self.codec].upper()}, {DELIMITERS[self.delimiter]}"

    def rows(self, after: int = 0) -> Iterator[Row]:
        """Every row that has something in it, without the first `after` ones.

        Raises `ImportRefused` for a table that is broken.
        """
        return islice(self._rows(), after, None)

    def _rows(self) -> Iterator[Row]:
        for number, cells in _records(self.path, self.codec, self.delimiter):
            if number <= self.header_row or not any(cell.strip() for cell in cells):
                continue
            if number > MAX_ROWS + self.header_row:
                raise ImportRefused(_("More than %(most)s rows: split the file.") % {"most": MAX_ROWS})
            surplus = sum(1 for cell in cells[len(self.header) :] if cell.strip())
            padded = [*cells, *[""] * (len(self.header) - len(cells))]
            yield Row(number, dict(zip(self.header, padded, strict=False)), surplus)


def column_key(name: str) -> str:
    """A column's name as it is compared: case and spaces aside."""
    return " ".join(name.replace("\ufeff", "").split()).casefold()


def open_table(
    path: Path, *, known: Collection[str], encoding: str = "", delimiter: str = "", header_row: int = 1
) -> Table:
    """Finds out how a file is to be read. `known` are the columns hoped for, as `column_key`.

    Raises `ImportRefused` for what is no table.
    """
    examined = examine(path, encoding)
    headers = {
        mark: _header(path, examined.codec, mark, header_row)
        for mark in ([delimiter] if delimiter else DELIMITERS)
    }
    wanted = set(known)

    def rank(mark: str) -> tuple[int, int]:
        return len(wanted & {column_key(name) for name in headers[mark]}), len(headers[mark])

    best = max(headers, key=rank)
    header = tuple(column_key(name) for name in headers[best])
    check_header(header)
    return Table(path, examined.codec, best, header, examined.digest, header_row)


def _header(path: Path, codec: str, delimiter: str, row: int) -> list[str]:
    try:
        _number, cells = next(islice(_records(path, codec, delimiter), row - 1, None))
    except (StopIteration, ImportRefused):
        return []
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def check_header(header: tuple[str, ...]) -> None:
    """Raises `ImportRefused` unless every column has a name of its own."""
    if not header:
        raise ImportRefused(_("The first row has no names of columns."))
    if len(header) > MAX_COLUMNS:
        raise ImportRefused(_("More than %(most)s columns.") % {"most": MAX_COLUMNS})
    twice = sorted(name for name, count in Counter(header).items() if count > 1 and name)
    if twice:
        raise ImportRefused(_("Two columns have the same name: %(names)s.") % {"names": ", ".join(twice)})
    if "" in header:
        place = header.index("") + 1
        raise ImportRefused(_("Column %(place)s has no name in the first row.") % {"place": place})


def _records(path: Path, codec: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Every record with its number: empty ones count, for a spreadsheet shows them too."""
    csv.field_size_limit(LONGEST_PARSED)
    number = 0
    with path.open(encoding=codec, newline="") as file:
        # Strict: otherwise a quotation mark that is never closed swallows the rest in silence.
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        try:
            for cells in reader:
                number += 1
                yield number, cells
        except csv.Error as error:
            raise ImportRefused(
                _(
                    "The table breaks off at row %(row)s (line %(line)s of the file): "
                    "a quotation mark is not closed, or stands in the middle of a cell. (%(error)s)"
                )
                % {"row": number + 1, "line": reader.line_num, "error": error}
            ) from error
