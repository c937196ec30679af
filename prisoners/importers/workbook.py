"""An Excel workbook as a zip of XML: what is refused, which sheets it has, its texts and date formats.

Read by ourselves in a stream, not by openpyxl: that keeps every row of a sheet in memory until its end, computes
formulas of rows, and does not tell merged cells before the last row (docs/decisions/0008).
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _
from openpyxl.styles import is_date_format
from openpyxl.styles.numbers import BUILTIN_FORMATS

from prisoners.importers.archive import MEGABYTE, Limits, open_archive
from prisoners.importers.errors import ImportRefused

WORKBOOK_LIMITS = Limits(
    files=2_000, single=200 * MEGABYTE, total=300 * MEGABYTE, ratio=120, ratio_from=30 * MEGABYTE
)
MOST_LETTERS = 50_000_000
MOST_STRINGS = 2_000_000
MOST_SHEETS = 200
MOST_FORMATS = 70_000
_PART = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NOT_OF_THE_DATE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook."""

    name: str
    part: str
    hidden: bool = False


@dataclass(frozen=True)
class DateFormat:
    """How a cell shows its day: a month alone is a month, whatever day stands behind it."""

    has_day: bool = True
    has_month: bool = True


@dataclass
class Workbook:
    """A checked workbook, open for reading."""

    archive: zipfile.ZipFile
    sheets: list[Sheet]
    since_1904: bool = False
    strings: list[str] = field(default_factory=list)
    date_formats: dict[int, DateFormat] = field(default_factory=dict)

    def __enter__(self) -> "Workbook":
        return self

    def __exit__(self, *_error: object) -> None:
        self.archive.close()

    def load_texts(self) -> None:
        """Reads the texts and formats that cells point at. Raises `ImportRefused` for too many."""
        parts = {name.casefold(): name for name in self.archive.namelist()}
        if name := parts.get("xl/sharedstrings.xml"):
            self.strings = _shared_strings(self.archive, name)
        if name := parts.get("xl/styles.xml"):
            self.date_formats = _date_formats(self.archive, name)

    def sheet(self, name: str) -> Sheet:
        """The sheet of that name; without one the first that is not hidden. Raises `ImportRefused`."""
        shown = [sheet for sheet in self.sheets if not sheet.hidden]
        if not name:
            if not shown:
                raise ImportRefused(_("Every sheet of the workbook is hidden: name one."))
            return shown[0]
        for sheet in self.sheets:
            if sheet.name.strip().casefold() == name.strip().casefold():
                return sheet
        names = ", ".join(sheet.name for sheet in self.sheets)
        raise ImportRefused(
            _("The workbook has no sheet “%(name)s”. It has: %(names)s.") % {"name": name, "names": names}
        )


def open_workbook(source: Path | IO[bytes]) -> Workbook:
    """Opens a workbook. Raises `ImportRefused`, one sentence, for what is none or carries more than a table."""
    archive = open_archive(source, WORKBOOK_LIMITS)
    try:
        _refuse_other_kinds({name.casefold() for name in archive.namelist()})
        since_1904, sheets = _sheets(archive)
        return Workbook(archive, sheets, since_1904)
    except ImportRefused:
        archive.close()
        raise


def _refuse_other_kinds(parts: set[str]) -> None:
    """What is no .xlsx, and what of one reaches beyond its own cells."""
    if "xl/workbook.bin" in parts:
        raise ImportRefused(_("This is a binary workbook (xlsb): save it as XLSX."))
    if "mimetype" in parts and "content.xml" in parts:
        raise ImportRefused(_("This is an OpenDocument file: save it as XLSX or as «CSV UTF-8»."))
    if _PART not in parts:
        raise ImportRefused(_("This zip archive is no Excel workbook."))
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in parts):
        raise ImportRefused(_("The workbook has macros: save it as XLSX, without them."))
    if any(name.startswith(("xl/externallinks/", "xl/connections", "xl/querytables/")) for name in parts):
        raise ImportRefused(
            _("The workbook draws on other files or addresses: copy the table and paste it as values.")
        )
    if any(name.startswith(("xl/embeddings/", "xl/activex/")) for name in parts):
        raise ImportRefused(_("The workbook has other files inside it: save the table alone as XLSX."))


