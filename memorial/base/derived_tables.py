"""Tables that hold what is made of other tables: made anew for all rows, by the function that triggers call for some.

A model says `REFRESHED_BY = (table, function)`: the function takes an array of primary keys of the
table and makes the rows of these.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from memorial.base.database import our_tables

ROWS_AT_A_TIME: Final = 200


def derived_tables() -> list[type[models.Model]]:
    """The models that say how they are made."""
    return [model for model in our_tables() if hasattr(model, "REFRESHED_BY")]


def rebuild(
    model: type[models.Model], say: Callable[[int], Any] | None = None, using: str = "default"
) -> int:
    """Makes every row anew, some at a time, each portion in a transaction of its own; returns how many there are.

    Editors may go on writing. Rows that are right are not touched, so that it may be run at any time.
    """
    table, function = model.REFRESHED_BY  # type: ignore[attr-defined]
    connection = connections[using]
    last = 0
    while numbers := _next(connection, table, last):
        with transaction.atomic(using=using), connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [numbers])
        last = numbers[-1]
        if say:
            say(last)
    _forget_orphans(connection, model, table, function)
    return model._default_manager.using(using).count()


def fill_empty(connection: BaseDatabaseWrapper) -> list[str]:
    """Fills those that are empty, as after the migration that makes them; returns the names of those filled."""
    filled = []
    for model in derived_tables():
        if model._meta.db_table not in connection.introspection.table_names():
            continue
        rows = model._default_manager.using(connection.alias)
        if not rows.exists() and rebuild(model, using=connection.alias):
            filled.append(model._meta.db_table)
    return filled


def _next(connection: BaseDatabaseWrapper, table: str, last: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT id FROM "{table}" WHERE id > %s ORDER BY id LIMIT {ROWS_AT_A_TIME}',  # noqa: S608 - a table of ours
            [last],
        )
        return [number for (number,) in cursor.fetchall()]


def _forget_orphans(
    connection: BaseDatabaseWrapper, model: type[models.Model], table: str, function: str
) -> None:
    """Rows of what is gone, which only somebody who switched triggers off can have left."""
    key = model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {function}(array_agg(x.{key})) FROM {model._meta.db_table} x"  # noqa: S608 - names of ours
            f" WHERE NOT EXISTS (SELECT 1 FROM {table} t WHERE t.id = x.{key})"
        )
