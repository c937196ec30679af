"""One row beside what stands here. Staff's edits win, as with lists of people.

For each field three values are compared: what the file says, what was imported last (or stood in the
table when it was taken out), what stands now. Only where the last two are equal the first is written.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from memorial.lists.memory import ListMemory
from memorial.lists.values import column_of, current_value, in_words, set_value, text_now
from prisoners.importers.exported import fingerprint
from prisoners.importers.fields import Field
from prisoners.importers.known import plain_value
from prisoners.importers.report import Entry, What
from prisoners.importers.rows import ReadRow
from prisoners.importers.writing import Outcome


@dataclass
class Comparison:
    """What of a row is written into records that are here, and what is listed instead.

    `values` is what was imported last; afterwards, what is to be remembered.
    """

    row: ReadRow
    memory: ListMemory
    outcome: Outcome
    values: dict[str, Any]
    columns: dict[models.Model, set[str]] = field(default_factory=lambda: defaultdict(set))

    def keep(self, name: str, reason: str) -> None:
        """Lists a value that is not written."""
        column = self.row.columns.get(name, name)
        self.outcome.entries.append(Entry(What.KEPT, self.row.number, column, reason))

    def differs(self, name: str, before: str, after: str) -> None:
        """Lists a value that is written."""
        column = self.row.columns.get(name, name)
        self.outcome.differences.append(
            Entry(What.CHANGED, self.row.number, column, "", before=before, after=after)
        )

    def compare(self, record: models.Model, one: Field, value: Any) -> None:
        """Sets one field where it may be set."""
        current = current_value(record, one, self.memory)
        if current == plain_value(value):
            self.values[one.name] = value
        elif not self.is_untouched(one.name, current, text_now(record, one, self.memory)):
            self.keep(one.name, self.why_kept())
        else:
            before = text_now(record, one, self.memory)
            self.differs(one.name, before, in_words(value, one, self.memory))
            set_value(record, one, value, self.memory)
            self.columns[record].add(column_of(one))
            self.values[one.name] = value

    def is_untouched(self, name: str, current: Any, text: str) -> bool:
        """Whether staff left a value as the last import, or the export, had it."""
        if not self.row.own:
            return bool(current == plain_value(self.values.get(name, "")))
        if self.row.exported is None:
            return current == ""
        return fingerprint(text) == self.row.exported.get(name, "")

    def why_kept(self) -> str:
        """Why the word that stands here is not overwritten."""
        if not self.row.own:
            return _("Staff changed this since the last import; theirs stays.")
        if self.row.exported is None:
            return _("Without the column as_exported nothing that stands here is overwritten.")
        return _("Changed here since the table was taken out; what stands here stays.")

    def write(self) -> bool:
        """Writes what was set, only these columns; whether that was anything."""
        for record, columns in self.columns.items():
            record.save(update_fields=sorted(columns))
        return bool(self.columns)
