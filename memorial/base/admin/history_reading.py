"""The history of a record and of everything that belongs to it, in words, for one reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from memorial.base.admin.history_rights import PastRights
from memorial.base.admin.labels import field_label
from memorial.base.database import our_tables
from memorial.base.encrypted_fields import EncryptedTextField, KeyedDigestsField
from memorial.base.fields import PartialDateField, RichTextField
from memorial.base.models import HistoryEntry
from memorial.base.partial_date import PartialDate
from memorial.base.publication import Publishable
from memorial.base.rich_text import plain_text

DEEPEST = 2
_EMPTY: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True)
class Difference:
    """One field of one row: what it is called, what it said, what it says."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Edit:
    """One change of one row, as people read it. `removed` says that its text was lawfully removed."""

    number: int
    at: datetime
    who: str
    what: str
    reason: str
    differences: list[Difference]
    model: type[models.Model]
    operation: str
    removed: bool = False
    can_restore: bool = False


def rows_of(record: models.Model, deepest: int = DEEPEST) -> dict[str, set[str]]:
    """The tables and keys of a record and of the rows that go when it goes, removed ones included.

    `deepest` is how many steps below the record a row may stand.
    """
    found: dict[str, set[str]] = {record._meta.db_table: {str(record.pk)}}
    _gather(type(record), {str(record.pk)}, found, steps=deepest)
    return found


def _gather(model: type[models.Model], keys: set[str], found: dict[str, set[str]], steps: int) -> None:
    for relation in model._meta.related_objects:
        child = relation.related_model
        if relation.on_delete is not models.CASCADE or issubclass(child, Publishable) or not keys:
            continue
        column = str(relation.field.column)
        present = child._base_manager.filter(**{f"{relation.field.name}__in": keys})
        own = {str(pk) for pk in present.values_list("pk", flat=True)}
        own |= _removed(child._meta.db_table, column, keys)
        found.setdefault(child._meta.db_table, set()).update(own)
        if steps > 1:
            _gather(child, own, found, steps - 1)


def _removed(table: str, column: str, keys: set[str]) -> set[str]:
    gone = HistoryEntry.objects.filter(table=table, operation=HistoryEntry.Operation.DELETE)
    numbers = [int(key) for key in keys if key.isdigit()]
    return set(gone.filter(**{f"before__{column}__in": numbers}).values_list("row", flat=True))


def entries_of(rows: dict[str, set[str]]) -> models.QuerySet[HistoryEntry]:
    """The history entries of the given rows, newest first."""
    wanted = Q(pk__in=[])
    for table, keys in rows.items():
        wanted |= Q(table=table, row__in=keys)
    return HistoryEntry.objects.filter(wanted)


def edits(entries: Iterable[HistoryEntry], rights: PastRights) -> Iterator[Edit]:
    """Entries as one person may read them; accounts and related records are looked up once."""
    tables = {model._meta.db_table: model for model in our_tables()}
    listed = [entry for entry in entries if (model := tables.get(entry.table)) and rights.may_read(model)]
    seen = [entry.actor for entry in listed if rights.sees_who_and_why(tables[entry.table])]
    names = staff_names(seen)
    related = names_of_related(_said(listed, tables), rights)
    for entry in listed:
        model = tables[entry.table]
        tells = rights.sees_who_and_why(model)
        yield Edit(
            number=entry.pk,
            at=entry.at,
            who=names.get(entry.actor, entry.actor or _("not known who")) if tells else _("a colleague"),
            what=f"{capfirst(str(model._meta.verbose_name))}: {entry.get_operation_display()}",
            reason=entry.reason if tells else "",
            differences=list(_differences(entry, model, related, rights)),
            model=model,
            operation=entry.operation,
            removed=entry.removal_id is not None,
        )


