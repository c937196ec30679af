"""The rows of one sheet of a workbook, read once in a stream, and what of it cannot be read as it looks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from prisoners.importers.errors import ImportRefused
from prisoners.importers.table import MAX_CELL, MAX_COLUMNS, MAX_ROWS
from prisoners.importers.workbook import Sheet, Workbook, events, is_set, local_name, text_of

MOST_CELLS = 6_000_000
MOST_ROWS_SEEN = 1_048_576
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass(frozen=True)
class SheetRow:
    """One row of a sheet that has something in it; cells by their place, from 0."""

    number: int
    cells: dict[int, str]
    unreadable: dict[int, str] = field(default_factory=dict)


@dataclass
class Seen:
    """What was met besides the cells; complete once the last row has been read."""

    merged: list[str] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)
    hidden_rows: int = 0
    formulas: int = 0

    def notes(self, sheet: Sheet) -> list[str]:
        """Sentences for the first lines of the report."""
        found = []
        if sheet.hidden:
            found.append(_("The sheet is hidden in the workbook; it was read all the same."))
        if self.hidden_columns:
            names = ", ".join(self.hidden_columns[:20])
            found.append(_("Hidden columns are read, too: %(names)s.") % {"names": names})
        if self.hidden_rows:
            found.append(
                ngettext(
                    "%(count)s hidden row is read, too.",
                    "%(count)s hidden rows are read, too.",
                    self.hidden_rows,
                )
                % {"count": self.hidden_rows}
            )
        return found


def sheet_rows(book: Workbook, sheet: Sheet, seen: Seen) -> Iterator[SheetRow]:
    """Every row with something in it. Raises `ImportRefused` for a sheet that is damaged or too large.

    A formula is not read: what it shows was computed by another program at another time, and nobody
    who looks at the table sees which value is in the file.
    """
    return _Reading(book, sheet, seen).rows()


class _Reading:
    """One pass over one sheet. Nothing of a row stays in memory when the next one begins."""

    def __init__(self, book: Workbook, sheet: Sheet, seen: Seen) -> None:
        self.book = book
        self.sheet = sheet
        self.seen = seen
        self.epoch = MAC_EPOCH if book.since_1904 else WINDOWS_EPOCH
        self.number = 0
        self.column = -1
        self.rows_seen = 0
        self.cells_seen = 0
        self.cells: dict[int, str] = {}
        self.unreadable: dict[int, str] = {}

    def rows(self) -> Iterator[SheetRow]:
        data: Element | None = None
        row: Element | None = None
        for kind, element in events(self.book.archive, self.sheet.part):
            name = local_name(element)
            if kind == "start":
                if name == "sheetData":
                    data = element
                elif name == "row":
                    row = element
                    self.begin_row(element)
            elif name == "c" and row is not None:
                self.take_cell(element)
                row.clear()
            elif name == "row" and data is not None:
                data.clear()
                if self.cells or self.unreadable:
                    yield self.finished_row()
            else:
                self.note(name, element)

    def begin_row(self, element: Element) -> None:
        stated = element.get("r", "")
        self.number = int(stated) if stated.isdigit() and len(stated) < 8 else self.number + 1
        self.column = -1
        self.rows_seen += 1
        self.cells, self.unreadable = {}, {}
        self.seen.hidden_rows += is_set(element.get("hidden"))
        if self.rows_seen > MOST_ROWS_SEEN:
            raise ImportRefused(_("More than %(most)s rows: split the file.") % {"most": MAX_ROWS})

    def finished_row(self) -> SheetRow:
        if self.number > MAX_ROWS + 20:
            raise ImportRefused(_("More than %(most)s rows: split the file.") % {"most": MAX_ROWS})
        return SheetRow(self.number, self.cells, self.unreadable)

    def note(self, name: str, element: Element) -> None:
        """What stands around the rows."""
        if name == "mergeCell":
            if len(self.seen.merged) < 1000:
                self.seen.merged.append(element.get("ref", ""))
        elif name == "col" and is_set(element.get("hidden")):
            first, last = element.get("min", "1"), element.get("max", "1")
            if first.isdigit() and last.isdigit():
                places = range(int(first), min(int(last), MAX_COLUMNS) + 1)
                self.seen.hidden_columns += [get_column_letter(place) for place in places]

    def take_cell(self, element: Element) -> None:
        self.cells_seen += 1
        if self.cells_seen > MOST_CELLS:
            raise ImportRefused(_("The sheet has more than %(most)s cells: split it.") % {"most": MOST_CELLS})
        self.column = _place(element.get("r", ""), self.column)
        parts = {local_name(child): child for child in element}
        if "f" in parts:
            self.seen.formulas += 1
            self.refuse(_("A formula: copy the column and paste it as values."))
            return
        value = parts["v"].text if "v" in parts else None
        inline = parts.get("is")
        if value is None and inline is None:
            return
        text = self.text(element, value or "", inline)
        if text.strip():
            if self.column >= MAX_COLUMNS:
                raise ImportRefused(_("More than %(most)s columns.") % {"most": MAX_COLUMNS})
            self.cells[self.column] = text[: MAX_CELL + 1]

    def text(self, element: Element, value: str, inline: Element | None) -> str:
        """What a cell says, as a person would type it."""
        if inline is not None:
            return text_of(inline)
        match element.get("t", "n"):
            case "s":
                return self.shared_text(value)
            case "b":
                return "true" if is_set(value) else "false"
            case "e":
                self.refuse(_("The cell shows an error of the spreadsheet: %(text)s") % {"text": value[:20]})
                return ""
            case "n":
                return self.number_text(value, element.get("s", "0"))
        return value.removesuffix("T00:00:00") if element.get("t") == "d" else value

    def shared_text(self, value: str) -> str:
        number = int(value) if value.isdigit() else -1
        return self.book.strings[number] if 0 <= number < len(self.book.strings) else ""

    def number_text(self, value: str, style: str) -> str:
        shown = self.book.date_formats.get(int(style) if style.isdigit() else 0)
        try:
            number = float(value)
            if shown is None:
                return str(int(number)) if number.is_integer() and abs(number) < 1e15 else value
            moment = from_excel(number, self.epoch)
        except (ValueError, OverflowError):
            self.refuse(_("The cell has the format of a date, but no date stands in it."))
            return ""
        if isinstance(moment, datetime):
            day = moment.date().isoformat()
            if moment.time() != time():
                return f"{day} {moment:%H:%M}"
            return day if shown.has_day else day[:7] if shown.has_month else day[:4]
        return moment.isoformat() if isinstance(moment, date | time) else str(moment)

    def refuse(self, reason: str) -> None:
        if self.column < MAX_COLUMNS:
            self.unreadable[self.column] = reason


def _place(reference: str, last: int) -> int:
    """The column of «AB12», from 0; cells without a reference follow one another."""
    found = _REFERENCE.fullmatch(reference)
    if not found:
        return last + 1
    place = 0
    for letter in found[1]:
        place = place * 26 + ord(letter) - 64
    return place - 1


def rows_of_range(reference: str) -> tuple[int, int]:
    """The first and last row of «B3:B7»."""
    numbers = [int(found[2]) for found in _REFERENCE.finditer(reference)] or [0]
    return min(numbers), max(numbers)
