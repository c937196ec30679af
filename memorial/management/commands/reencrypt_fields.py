"""Seals every sealed text anew with the first of FIELD_KEYS; can be stopped and run again at any time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import connection, models, transaction
from django.db.models import Q

from memorial.base import encryption
from memorial.base.acting import acting, command_actor
from memorial.base.encrypted_fields import (
    EncryptedTextField,
    KeyedDigestsField,
    SealedUnder,
    could_not_open,
)

BATCH = 200
ACTOR = command_actor("reencrypt_fields")


class Command(BaseCommand):
    help = (
        "Seals every sealed text anew with the first key of FIELD_KEYS, and makes the digests anew."
        " Can be stopped and run again; with nothing to do it changes nothing."
    )

    def handle(self, *_args: Any, **options: Any) -> None:
        unreadable = 0
        with acting(ACTOR, "rotation of keys"):
            for model in sealed_tables():
                done, failed = reencrypt(model)
                unreadable += failed
                if options["verbosity"] and (done or failed):
                    self.stdout.write(f"{model._meta.db_table}: {done} rows sealed anew, {failed} unreadable")
        if options["verbosity"]:
            self.stdout.write(_what_remains())
        if unreadable:
            raise SystemExit(1)


def sealed_tables() -> Iterator[type[models.Model]]:
    """Every table that has a sealed column."""
    yield from (model for model in apps.get_models() if _sealed_columns(model))


def reencrypt(model: type[models.Model]) -> tuple[int, int]:
    """Seals the rows of one table anew, some at a time; returns how many were, and how many cannot be opened."""
    done = failed = last = 0
    while rows := _next(model, last):
        for number in rows:
            last = number
            changed, readable = _seal_anew(model, number)
            done += changed
            failed += not readable
    return done, failed


def _next(model: type[models.Model], after: int) -> list[int]:
    """The next rows that hold something of an older key."""
    prefix = encryption.current_prefix()
    old = Q()
    for field in _sealed_columns(model):
        old |= Q(SealedUnder(models.F(field.name), prefix=prefix))
    rows = model._base_manager.filter(old, pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:BATCH])


def _seal_anew(model: type[models.Model], number: int) -> tuple[bool, bool]:
    """One row in a transaction of its own, locked: whoever saves it at the same time loses nothing."""
    names = [field.name for field in _sealed_columns(model)]
    with transaction.atomic():
        row = model._base_manager.select_for_update().filter(pk=number).only("pk", *names).first()
        if row is None:
            return False, True
        texts = {name: getattr(row, name) for name in names}
        columns: dict[str, Any] = {
            name: text for name, text in texts.items() if text and not could_not_open(text)
        }
        for field in model._meta.concrete_fields:
            if isinstance(field, KeyedDigestsField) and field.source in columns:
                columns[field.name] = field.digests_of(columns[field.source])
        changed = bool(columns) and bool(model._base_manager.filter(pk=number).update(**columns))
    return changed, not any(could_not_open(text) for text in texts.values())


def _sealed_columns(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]


def _what_remains() -> str:
    """Old texts stay in the history as they were sealed: their keys are needed as long as these are kept."""
    prefix = encryption.current_prefix()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM base_historyentry h WHERE (h.before::text LIKE %s AND replace(h.before::text, %s, '')"
            " LIKE %s) OR (h.after::text LIKE %s AND replace(h.after::text, %s, '') LIKE %s)",
            [_ANY, prefix, _ANY, _ANY, prefix, _ANY],
        )
        entries = cursor.fetchone()[0]
    return f"history: {entries} entries need an older key"


_ANY = f'%"{encryption.VERSION}:%'
