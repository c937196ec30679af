"""What an import did not do as the file says: one list of file, row, column and reason."""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.base.formulas import defused

SHOWN_ON_THE_TERMINAL = 200


class What(Enum):
    """What became of a row or a cell."""

    REJECTED = "rejected", gettext_lazy("row rejected")
    UNREAD = "unread", gettext_lazy("not read, kept as a staff note")
    KEPT = "kept", gettext_lazy("left as it is")
    DRAFT = "draft", gettext_lazy("not published")
    LOOK = "look", gettext_lazy("please look")
    NEW = "new", gettext_lazy("new")
    CHANGED = "changed", gettext_lazy("changed")

    def __init__(self, code: str, label: str) -> None:
        self.code = code
        self.label = label


@dataclass(frozen=True)
class Entry:
    """One line of the list. Row 0 is the file as a whole. What is new or changed says before and after."""

    what: What
    row: int
    column: str
    reason: str
    before: str = ""
    after: str = ""


class Report:
    """The list, and how many rows became what. The file gets all of it, the terminal the first lines."""

    def __init__(self, file: str, path: Path | None = None) -> None:
        self.file = file
        self.path = path
        self.first: list[Entry] = []
        self.counts: Counter[What] = Counter()
        self.people: Counter[str] = Counter()
        self.new_places: set[str] = set()
        self.rejected_rows: set[int] = set()
        self._handle: TextIO | None = None

    def __enter__(self) -> Self:
        if self.path:
            # With a mark: Excel then reads UTF-8 as such.
            self._handle = self.path.open("w", encoding="utf-8-sig", newline="")
            self._writer = csv.writer(self._handle)
            self._writer.writerow([_("file"), _("row"), _("column"), _("what"), _("reason")])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._handle:
            self._handle.close()

    def add(self, entries: Iterable[Entry]) -> None:
        """Puts lines on the list."""
        for entry in entries:
            self.counts[entry.what] += 1
            if entry.what is What.REJECTED:
                self.rejected_rows.add(entry.row)
            if len(self.first) < SHOWN_ON_THE_TERMINAL:
                self.first.append(entry)
            if self._handle:
                cells = (self.file, str(entry.row), entry.column, str(entry.what.label), entry.reason)
                self._writer.writerow([defused(cell) for cell in cells])

    @property
    def left_out(self) -> int:
        """How many lines the terminal does not show."""
        return self.counts.total() - len(self.first)

    def lines(self) -> list[str]:
        """The list as text."""
        return [self._line(entry) for entry in self.first]

    def _line(self, entry: Entry) -> str:
        where = _("row %(row)s") % {"row": entry.row}
        column = f", {entry.column}" if entry.column else ""
        return printable(f"{self.file}, {where}{column}: {entry.what.label}: {entry.reason}")

    def summary(self) -> dict[str, int]:
        """The numbers, for the record of the run."""
        return {
            **{name: self.people[name] for name in ("new", "updated", "unchanged", "published")},
            "rejected": len(self.rejected_rows),
            "unread": self.counts[What.UNREAD],
            "facilities": len(self.new_places),
        }


def printable(text: str) -> str:
    """A line that cannot steer the terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
