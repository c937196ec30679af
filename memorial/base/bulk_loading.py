"""Fills an empty database at once: what is made of other rows is made at the end, in the same transaction.

Triggers keep the tables of names, filters and searched texts right row by row, so that one person with
twenty facts is looked at some sixty times. Here only those triggers rest; history, content version,
guards and locks go on (docs/decisions/0052).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models
from django.db.transaction import TransactionManagementError

from memorial.base.database import PREFIX, our_tables
from memorial.base.derived_tables import derived_tables, rebuild


@contextmanager
def made_at_the_end(empty: type[models.Model]) -> Iterator[None]:
    """Within it, rows are written faster, and names, filters and search know nothing of them; after it, all.

    `empty` is the table that the loading begins with. Raises ValueError where it holds a row already,
    TransactionManagementError outside a transaction, and ProgrammingError for anybody but the owner of
    the tables. Nobody else can write to these tables meanwhile: PostgreSQL holds them until the commit.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("Tables are made at the end of one transaction only.")
    if empty._default_manager.exists():
        raise ValueError(
            f"{empty._meta.db_table} holds rows already: triggers keep the rest right by themselves."
        )
    followers = list(_following())
    # Checked statement by statement: a table with checks still to come cannot be altered.
    _execute("SET CONSTRAINTS ALL IMMEDIATE")
    _switch("DISABLE", followers)
    # An error ends the transaction, which takes back this too.
    yield
    _switch("ENABLE", followers)
    _execute("ANALYZE")
    for model in derived_tables():
        rebuild(model)
    for model in made_whole():
        for call in model.MADE_WHOLE_BY:  # type: ignore[attr-defined]
            _execute(f"SELECT {call}")


def made_whole() -> list[type[models.Model]]:
    """The models that one function makes anew for all rows: `MADE_WHOLE_BY` holds its calls."""
    return [model for model in our_tables() if hasattr(model, "MADE_WHOLE_BY")]


def _following() -> Iterator[tuple[str, str]]:
    """Tables and the triggers on them that make rows of tables which can be made anew."""
    for model in [*derived_tables(), *made_whole()]:
        for table, name, timing, _call in model.TRIGGERS_BELOW:  # type: ignore[attr-defined]
            if timing.startswith("AFTER"):
                yield table, PREFIX + name


def _switch(how: str, triggers: list[tuple[str, str]]) -> None:
    for table, name in triggers:
        _execute(f'ALTER TABLE "{table}" {how} TRIGGER "{name}"')


def _execute(statement: str, *arguments: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, *arguments)
