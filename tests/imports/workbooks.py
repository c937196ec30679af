"""Workbooks for tests: honest ones, and such as somebody hostile would send."""

import io
import zipfile

from openpyxl import Workbook


def saved(book) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def workbook(rows, title="Люди") -> bytes:
    """A workbook of one sheet; a cell may be a value, or (value, number format)."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append([cell[0] if isinstance(cell, tuple) else cell for cell in row])
        for place, cell in enumerate(row, start=1):
            if isinstance(cell, tuple):
                sheet.cell(sheet.max_row, place).number_format = cell[1]
    return saved(book)


def repacked(content: bytes, change) -> bytes:
    """The same zip, each part as `change(name, bytes)` wants it; `None` leaves it out. `{}` adds none."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            part = change(entry.filename, old.read(entry))
            if part is not None:
                new.writestr(entry.filename, part)
    return target.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    target = io.BytesIO(content)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, part)
    return target.getvalue()


def sheet_of(xml: str) -> bytes:
    """A workbook whose only sheet is this XML between <worksheet> and </worksheet>."""
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'

    def change(name, part):
        return f"{head}{xml}</worksheet>".encode() if name.startswith("xl/worksheets/") else part

    return repacked(workbook([["key"]]), change)
