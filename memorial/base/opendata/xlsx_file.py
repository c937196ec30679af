"""A table as a workbook that is written while it is read: nothing is kept of the rows that are sent.

By hand, because openpyxl gives its first byte only after the last row (docs/decisions/0018). Sheets:
the rows, what must be said of them, and the dictionary of the columns in both languages.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from django.utils import translation
from django.utils.translation import gettext as _

from memorial.base.formulas import defused
from memorial.base.localized import LANGUAGES
from memorial.base.opendata.about import About
from memorial.base.opendata.columns import Cell, Column, Table, cell_text
from memorial.base.opendata.xlsx_parts import content_types, package_links, styles, workbook, workbook_links

MOST_ROWS: Final = 250_000
"""Of one sheet, the header included; the rows that follow go on to further sheets."""
MOST_IN_A_CELL: Final = 32_767
_CUT: Final = "…"
_ROWS_AT_A_TIME: Final = 100
# Quick rather than small: somebody waits.
_COMPRESSION: Final = 3
_ILLEGAL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BEGIN: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews>'
    '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    '</sheetView></sheetViews><cols><col min="1" max="{last}" width="{width}" customWidth="1"/></cols><sheetData>'
)
_END: Final = "</sheetData></worksheet>"


class _Outbox(io.RawIOBase):
    """Where the archive is written to; what has come is taken away in portions."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        data = b"".join(self._parts)
        self._parts.clear()
        return data


@dataclass(frozen=True)
class _Book:
    archive: zipfile.ZipFile
    outbox: _Outbox
    on: date

    def part(self, name: str) -> zipfile.ZipInfo:
        """A part dated with the day that the rows are told for: the same rows are the same bytes."""
        info = zipfile.ZipInfo(name, (self.on.year, self.on.month, self.on.day, 0, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED
        return info


def xlsx_file(table: Table, rows: Iterable[Any], about: About, language: str) -> Iterator[bytes]:
    """The workbook in portions."""
    outbox = _Outbox()
    with zipfile.ZipFile(outbox, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION) as archive:
        sheets: list[str] = []
        book = _Book(archive, outbox, about.on)
        cells = (table.cells(row) for row in rows)
        while not sheets or (first := next(cells, None)) is not None:
            begun = [] if not sheets else [first]
            sheets.append(_in(language, lambda: str(table.title), len(sheets)))
            portion = _chained(begun, islice(cells, MOST_ROWS - 1 - len(begun)))
            yield from _sheet(book, len(sheets), table.codes, portion, width=20)
        for title, header, lines in _said(table, about, language):
            sheets.append(title)
            yield from _sheet(book, len(sheets), header, lines, width=60)
        for name, content in _frame(sheets):
            archive.writestr(book.part(name), content)
        yield outbox.taken()
    yield outbox.taken()


def _chained(first: Iterable[Any], rest: Iterable[Any]) -> Iterator[Any]:
    yield from first
    yield from rest


def _in(language: str, words: Callable[[], str], number: int) -> str:
    with translation.override(language):
        title = re.sub(r"[][\\/*?:']", " ", words())[:25]
    return f"{title} {number + 1}" if number else title


def _said(
    table: Table, about: About, language: str
) -> Iterator[tuple[str, Sequence[str], Iterable[list[Cell]]]]:
    """The sheets behind the rows: title, header, lines."""
    with translation.override(language):
        yield _("About"), (_("What"), _("Words")), [[label, words] for label, words in about.lines()]
        title = _("Columns")
    header = (
        "code",
        *(f"{word}_{code}" for word in ("title", "description") for code in LANGUAGES),
        "source",
    )
    yield title, header, [_dictionary_line(column) for column in table.columns]


def _dictionary_line(column: Column) -> list[Cell]:
    told: list[Cell] = [column.code]
    for words in (column.titled, lambda: str(column.description)):
        for code in LANGUAGES:
            with translation.override(code):
                told.append(words())
    return [*told, column.source]


def _sheet(
    book: _Book, number: int, header: Sequence[str], rows: Iterable[list[Cell]], *, width: int
) -> Iterator[bytes]:
    letters = [_letters(place) for place in range(len(header))]
    with book.archive.open(book.part(f"xl/worksheets/sheet{number}.xml"), "w") as part:
        part.write(_BEGIN.format(last=len(header), width=width).encode())
        part.write(_row(1, letters, list(header), ' s="1"').encode())
        place, remaining = 2, iter(rows)
        while lines := list(islice(remaining, _ROWS_AT_A_TIME)):
            text = "".join(_row(place + offset, letters, line) for offset, line in enumerate(lines))
            part.write(text.encode())
            place += len(lines)
            yield book.outbox.taken()
        part.write(_END.encode())
    yield book.outbox.taken()


def _row(number: int, letters: Sequence[str], cells: Sequence[Cell], style: str = "") -> str:
    told = (
        _cell(f"{letter}{number}", cell, style)
        for letter, cell in zip(letters, cells, strict=True)
        if cell not in (None, "", [])
    )
    return f'<row r="{number}">{"".join(told)}</row>'


def _cell(place: str, cell: Cell, style: str) -> str:
    if isinstance(cell, bool):
        return f'<c r="{place}"{style} t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, (int, Decimal)):
        return f'<c r="{place}"{style}><v>{cell_text(cell)}</v></c>'
    text = defused(_ILLEGAL.sub("", cell_text(cell)).replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > MOST_IN_A_CELL:
        text = text[: MOST_IN_A_CELL - 1] + _CUT
    # A text, whatever it begins with: never computed.
    return f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _letters(place: int) -> str:
    """The name of a column: A, B, … Z, AA."""
    return (_letters(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def _frame(sheets: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield "xl/workbook.xml", workbook([quoteattr(title) for title in sheets])
    yield "xl/_rels/workbook.xml.rels", workbook_links(len(sheets))
    yield "xl/styles.xml", styles()
    yield "_rels/.rels", package_links()
    yield "[Content_Types].xml", content_types(len(sheets))
