"""Single columns of a table, read in memory: what is not asked for is dropped with the row that it stands in."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from itertools import islice
from typing import IO, Final

from django.utils.translation import gettext as _

from memorial.base.table_files import TableRefused, TableRow, use_columns
from prisoners.importers.errors import ImportRefused
from prisoners.importers.sheet import Seen, sheet_rows
from prisoners.importers.table import column_key
from prisoners.importers.workbook import open_workbook

MOST_BYTES: Final = 20 * 1024 * 1024
_ZIP: Final = b"PK\x03\x04"
_DELIMITERS: Final = ",;\t"
_ENCODINGS: Final = ("utf-8-sig", "cp1251")
Cells = tuple[int, dict[int, str], Collection[int]]
"""A row's number, its cells by place, and the places of those that cannot be read."""


def read(file: IO[bytes], columns: Collection[str], most: int) -> Iterator[TableRow]:
    """The rows with these columns, one after another. Raises `TableRefused`, in words without any cell."""
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise TableRefused(_("The file is larger than %(most)s MB: split it.") % {"most": MOST_BYTES >> 20})
    rows = _workbook_rows(data) if data.startswith(_ZIP) else _text_rows(data, columns)
    _number, header, _unreadable = next(rows, (0, {}, ()))
    places = _places(header, columns)
    for count, (number, cells, unreadable) in enumerate(rows):
        if count >= most:
            raise TableRefused(_("More than %(most)s rows: split the file.") % {"most": most})
        kept = {column: cells.get(place, "") for place, column in places.items()}
        yield TableRow(number, kept, {places[place]: "" for place in unreadable if place in places})


def _places(header: dict[int, str], columns: Collection[str]) -> dict[int, str]:
    """Where the columns stand. Other names are never repeated: without a header they are a donor's row."""
    keys = {place: column_key(name) for place, name in header.items()}
    places = {place: key for place, key in keys.items() if key in columns}
    found = list(places.values())
    if missing := sorted(set(columns) - set(found)):
        raise TableRefused(_("The first row has no column %(names)s.") % {"names": ", ".join(missing)})
    if twice := sorted({name for name in found if found.count(name) > 1}):
        raise TableRefused(_("Two columns have the same name: %(names)s.") % {"names": ", ".join(twice)})
    return places


def _workbook_rows(data: bytes) -> Iterator[Cells]:
    try:
        with open_workbook(io.BytesIO(data)) as book:
            sheet = book.sheet("")
            book.load_texts()
            for row in sheet_rows(book, sheet, Seen()):
                yield row.number, row.cells, row.unreadable.keys()
    except ImportRefused as error:
        raise TableRefused(str(error)) from None


def _text_rows(data: bytes, columns: Collection[str]) -> Iterator[Cells]:
    text = _decoded(data)
    best = max(_DELIMITERS, key=lambda mark: _fits(text, mark, columns))
    number = 0
    try:
        for number, cells in enumerate(_records(text, best), 1):
            if any(cell.strip() for cell in cells):
                yield number, dict(enumerate(cells)), ()
    except csv.Error:
        raise TableRefused(
            _("The table breaks off after row %(row)s: a quotation mark is not closed.") % {"row": number}
        ) from None


def _decoded(data: bytes) -> str:
    if b"\0" in data:
        raise TableRefused(_("This is no table: save it as XLSX or as «CSV UTF-8»."))
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableRefused(_("This is no table: save it as XLSX or as «CSV UTF-8»."))


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _fits(text: str, delimiter: str, columns: Collection[str]) -> int:
    """How many of the columns the first row has if this sign stands between cells."""
    try:
        first = next(islice(_records(text, delimiter), 1), [])
    except csv.Error:
        return 0
    return len({column_key(name) for name in first} & set(columns))


use_columns(read)
