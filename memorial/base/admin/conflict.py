"""Two editors, one record: what the other one changed, and whose word stands in each field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from memorial.base.admin.history_reading import entries_of, in_words, staff_names
from memorial.base.admin.labels import field_label
from memorial.base.encrypted_fields import EncryptedTextField
from memorial.base.fields import PartialDateField
from memorial.base.models import HistoryEntry
from memorial.base.partial_date import PartialDate

# Django's own limit of the rows of a form; more are refused anyway.
MOST_ROWS = 2000


class Conflict:
    """What was saved since a page was opened.

    A field that only the colleague changed takes the colleague's word; a field that both
    changed keeps what is typed, and both words are shown. Nothing is saved until the
    editor has seen it and saves again.
    """

    def __init__(self, record: models.Model, since: int) -> None:
        """Take the record as it is now and the first transaction that the editor may not have seen."""
        self.record = record
        self.since = since
        self.taken: list[str] = []
        self.contested: list[tuple[str, str]] = []
        self.rows_changed: list[str] = []
        self.entries: list[HistoryEntry] = []
        self._read(self.record)

    def _read(self, record: models.Model) -> None:
        own = entries_of({record._meta.db_table: {str(record.pk)}})
        self.entries += own.filter(transaction__gte=self.since).order_by("id")

    def _before(self, table: str, row: str) -> dict[str, Any]:
        """What the editor saw, of every column that has changed since."""
        seen: dict[str, Any] = {}
        for entry in self.entries:
            if (entry.table, entry.row) == (table, row) and entry.operation == HistoryEntry.Operation.UPDATE:
                for column, value in (entry.before or {}).items():
                    seen.setdefault(column, value)
        return seen

    def rebase(self, form: forms.ModelForm) -> None:
        """Puts the colleague's word into each field that the editor left as it was."""
        seen = self._before(form.instance._meta.db_table, str(form.instance.pk))
        for field in form.instance._meta.concrete_fields:
            if field.column in seen and field.name in form.fields:
                self._rebase_field(form, field, seen[field.column])

    def _rebase_field(self, form: forms.ModelForm, field: models.Field, seen: Any) -> None:
        box = form.fields[field.name]
        name = form.add_prefix(field.name)
        typed = box.widget.value_from_datadict(form.data, form.files, name)
        now = form.get_initial_for_field(box, field.name)
        if not box.has_changed(now, typed):
            return
        if box.has_changed(_as_python(field, seen), typed):
            self.contested.append((field_label(field), _now_in_words(field, form.instance)))
        else:
            _put(form.data, name, box, now)
            self.taken.append(field_label(field))

    def rebase_rows(self, formset: BaseInlineFormSet) -> None:
        """The same for the rows of an inline; rows that a colleague removed stay removed."""
        meta: Any = formset.model._meta  # type: ignore[union-attr]
        table, label = meta.db_table, capfirst(str(meta.verbose_name))
        present = {str(row.pk): row for row in formset.get_queryset()}
        sent = _sent_keys(formset)
        if gone := {index for index, key in enumerate(sent) if key not in present}:
            _drop_rows(formset.data, str(formset.prefix), gone)
            self.rows_changed += [_("%(row)s: removed") % {"row": label}] * len(gone)
        self.rows_changed += [f"{label}: {row}" for key, row in present.items() if key not in sent]
        known = {key for key in sent if key.isdigit()} | set(present)
        self.entries += entries_of({table: known}).filter(transaction__gte=self.since).order_by("id")
        for form in formset.initial_forms:
            self.rebase(form)

    def sentences(self) -> Iterator[str]:
        """What to tell the editor: who, when, what was taken over, and where both differ."""
        yield _("Not saved yet: %(who)s. What you typed is kept below. Read it through and save again.") % {
            "who": self._who()
        }
        if self.taken:
            yield _("Changed by your colleague and taken over here: %(fields)s.") % {
                "fields": ", ".join(dict.fromkeys(self.taken))
            }
        for label, theirs in self.contested:
            yield _("You both changed «%(field)s». Your colleague wrote: %(theirs)s") % {
                "field": label,
                "theirs": theirs,
            }
        if self.rows_changed:
            yield _("Rows added or removed meanwhile: %(rows)s.") % {"rows": "; ".join(self.rows_changed)}

    def _who(self) -> str:
        if not self.entries:
            return _("a colleague has saved this page since you opened it")
        last = max(self.entries, key=lambda entry: entry.pk)
        name = staff_names([last.actor]).get(last.actor, last.actor or _("somebody"))
        moment = date_format(timezone.localtime(last.at), "H:i")
        return _("%(name)s changed this page at %(time)s, after you had opened it") % {
            "name": name,
            "time": moment,
        }


def _as_python(field: models.Field, stored: Any) -> Any:
    """A value of the history's JSON as the model would hold it."""
    if isinstance(field, PartialDateField):
        return PartialDate.from_text(stored) if stored else None
    if isinstance(field, EncryptedTextField):
        return field.from_db_value(stored)
    with suppress(ValidationError):
        return field.to_python(stored)
    return stored


def _now_in_words(field: models.Field, record: models.Model) -> str:
    """What a field says now; a sealed text is open already where the record has been read."""
    if isinstance(field, EncryptedTextField):
        return str(field.value_from_object(record)) or "—"
    return in_words(field, _plain(field, record))


def _plain(field: models.Field, record: models.Model) -> Any:
    value = field.value_from_object(record)
    return value if isinstance(value, bool | list) else ("" if value is None else str(value))


def _put(data: Any, name: str, box: forms.Field, value: Any) -> None:
    """Writes a value into sent data as its widget would have sent it."""
    if isinstance(box.widget, forms.CheckboxInput):
        data.pop(name, None)
        if value:
            data[name] = "on"
        return
    shown = box.widget.format_value(box.prepare_value(value))
    data.setlist(name, [str(one) for one in shown] if isinstance(shown, list | tuple) else [shown or ""])


def _sent_keys(formset: BaseInlineFormSet) -> list[str]:
    """The keys of the rows that the page showed when it was opened."""
    number = formset.data.get(f"{formset.prefix}-INITIAL_FORMS", "0")
    shown = int(number) if number.isdigit() else 0
    return [formset.data.get(f"{formset.prefix}-{index}-id", "") for index in range(min(shown, MOST_ROWS))]


def _drop_rows(data: Any, prefix: str, gone: set[int]) -> None:
    """Takes rows out of sent data, as if the page had never shown them."""
    pattern = re.compile(rf"{re.escape(prefix)}-(\d+)-(.+)")
    rows: dict[int, dict[str, list[str]]] = {}
    for name in [name for name in data if pattern.fullmatch(name)]:
        index, field = pattern.fullmatch(name).groups()  # type: ignore[union-attr]
        rows.setdefault(int(index), {})[field] = data.getlist(name)
        del data[name]
    kept = [fields for index, fields in sorted(rows.items()) if index not in gone]
    for index, fields in enumerate(kept):
        for field, values in fields.items():
            data.setlist(f"{prefix}-{index}-{field}", values)
    for name in ("TOTAL_FORMS", "INITIAL_FORMS"):
        data[f"{prefix}-{name}"] = str(int(data[f"{prefix}-{name}"]) - len(gone))
