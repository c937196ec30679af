"""How texts are being written: what the translation desk has to know of a save, and cannot guess.

Silence claims nothing. Only a form in which both languages stand side by side says `written`, or `minor` where
the editor ticked that the translation still holds; imports, commands and bulk writes say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection, models
from modeltranslation.manager import get_translatable_fields_for_model
from psycopg.pq import TransactionStatus

WRITTEN: Final = "written"
MINOR: Final = "minor"


def has_translations(model: type[models.Model]) -> bool:
    """Whether readers see texts of such records in more than one language."""
    return bool(get_translatable_fields_for_model(model)) and bool(getattr(model, "PUBLIC", None))


def translated(column: str) -> str:
    """Says that one column is now the translation of the Russian text as it stands."""
    return f"translated {column}"


@contextmanager
def texts_written(how: str) -> Iterator[None]:
    """Says so of every change made inside, on this connection; the outer word holds again afterwards."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('memorial.texts', true), '')")
        before = cursor.fetchone()[0]
    _say(how)
    try:
        yield
    finally:
        if not _is_broken():
            _say(before)


def _say(how: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('memorial.texts', %s, false)", [how])


def _is_broken() -> bool:
    # A broken transaction takes the setting back by itself.
    if connection.needs_rollback or connection.connection is None:
        return True
    return bool(connection.connection.info.transaction_status == TransactionStatus.INERROR)
