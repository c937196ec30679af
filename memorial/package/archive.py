"""Writes a version of the package into a file, table by table, and reads the tables of one that is kept."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from memorial.base.formulas import undefused
from memorial.base.localized import LANGUAGES
from memorial.base.opendata.columns import Table, cell_text
from memorial.base.opendata.csv_file import csv_lines
from memorial.base.opendata.json_file import column_as_data
from memorial.package import describing

Line = dict[str, str]
_DICTIONARY: Final = "dictionary.csv"


@dataclass(frozen=True)
class Written:
    """A file of the package: where it lies for the moment, and what is said of it."""

    file: Path
    size: int
    sha256: str
    rows: int


def write_package(
    file: Path, on: date, tables: Mapping[Table, Iterable[Line]], *, withdrawn: bool
) -> Written:
    """Writes all tables, whatever their length, in constant memory, and what stands beside them."""
    files: dict[str, tuple[int, str]] = {}
    number = 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for table, lines in tables.items():
            counted = _Counted(lines)
            chunks = csv_lines(table.codes, ([line[code] for code in table.codes] for line in counted))
            files[table.name] = _write(archive, f"{table.name}.csv", chunks, on)
            number += counted.number
        beside = {
            "datapackage.json": [describing.descriptor(on, files, tables, withdrawn=withdrawn)],
            "README.txt": [describing.readme(on, tables, withdrawn=withdrawn)],
            "CITATION.cff": [describing.citation_file(on)],
            _DICTIONARY: _dictionary(tables),
        }
        for name, content in beside.items():
            _write(archive, name, content, on)
    return Written(file, file.stat().st_size, _digest(file), number)


class _Counted:
    """Lines that are counted while they are read."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = lines
        self.number = 0

    def __iter__(self) -> Iterator[Line]:
        for line in self._lines:
            self.number += 1
            yield line


def lines_of(table: Table, rows: Iterable[Any]) -> Iterator[Line]:
    """Rows as the package has them: text by the codes of the columns."""
    return (dict(zip(table.codes, map(cell_text, table.cells(row)), strict=True)) for row in rows)


def read_table(file: Any, table: Table) -> Iterator[Line]:
    """The lines of a table of a kept version; columns that it does not have are empty."""
    with zipfile.ZipFile(file) as archive, archive.open(f"{table.name}.csv") as part:
        for line in csv.DictReader(io.TextIOWrapper(part, "utf-8-sig", newline="")):
            yield {code: undefused(line.get(code) or "") for code in table.codes}


def _write(archive: zipfile.ZipFile, name: str, chunks: Iterable[bytes], on: date) -> tuple[int, str]:
    """Size and SHA-256 of a part."""
    info = zipfile.ZipInfo(name, (on.year, on.month, on.day, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    digest, size = hashlib.sha256(), 0
    with archive.open(info, "w") as part:
        for chunk in chunks:
            part.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


def _dictionary(tables: Iterable[Table]) -> Iterator[bytes]:
    """`dictionary.csv`: every column of every table, in every language."""
    words = [f"{word}_{code}" for word in ("title", "description") for code in LANGUAGES]
    lines = []
    for table in tables:
        for column in table.columns:
            told = column_as_data(column)
            said = [told[word][code] for word in ("title", "description") for code in LANGUAGES]
            lines.append([table.name, column.code, column.kind.value, *said, column.source])
    return csv_lines(["table", "column", "kind", *words, "source"], lines)


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
