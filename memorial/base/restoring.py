"""Putting back what an edit changed, or a row that was deleted: where that is safe, and as an edit of its own.

Old values are read by PostgreSQL itself (`jsonb_populate_record`), so that a date, a list or a sealed text
comes back as exactly what it was. Then the model validates, and the database has the last word.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.base.acting import because
from memorial.base.choices import State
from memorial.base.fields import StaffReference
from memorial.base.models import HistoryEntry
from memorial.base.publication import Publishable
from memorial.base.refusals import refused_in_words

APPS: Final = ("prisoners", "cases", "assistance", "donations")
_DEEDS: Final = frozenset({"state", "first_published_at", "initials_only", "hidden", "slug"})
"""Columns that deeds change, each with more than a value: files, addresses, names that move."""
_BY_TWO: Final = ("second_look", "two_people")
_REFUSED_TABLE: Final = gettext_lazy(
    "Accounts and the office's own records are not put back from the history."
)
_REFUSED_FILES: Final = gettext_lazy("A file is not put back from the history: upload it again.")
_REFUSED_TWO: Final = gettext_lazy(
    "Two people decide on this: enter it anew, and a second person looks at it."
)
_REFUSED_DEED: Final = gettext_lazy("This is changed by a deed of its own, on the record's page.")
_REFUSED_GIVEN: Final = gettext_lazy("What was said or withdrawn by somebody else is entered anew.")
_REFUSED_STAFF: Final = gettext_lazy("Who decided is not put back from the history.")
_REFUSED_PUBLIC: Final = gettext_lazy(
    "It was published or withdrawn when it was deleted: enter it anew as a draft."
)
_REFUSED_WITHDRAWN: Final = gettext_lazy(
    "The record is withdrawn: nothing of it is put back from the history."
)
_REFUSED_INITIALS: Final = gettext_lazy(
    "The person is shown by initials: an old version would tell the name."
)
_REFUSED_EMPTY: Final = gettext_lazy("There is nothing to put back.")
_REFUSED_LAWFULLY: Final = gettext_lazy("The text of this entry was removed by decision of two people.")
_REFUSED_GONE: Final = gettext_lazy("The row is gone; bring back the row itself first.")
_REFUSED_THERE: Final = gettext_lazy("The row is there.")
_REFUSED_MEANWHILE: Final = gettext_lazy("It was changed meanwhile: look again at what stands there now.")


@dataclass(frozen=True, slots=True)
class Restoration:
    """What can be put back from one entry.

    `current` is the row as it is, `standing` the same as the history would write it, `former` the row as it
    was; `refused` has a sentence for each field that stays, `obstacle` one where nothing can be put back.
    """

    entry: HistoryEntry
    model: type[models.Model]
    record: models.Model
    current: models.Model | None
    former: models.Model
    standing: dict[str, Any]
    fields: list[models.Field]
    refused: dict[str, str]
    obstacle: str

    @property
    def is_row(self) -> bool:
        """Whether a deleted row comes back, and not a value."""
        return self.entry.operation == HistoryEntry.Operation.DELETE

    @property
    def seen(self) -> str:
        """A digest of what stands there now: whoever confirms must have seen it."""
        values = {str(field.column): self.standing.get(str(field.column)) for field in self.fields}
        return sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def is_never_restored(model: type[models.Model]) -> Promise | None:
    """Why nothing of a table is put back; None where it may be. Asks the database nothing."""
    if model._meta.app_label not in APPS:
        return _REFUSED_TABLE
    if getattr(model, "WRITTEN_BY_TRIGGERS", False):
        return _REFUSED_TABLE
    if any(name in _BY_TWO for name, *_rest in getattr(model, "TRIGGERS", ())) and not issubclass(
        model, Publishable
    ):
        return _REFUSED_TWO
    if getattr(model, "GIVEN_BY_OTHERS", False):
        return _REFUSED_GIVEN
    return None


def _is_file(field: models.Field) -> bool:
    return isinstance(field, models.FileField) or field.name == "stem"


def plan_restoration(entry: HistoryEntry, model: type[models.Model], record: models.Model) -> Restoration:
    """What one entry can give back; `record` is the one with the page, which the row is or belongs to."""
    current = model._base_manager.filter(pk=entry.row).first()
    former = _former(entry, model)
    fields = [
        field
        for field in model._meta.concrete_fields
        if field.column in (entry.before or {}) and not _writes_itself(field, model)
    ]
    refused = {f.name: why for f in fields if (why := _refusal_of(f, current, former))}
    obstacle = is_never_restored(model) or _of_record(record) or _obstacle(entry, model, current, fields)
    if not obstacle and len(refused) == len(fields):
        obstacle = next(iter(refused.values()))
    return Restoration(
        entry,
        model,
        record,
        current,
        former,
        _standing(entry, model),
        fields,
        {name: str(why) for name, why in refused.items()},
        str(obstacle or ""),
    )


@transaction.atomic
def restore(*, plan: Restoration, names: Iterable[str], seen: str, reason: str) -> models.Model:
    """Puts values back, or brings the row back; an edit like any other, by whoever acts.

    `names` are fields of the plan; `seen` is its digest as the person saw it. Raises `ValidationError`
    with sentences: no reason, nothing chosen, changed meanwhile, refused by the model or the database.
    """
    reason = reason.strip()
    if not reason:
        raise ValidationError(_("Give the reason: it is kept in the history."))
    _lock(plan)
    plan.record.refresh_from_db()
    plan = plan_restoration(plan.entry, plan.model, plan.record)
    if plan.obstacle:
        raise ValidationError(plan.obstacle)
    if plan.seen != seen:
        raise ValidationError(str(_REFUSED_MEANWHILE))
    chosen = [f for f in plan.fields if plan.is_row or (f.name in set(names) and f.name not in plan.refused)]
    if not chosen:
        raise ValidationError(_("Choose what to put back."))
    words = _("Put back from entry %(number)s of the history: %(reason)s")
    with refused_in_words(), because(words % {"number": plan.entry.pk, "reason": reason}):
        return _bring_back(plan) if plan.is_row else _put_back(plan, chosen)


def _put_back(plan: Restoration, chosen: list[models.Field]) -> models.Model:
    row = plan.current
    if row is None:
        raise ValidationError(str(_REFUSED_GONE))
    for field in chosen:
        row.__dict__[field.attname] = plan.former.__dict__[field.attname]
        row._state.fields_cache.pop(field.name, None)
    names = {field.name for field in chosen}
    row.full_clean(exclude=[f.name for f in plan.model._meta.fields if f.name not in names])
    row.save(update_fields=names)
    return row


def _bring_back(plan: Restoration) -> models.Model:
    row = plan.former
    row._state.adding = True
    row._state.db = None
    row.full_clean()
    row.save(force_insert=True)
    return row


def _lock(plan: Restoration) -> None:
    list(plan.model._base_manager.select_for_update().filter(pk=plan.entry.row).values_list("pk"))


def _former(entry: HistoryEntry, model: type[models.Model]) -> models.Model:
    """The row as the entry remembers it; what an update left as it was is empty."""
    table = f'"{model._meta.db_table}"'
    kept = {**(entry.before or {}), model._meta.pk.column: entry.row}
    rows = model._base_manager.raw(
        f"SELECT (jsonb_populate_record(NULL::{table}, %s::jsonb)).*",
        [json.dumps(kept)],
    )
    return next(iter(rows))


def _standing(entry: HistoryEntry, model: type[models.Model]) -> dict[str, Any]:
    """The row as it stands, in the form in which the history keeps rows; empty where it is gone."""
    with connection.cursor() as cursor:
        key = model._meta.pk.column
        cursor.execute(
            f'SELECT to_jsonb(r)::text FROM "{model._meta.db_table}" r WHERE r."{key}"::text = %s',  # noqa: S608
            [entry.row],
        )
        found = cursor.fetchone()
    return dict(json.loads(found[0])) if found else {}


def _obstacle(
    entry: HistoryEntry, model: type[models.Model], current: models.Model | None, fields: list[models.Field]
) -> Promise | None:
    if entry.removal_id is not None:
        return _REFUSED_LAWFULLY
    if entry.operation == HistoryEntry.Operation.INSERT or not fields:
        return _REFUSED_EMPTY
    if entry.operation == HistoryEntry.Operation.DELETE:
        if current is not None:
            return _REFUSED_THERE
        if any(_is_file(field) for field in model._meta.concrete_fields):
            return _REFUSED_FILES
        state = (entry.before or {}).get("state")
        return _REFUSED_PUBLIC if issubclass(model, Publishable) and state != State.DRAFT else None
    return _REFUSED_GONE if current is None else None


def _of_record(record: models.Model) -> Promise | None:
    """Why nothing of a record, or below it, is put back while it is withdrawn or shown by initials."""
    if getattr(record, "state", None) == State.WITHDRAWN:
        return _REFUSED_WITHDRAWN
    if getattr(record, "initials_only", False):
        return _REFUSED_INITIALS
    return None


def _refusal_of(field: models.Field, current: models.Model | None, former: models.Model) -> Promise | None:
    if current is None:
        return None
    if field.name in _DEEDS:
        return _REFUSED_DEED
    if _is_file(field):
        return _REFUSED_FILES
    return _REFUSED_STAFF if isinstance(field, StaffReference) else None


def _writes_itself(field: models.Field, model: type[models.Model]) -> bool:
    """Keys, computed columns, versions, and the bare columns of translated texts, which a trigger fills."""
    bare = {f.translated_field.name for f in model._meta.concrete_fields if hasattr(f, "translated_field")}
    return field.primary_key or field.generated or field.name == "version" or field.name in bare