def staff_names(actors: Iterable[str]) -> dict[str, str]:
    """`staff:7` → the account's name, for colleagues."""
    numbers = {actor: actor.removeprefix("staff:") for actor in actors if actor.startswith("staff:")}
    known = {number for number in numbers.values() if number.isdigit()}
    if not known:
        return {}
    accounts = get_user_model()._default_manager.filter(pk__in=known)
    by_number = {str(account.pk): account.get_username() for account in accounts}
    return {actor: by_number[number] for actor, number in numbers.items() if number in by_number}


def _differences(
    entry: HistoryEntry, model: type[models.Model], names: dict[tuple[str, str], str], rights: PastRights
) -> Iterator[Difference]:
    for field in shown_fields(model):
        before = (entry.before or {}).get(field.column)
        after = (entry.after or {}).get(field.column)
        nothing = before in _EMPTY and after in _EMPTY
        is_whole = entry.operation != entry.Operation.UPDATE
        if before == after or nothing or (is_whole and _goes_without_saying(field)):
            continue
        if not rights.may_read_column(str(field.column)):
            continue
        words = [named(field, value, names) for value in (before, after)]
        # The same words under another key of the confidential texts are no change.
        if words[0] != words[1]:
            yield Difference(field_label(field), *words)


def _goes_without_saying(field: models.Field) -> bool:
    """Whether an added or removed row need not say it: whose it is, and the count of its versions."""
    target = field.related_model
    return field.name == "version" or (
        target is not None and issubclass(target, Publishable) and not field.blank
    )


def named(field: models.Field, value: Any, names: dict[tuple[str, str], str]) -> str:
    """A stored value in words; of a related record its name, where the reader may know it."""
    if value in _EMPTY:
        return ""
    if field.related_model is not None:
        return names.get((field.related_model._meta.label, str(value)), f"#{value}")
    return in_words(field, value)


def names_of_related(
    said: Iterable[tuple[models.Field, Any]], rights: PastRights
) -> dict[tuple[str, str], str]:
    """What the records are called that stored values point to: one query for each kind of record."""
    wanted: dict[type[models.Model], set[str]] = {}
    for field, value in said:
        target = field.related_model
        if target is not None and value not in _EMPTY and rights.may_name(target):
            wanted.setdefault(target, set()).add(str(value))
    return {
        (model._meta.label, str(row.pk)): str(row)
        for model, keys in wanted.items()
        for row in model._base_manager.filter(pk__in=keys)
    }


def _said(
    entries: Iterable[HistoryEntry], tables: dict[str, type[models.Model]]
) -> Iterator[tuple[models.Field, Any]]:
    for entry in entries:
        for field in shown_fields(tables[entry.table]):
            for side in (entry.before, entry.after):
                yield field, (side or {}).get(field.column)


def shown_fields(model: type[models.Model]) -> list[models.Field]:
    """Columns that say something: neither computed ones nor the bare column of a translated text."""
    bare = {
        field.translated_field.name
        for field in model._meta.concrete_fields
        if hasattr(field, "translated_field")
    }
    return [
        field
        for field in model._meta.concrete_fields
        if not field.generated
        and not field.primary_key
        and field.name not in bare
        and not isinstance(field, KeyedDigestsField)
    ]


def in_words(field: models.Field, value: Any) -> str:
    """A stored value as people read it."""
    if value in _EMPTY:
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.flatchoices and not isinstance(value, list):
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, EncryptedTextField):
        # Opened for whoever may see the field; where its key is missing, a sentence says so.
        return str(field.from_db_value(str(value)))
    if isinstance(field, RichTextField):
        return plain_text(str(value))
    return _day_in_words(field, str(value)) or str(value)


def _day_in_words(field: models.Field, stored: str) -> str:
    """A day or a moment, as the history's JSON has it, in words; empty for any other field."""
    if isinstance(field, models.DateTimeField):
        return date_format(timezone.localtime(datetime.fromisoformat(stored)), "j E Y, H:i")
    if isinstance(field, models.DateField):
        return date_format(date.fromisoformat(stored), "j E Y")
    return str(PartialDate.from_text(stored)) if isinstance(field, PartialDateField) else ""
