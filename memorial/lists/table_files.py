"""Gives the importers' reading and writing of tables to apps that may not know the importers."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from pathlib import Path
from shutil import copyfileobj
from typing import IO

from django.utils.translation import gettext as _

from memorial.base.table_files import TableFile, TableRefused, TableRow, use
from prisoners.importers.errors import ImportRefused
from prisoners.importers.export_files import csv_lines, write_workbook
from prisoners.importers.opening import Reading, open_file

BLOCK = 1 << 16
SECONDS = 20.0


def read(file: IO[bytes], known: Collection[str], most: int) -> TableFile:
    """Reads at most so many rows by way of a folder that is gone afterwards. Raises `TableRefused`."""
    with tempfile.TemporaryDirectory(prefix="memorial-table-") as folder:
        path = Path(folder) / "table"
        with path.open("wb") as target:
            copyfileobj(file, target)
        try:
            table = open_file(path, Reading(), known=known, keep=Path(folder) / "read", seconds=SECONDS)
            rows = list(islice(table.rows(), most + 1))
        except ImportRefused as error:
            raise TableRefused(str(error)) from error
        if len(rows) > most:
            raise TableRefused(_("More than %(most)s rows: split the file.") % {"most": most})
        return TableFile(table.header, [TableRow(row.number, row.cells, row.unreadable) for row in rows])


def written(rows: Iterable[tuple[str, ...]], ending: str) -> Iterator[bytes]:
    """CSV line by line; a workbook is written to a file that is gone once it was sent."""
    if ending == "csv":
        yield from (line.encode() for line in csv_lines(rows))
        return
    with tempfile.TemporaryDirectory(prefix="memorial-export-") as folder:
        target = Path(folder) / "table.xlsx"
        write_workbook(rows, target)
        with target.open("rb") as file:
            while block := file.read(BLOCK):
                yield block


use(reader=read, writer=written)
