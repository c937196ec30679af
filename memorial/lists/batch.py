"""What the batches of these lists have in common: known records by key, lists, notes, what is remembered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _

from cases.models import ImportedRow
from memorial.lists.comparing import Comparison
from memorial.lists.memory import ListMemory
from memorial.lists.values import in_words, set_value
from prisoners.importers.errors import RowError
from prisoners.importers.facilities import make_regions
from prisoners.importers.fields import Field, Part
from prisoners.importers.mapping import Mapping
from prisoners.importers.report import Entry, What
from prisoners.importers.rows import ReadRow
from prisoners.importers.writing import Outcome
from prisoners.models import ImportSource


class ListBatch:
    """The rows of one transaction, written one after another: a later row may need what an earlier one made."""

    fields: ClassVar[dict[str, Field]]
    record: ClassVar[str]
    """The column of `ImportedRow` that points to what a row became."""
    regions: ClassVar[tuple[str, ...]] = ()

    def __init__(self, mapping: Mapping, source: ImportSource, memory: ListMemory, *, publish: bool) -> None:
        self.mapping = mapping
        self.source = source
        self.memory = memory
        self.publish = publish
        self.outcome = Outcome()
        self.tied: dict[str, ImportedRow] = {}
        self.deleted: set[str] = set()

    def write(self, rows: Sequence[Any]) -> Outcome:
        """Writes the rows. What must not be written is listed; what the database refuses raises."""
        # Copies: where one row is refused, the others are tried once more, as they were read.
        rows = deepcopy(rows)
        make_regions((row.text(name) for row in rows for name in self.regions), self.memory)
        self.tied = self.ties(self.record, [row.key for row in rows if not row.own])
        self.deleted = self.memory.deleted(self.record)
        self.load(rows)
        for row in rows:
            try:
                self.write_row(row)
            except RowError as error:
                self.outcome.entries.append(Entry(What.REJECTED, row.number, error.column, error.reason))
            else:
                self.list_unread(row)
        self.after_all()
        return self.outcome

    def load(self, rows: Sequence[Any]) -> None:
        """Reads what the rows of this batch need."""

    def write_row(self, row: Any) -> None:
        """One row. Raises `RowError` before anything of it is written."""
        raise NotImplementedError

    def after_all(self) -> None:
        """What is done once all rows are written."""

    # --- keys -----------------------------------------------------------------------------------

    def ties(self, record: str, keys: Iterable[str]) -> dict[str, ImportedRow]:
        """What rows of these keys became."""
        found = ImportedRow.objects.filter(
            source=self.source, key__in=list(keys), **{f"{record}__isnull": False}
        )
        return {row.key: row for row in found}

    def is_gone(self, row: ReadRow) -> bool:
        """Whether staff deleted the record of a row: then it is listed and not made again."""
        if row.own:
            raise RowError("id", _("No record here has this number: it was deleted."))
        if row.key not in self.deleted:
            return False
        self.say(What.KEPT, row, "", _("Staff deleted this record: it is not made again."))
        self.outcome.people["unchanged"] += 1
        return True

    def remember(self, tie: ImportedRow, imported: dict[str, Any]) -> None:
        """Keeps what was imported, where it is not kept already."""
        if tie._state.adding or tie.imported != imported:
            tie.imported = imported
            tie.save()
            self.outcome.has_written = True

    # --- records --------------------------------------------------------------------------------

    def fill(self, record: models.Model, row: ReadRow, part: Part) -> dict[str, Any]:
        """Sets on a new record what a row says of it; returns what is to be remembered."""
        values = {name: value for name, value in row.values.items() if self.fields[name].part is part}
        for name, value in values.items():
            one = self.fields[name]
            if one.attribute:
                set_value(record, one, value, self.memory)
            self.new(row, name, in_words(value, one, self.memory))
        return values

    def compared(self, row: ReadRow, values: dict[str, Any]) -> Comparison:
        """The comparison of one row; `values` is what was imported last."""
        return Comparison(row, self.memory, self.outcome, dict(values))

    def count(self, *, is_new: bool, is_changed: bool) -> None:
        """Counts a row that was looked at."""
        self.outcome.people["new" if is_new else "updated" if is_changed else "unchanged"] += 1
        self.outcome.has_written = self.outcome.has_written or is_new or is_changed

    # --- the list -------------------------------------------------------------------------------

    def say(self, what: What, row: ReadRow, name: str, reason: str) -> None:
        """Puts a line on the list."""
        self.outcome.entries.append(Entry(what, row.number, row.columns.get(name, name), reason))

    def new(self, row: ReadRow, name: str, after: str) -> None:
        """Lists a value that is new here."""
        entry = Entry(What.NEW, row.number, row.columns.get(name, name), "", after=after)
        self.outcome.differences.append(entry)

    def list_unread(self, row: ReadRow) -> None:
        """Lists the cells that could not be read."""
        for unread in row.unread:
            self.outcome.entries.append(Entry(What.UNREAD, row.number, unread.column, unread.reason))

    # --- notes ----------------------------------------------------------------------------------

    def note_of(self, row: ReadRow) -> str:
        """What could not be read, and what no column is for, in words for staff; empty where there is nothing."""
        lines = [f"{one.column}: {one.text or one.reason}" for one in row.unread if one.text or one.reason]
        lines += [f"{column}: {text}" for column, text in sorted(row.leftovers.items())]
        head = _("%(source)s says besides:") % {"source": self.mapping.source.title}
        return "\n".join([head, *lines]) if lines else ""

    def leave_note(self, row: ReadRow, model: type[models.Model], **owner: Any) -> bool:
        """Adds to the confidential note of a record what a row says besides; once. Whether that was anything."""
        text = self.note_of(row)
        if not text:
            return False
        note = model._default_manager.filter(**owner).first() or model(**owner)
        before: str = note.staff_note  # type: ignore[attr-defined]
        if text in before:
            return False
        note.staff_note = f"{before}\n{text}".strip()  # type: ignore[attr-defined]
        note.save()
        return True