def events(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, Element]]:
    """The XML of one part as it streams by. Raises `ImportRefused` where it is broken or defines entities."""
    try:
        with archive.open(part) as file:
            yield from iterparse(file, events=("start", "end"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, KeyError, zipfile.BadZipFile, EOFError, OSError) as error:
        raise ImportRefused(
            _("The workbook is damaged (%(part)s): open it in a spreadsheet program and save it again.")
            % {"part": part}
        ) from error
    except Exception as error:
        if type(error).__module__ != "zlib":
            raise
        raise ImportRefused(_("The workbook is damaged (%(part)s).") % {"part": part}) from error


def local_name(element: Element) -> str:
    """The tag without its namespace: «strict» workbooks have another one."""
    return str(element.tag).rpartition("}")[2]


def is_set(value: str | None) -> bool:
    """A flag of the format."""
    return value in ("1", "true")


def _sheets(archive: zipfile.ZipFile) -> tuple[bool, list[Sheet]]:
    targets: dict[str, str] = {}
    for kind, element in events(archive, _RELATIONS):
        if kind == "end" and local_name(element) == "Relationship":
            if element.get("TargetMode") == "External":
                raise ImportRefused(
                    _(
                        "The workbook draws on other files or addresses: copy the table and paste it as values."
                    )
                )
            targets[element.get("Id", "")] = _absolute(element.get("Target", ""))
    found: list[Sheet] = []
    since_1904 = False
    known = set(archive.namelist())
    for kind, element in events(archive, _PART):
        name = local_name(element)
        if kind == "end" and name == "workbookPr":
            since_1904 = is_set(element.get("date1904"))
        elif kind == "end" and name == "sheet":
            part = targets.get(_relation(element), "")
            if part in known and "chartsheet" not in part:
                hidden = element.get("state", "visible") != "visible"
                found.append(Sheet(element.get("name", ""), part, hidden))
    if not found or len(found) > MOST_SHEETS:
        raise ImportRefused(_("The workbook has no sheet with a table, or far too many sheets."))
    return since_1904, found


def _relation(element: Element) -> str:
    return next((value for name, value in element.attrib.items() if name.endswith("}id")), "")


def _absolute(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _shared_strings(archive: zipfile.ZipFile, part: str) -> list[str]:
    """The texts of the workbook: every cell names one by its number."""
    found: list[str] = []
    same: dict[str, str] = {}
    letters = 0
    root: Element | None = None
    for kind, element in events(archive, part):
        if root is None:
            root = element
        if kind == "end" and local_name(element) == "si":
            text = text_of(element)
            letters += len(text)
            if len(found) >= MOST_STRINGS or letters > MOST_LETTERS:
                raise ImportRefused(_("The workbook has too much text: split it."))
            found.append(same.setdefault(text, text) if len(text) < 60 else text)
            root.clear()
    return found


def text_of(element: Element) -> str:
    """The text of a cell or of a shared text, its differently formatted pieces together; no reading aids."""
    pieces: list[str] = []
    for child in element:
        name = local_name(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            pieces += [one.text or "" for one in child if local_name(one) == "t"]
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(pieces))


def _date_formats(archive: zipfile.ZipFile, part: str) -> dict[int, DateFormat]:
    """Which styles show a date, and how much of it."""
    own: dict[int, str] = {}
    used: list[int] = []
    inside = ""
    for kind, element in events(archive, part):
        name = local_name(element)
        if kind == "start" and name in ("cellXfs", "cellStyleXfs", "dxfs"):
            inside = name
        elif kind == "end" and name == "numFmt" and inside != "dxfs":
            own[_number(element, "numFmtId")] = element.get("formatCode", "")
        elif kind == "end" and name == "xf" and inside == "cellXfs":
            used.append(_number(element, "numFmtId"))
            element.clear()
        if max(len(used), len(own)) > MOST_FORMATS:
            raise ImportRefused(_("The workbook has far too many formats: paste the table into a new one."))
    formats: dict[int, Any] = {**BUILTIN_FORMATS, **own}
    return {
        style: date_format(str(formats[number]))
        for style, number in enumerate(used)
        if number in formats and is_date_format(str(formats[number]))
    }


def date_format(code: str) -> DateFormat:
    """What a format like `mmm yy` or `dd.mm.yyyy` shows of a date."""
    bare = _NOT_OF_THE_DATE.sub("", code.split(";", maxsplit=1)[0]).casefold()
    if "y" not in bare and "d" not in bare:
        return DateFormat()
    return DateFormat(has_day="d" in bare or "y" not in bare, has_month="m" in bare or "d" in bare)


def _number(element: Element, name: str) -> int:
    value = element.get(name, "0")
    return int(value) if value.isdigit() else 0
