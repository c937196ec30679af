"""A table as CSV: a header, rows, and what must be said of them in the last column of the first row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.utils import translation

from memorial.base.formulas import defused
from memorial.base.opendata.about import About
from memorial.base.opendata.columns import Table, cell_text

MARK: Final = "\ufeff"
"""By which Excel knows that the file is UTF-8."""
ABOUT: Final = "about_this_file"
_BYTES_AT_A_TIME: Final = 32_768


def csv_file(table: Table, rows: Iterable[Any], about: About, language: str) -> Iterator[bytes]:
    """The file in portions. Nothing stands before the header or after the rows: every program reads it."""
    with translation.override(language):
        said = about.in_a_line()
    yield from csv_lines([*table.codes, ABOUT], _with_note(table, rows, said))


def csv_lines(header: Iterable[str], rows: Iterable[list[str]]) -> Iterator[bytes]:
    """Lines of text as CSV, UTF-8 with a mark, formulas defused, in portions."""
    target = io.StringIO()
    writer = csv.writer(target)
    target.write(MARK)
    writer.writerow(header)
    for row in rows:
        writer.writerow([defused(_printable(cell)) for cell in row])
        if target.tell() >= _BYTES_AT_A_TIME:
            yield _taken(target)
    yield _taken(target)


def _with_note(table: Table, rows: Iterable[Any], said: str) -> Iterator[list[str]]:
    for row in rows:
        yield [*(cell_text(cell) for cell in table.cells(row)), said]
        said = ""


def _printable(cell: str) -> str:
    """One way to end a line within a cell: a lone carriage return ends the row for some programs."""
    return cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell


def _taken(target: io.StringIO) -> bytes:
    text = target.getvalue()
    target.seek(0)
    target.truncate()
    return text.encode()
