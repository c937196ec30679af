"""Whose past a person may read: an old version holds what was removed, hidden or moved away since."""

from __future__ import annotations

from typing import Any

from django.db import models

from memorial.base.database import our_tables
from memorial.base.publication import Publishable


class PastRights:
    """What one person may read of the history, model by model.

    A row of a public table had in it, once, what stands in its confidential twin now: a name reduced to
    initials, a place that was hidden. So its past, and that of the rows below it, is for those who may
    see the twin as well. `words` are the columns of `of` that a translator works on: they are all
    that a translator sees.
    """

    def __init__(
        self, user: Any, of: type[models.Model] | None = None, words: frozenset[str] | None = None
    ) -> None:
        self._user = user
        self._of = of
        self._words = words
        self._known: dict[type[models.Model], bool] = {}

    @property
    def only_words(self) -> bool:
        return self._words is not None

    def may_read(self, model: type[models.Model]) -> bool:
        """Whether anything of this table's past is shown."""
        if self._words is not None:
            return model is self._of and bool(self._words)
        if model not in self._known:
            self._known[model] = all(_may_view(self._user, one) for one in needed(model))
        return self._known[model]

    def may_read_column(self, column: str) -> bool:
        """Whether a column of a table whose past is shown is among what is shown."""
        return self._words is None or column in self._words

    def may_name(self, model: type[models.Model]) -> bool:
        """Whether a record that an old version points to may be named."""
        return _may_view(self._user, model)

    def sees_who_and_why(self, model: type[models.Model]) -> bool:
        """Whether colleagues and their reasons are named: the reason beside a note tells what was hidden."""
        return not self.only_words and self.may_read(self._of or model) and self.may_read(model)

    def tables(self) -> list[str]:
        """Every table whose past this person may read."""
        return [model._meta.db_table for model in our_tables() if self.may_read(model)]


def needed(model: type[models.Model]) -> set[type[models.Model]]:
    """The models that somebody must be able to view to read the past of this one."""
    found = {model}
    if not _is_public(model):
        return found
    above = [field.related_model for field in model._meta.concrete_fields if _is_part_of(field)]
    records = {model, *(record for record in above if record is not None)}
    return found | {twin for record in records for twin in twins(record)}


def twins(model: type[models.Model]) -> set[type[models.Model]]:
    """The confidential tables that hold the rest of each row: one row to one row."""
    return {
        relation.related_model
        for relation in model._meta.related_objects
        if relation.one_to_one and not _is_public(relation.related_model)
    }


def _is_part_of(field: models.Field) -> bool:
    return field.related_model is not None and issubclass(field.related_model, Publishable)


def _is_public(model: type[models.Model]) -> bool:
    return bool(getattr(model, "PUBLIC", None))


def _may_view(user: Any, model: type[models.Model]) -> bool:
    app, name = model._meta.app_label, model._meta.model_name
    return bool(user.has_perm(f"{app}.view_{name}") or user.has_perm(f"{app}.change_{name}"))
