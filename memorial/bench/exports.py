"""What taking everybody out takes: seconds, and memory that must not grow with the rows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import psutil
from django.http import QueryDict

from memorial.base.civil_date import civil_date
from memorial.base.opendata.csv_file import csv_file
from memorial.base.opendata.json_file import json_file
from memorial.base.opendata.xlsx_file import xlsx_file
from memorial.bench.processes import MEGABYTE
from prisoners.exports.people import PEOPLE_LIST

_LANGUAGE: Final = "ru"
FORMATS: Final = ("csv", "json", "xlsx")


@dataclass(frozen=True)
class Exported:
    """One format of the whole list: rows, bytes, seconds of CPU, and memory in MB at its tenth and at its end.

    Memory is the most that the process held since the first row, looked at after each portion.
    """

    name: str
    rows: int
    size: int
    seconds: float
    peak_of_a_tenth: float
    peak: float


def export(name: str) -> Exported:
    """Takes everybody out in one format; nothing is kept of it."""
    on = civil_date()
    selection = PEOPLE_LIST.select(QueryDict(""), on)
    about = PEOPLE_LIST.about(selection, on)
    counted = _Counted(selection.rows())
    writers: dict[str, Callable[[], Iterator[bytes]]] = {
        "csv": lambda: csv_file(PEOPLE_LIST.table, counted, about, _LANGUAGE),
        "json": lambda: json_file(PEOPLE_LIST.table, counted, about),
        "xlsx": lambda: xlsx_file(PEOPLE_LIST.table, counted, about, _LANGUAGE),
    }
    process, began, size = psutil.Process(), time.process_time(), 0
    peaks: list[float] = []
    for chunk in writers[name]():
        size += len(chunk)
        held = process.memory_info().rss / MEGABYTE
        peaks.append(max(held, peaks[-1] if peaks else 0))
    tenth = peaks[len(peaks) // 10] if peaks else 0
    return Exported(name, counted.number, size, time.process_time() - began, tenth, peaks[-1] if peaks else 0)


class _Counted:
    def __init__(self, rows: Iterable[Any]) -> None:
        self._rows = rows
        self.number = 0

    def __iter__(self) -> Iterator[Any]:
        for row in self._rows:
            self.number += 1
            yield row
