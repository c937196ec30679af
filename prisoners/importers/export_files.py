"""Writes exported rows as CSV or as a workbook, row by row: nothing is kept of those that are written."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from memorial.base.formulas import defused

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST_IN_A_CELL = 32_767
"""Characters that Excel keeps in a cell; it cuts a longer text in silence."""


def csv_lines(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """The table as CSV, UTF-8 with a mark, so that Excel reads it as such."""
    target = io.StringIO()
    writer = csv.writer(target)
    yield "\ufeff"
    for row in rows:
        writer.writerow([defused(cell) for cell in row])
        yield target.getvalue()
        target.seek(0)
        target.truncate()


def write_workbook(rows: Iterable[tuple[str, ...]], path: Path) -> None:
    """The table as a workbook of texts. A text that no cell can hold is left out and named on a second sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Table"))
    left_out: list[tuple[str, str]] = []
    header: tuple[str, ...] = ()
    for row in rows:
        header = header or row
        sheet.append([_cell(sheet, text) for text in row])
        left_out += [(row[0], name) for name, text in zip(header, row, strict=True) if _is_too_long(text)]
    if left_out:
        about = book.create_sheet(_("Left out"))
        about.append([_("number"), _("column"), _("Too long for a cell: take the table out as CSV.")])
        for line in left_out:
            about.append(list(line))
    book.save(path)


def _is_too_long(text: str) -> bool:
    return len(text) >= MOST_IN_A_CELL


def _cell(sheet: object, text: str) -> WriteOnlyCell:
    value = "" if _is_too_long(text) else defused(ILLEGAL_CHARACTERS_RE.sub("", text))
    cell = WriteOnlyCell(sheet, value=value or None)
    # A text, whatever it begins with: never computed.
    if value:
        cell.data_type = "s"
    return cell
