"""Who last wrote each column of a table, as the history tells it: what a seed may update, and what is staff's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models

from memorial.base.models import HistoryEntry


class Authorship:
    """The history of one table, as somebody who filled it sees it. `actor` is how the history names them.

    `key` are the columns that told one row from another when it was added.
    """

    def __init__(self, model: type[models.Model], actor: str, key: Sequence[str] = ("code",)) -> None:
        self._actor = actor
        self._last: dict[tuple[str, str], str] = {}
        self._added: dict[tuple[Any, ...], str] = {}
        self._removed: set[tuple[Any, ...]] = set()
        entries = HistoryEntry.objects.filter(table=model._meta.db_table).order_by("id")
        for row, operation, by, before, after in entries.values_list(
            "row", "operation", "actor", "before", "after"
        ):
            if operation == HistoryEntry.Operation.DELETE:
                self._removed |= {_key(before, key), *(k for k, found in self._added.items() if found == row)}
                continue
            if operation == HistoryEntry.Operation.INSERT and by == actor:
                self._added[_key(after, key)] = row
            self._last.update({(row, column): by for column in after or {}})

    def is_ours(self, row: models.Model, column: str) -> bool:
        """Whether the actor wrote the column last; where the history tells nothing, it is staff's."""
        return self._last.get((str(row.pk), column)) == self._actor

    def added_as(self, *key: Any) -> int | None:
        """The row that the actor added under this key, whatever it is called now; it may be gone."""
        row = self._added.get(key)
        return int(row) if row else None

    def was_removed(self, *key: Any) -> bool:
        """Whether somebody took out the row of this key: a seed never does."""
        return key in self._removed


def _key(values: dict[str, Any] | None, columns: Sequence[str]) -> tuple[Any, ...]:
    return tuple((values or {}).get(column, "") for column in columns)
