"""Opens whatever file staff have: CSV or an Excel workbook, found out from its first bytes."""

import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from prisoners.importers.errors import ImportRefused
from prisoners.importers.mapping import Mapping
from prisoners.importers.sheet import Seen, SheetRow, rows_of_range, sheet_rows
from prisoners.importers.stored import StoredTable, store
from prisoners.importers.table import MAX_COLUMNS, MAX_ROWS, Row, Table, check_header, column_key, open_table
from prisoners.importers.workbook import Sheet, open_workbook

MOST_BYTES = 50 * 1024 * 1024
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_HEAD = 4096


@dataclass(frozen=True)
class Reading:
    """How a file is to be read, where it does not say so itself. `header` 0: the first row that has something."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header: int = 0

    @classmethod
    def of(cls, mapping: Mapping) -> "Reading":
        """As a mapping says."""
        return cls(mapping.encoding, mapping.delimiter, mapping.sheet, mapping.header)


def is_workbook(path: Path) -> bool:
    """Whether a file is an Excel workbook. Raises `ImportRefused` for other files that look like tables."""
    if not path.is_file():
        raise ImportRefused(_("There is no file %(path)s.") % {"path": path})
    if path.stat().st_size > MOST_BYTES:
        raise ImportRefused(
            _("The file has %(size)s MB; at most %(most)s MB are read at a time: split it.")
            % {"size": path.stat().st_size >> 20, "most": MOST_BYTES >> 20}
        )
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if head.startswith(_OLD_OFFICE):
            rest = head + file.read()
            raise ImportRefused(
                _("The workbook is locked with a password: save it without one.")
                if _LOCKED in rest
                else _("This is an Excel workbook of before 2007 (xls): save it as XLSX.")
            )
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<head", b"<meta")):
        raise ImportRefused(_("This is a web page under the name of a table: open it and save it as XLSX."))
    if start.startswith((b"<?xml", b"<workbook")):
        raise ImportRefused(_("This is an XML file, not a table: save it as XLSX or as «CSV UTF-8»."))
    return head.startswith(_ZIP)


def sheets_of(path: Path) -> list[Sheet]:
    """The sheets of a workbook; none for CSV."""
    if not is_workbook(path):
        return []
    with open_workbook(path) as book:
        return book.sheets


def open_file(
    path: Path, how: Reading, *, known: Collection[str], keep: Path, seconds: float = float("inf")
) -> Table | StoredTable:
    """Opens a table. A workbook is read once, into the file `keep`; CSV is read from where it is.

    Raises `ImportRefused` for what is no table, and for a workbook that takes longer to read than `seconds`.
    """
    if is_workbook(path):
        return _read_workbook(path, how, keep, time.monotonic() + seconds)
    return open_table(
        path, known=known, encoding=how.encoding, delimiter=how.delimiter, header_row=how.header or 1
    )


def keep_table(
    path: Path, how: Reading, *, known: Collection[str], keep: Path, seconds: float = float("inf")
) -> StoredTable:
    """The same, but CSV too is read into the file `keep`, so that it can be read from any row on."""
    table = open_file(path, how, known=known, keep=keep, seconds=seconds)
    if isinstance(table, StoredTable):
        return table
    stored = StoredTable(keep, table.header, table.digest, table.described)
    return replace(stored, count=store(table.rows(), stored))


def _read_workbook(path: Path, how: Reading, keep: Path, end: float) -> StoredTable:
    with open_workbook(path) as book:
        sheet = book.sheet(how.sheet)
        book.load_texts()
        seen = Seen()
        rows = sheet_rows(book, sheet, seen)
        first = next((row for row in rows if row.number >= how.header), None)
        if first is None or (how.header and first.number != how.header):
            raise ImportRefused(_("The sheet has no row with the names of columns."))
        header = _header(first)
        digest = sha256(f"{_digest(path)} {sheet.name} {first.number}".encode()).hexdigest()
        described = f"XLSX, {sheet.name}"
        table = StoredTable(keep, header, digest, described)
        count = store(_in_time(_as_rows(rows, header, first.number), end), table)
    _refuse_merged(seen.merged, first.number)
    return replace(table, count=count, notes=tuple(seen.notes(sheet)))


def _in_time(rows: Iterator[Row], end: float) -> Iterator[Row]:
    for row in rows:
        if time.monotonic() > end:
            raise ImportRefused(
                _(
                    "The workbook is too large to be read while a browser waits: save it as «CSV UTF-8», or split it."
                )
            )
        yield row


def _digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _header(first: SheetRow) -> tuple[str, ...]:
    if first.unreadable:
        name = get_column_letter(min(first.unreadable) + 1)
        raise ImportRefused(_("The name of column %(name)s is a formula: write it out.") % {"name": name})
    width = min(max(first.cells, default=-1) + 1, MAX_COLUMNS + 1)
    header = tuple(column_key(first.cells.get(place, "")) for place in range(width))
    check_header(header)
    return header


def _as_rows(rows: Iterator[SheetRow], header: tuple[str, ...], above: int) -> Iterator[Row]:
    width = len(header)
    for row in rows:
        if row.number - above > MAX_ROWS:
            raise ImportRefused(_("More than %(most)s rows: split the file.") % {"most": MAX_ROWS})
        cells = {name: row.cells.get(place, "") for place, name in enumerate(header)}
        unreadable = {header[place]: reason for place, reason in row.unreadable.items() if place < width}
        surplus = sum(1 for place in (*row.cells, *row.unreadable) if place >= width)
        yield Row(row.number, cells, surplus, unreadable)


def _refuse_merged(merged: list[str], header: int) -> None:
    """Of merged cells only the first has a value: the others would count as empty, in silence."""
    for reference in merged:
        first, last = rows_of_range(reference)
        if first <= header <= last:
            raise ImportRefused(
                _(
                    "Cells of the header are merged (%(cells)s): the table needs one row in which every column "
                    "has its name. If that is a later row, say which."
                )
                % {"cells": reference}
            )
        if last > header:
            raise ImportRefused(
                _("Cells are merged (%(cells)s): unmerge them and write the value into each.")
                % {"cells": reference}
            )
