"""What the database refused, in a sentence for the editor.

Every constraint has its sentence beside it, in the model; a refusal made by a trigger has
its own in the model's `REFUSALS`. This module only finds the sentence by the constraint's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from psycopg.errors import ForeignKeyViolation, NotNullViolation, UniqueViolation

DatabaseRefusal = IntegrityError | DataError


def refusal_sentence(error: DatabaseRefusal) -> str:
    """Return the sentence that belongs to the constraint that refused; a general one where none is known.

    Never the database's own words: they quote the row, confidential columns included.
    """
    constraint = _said(error, "constraint_name")
    table = _tables().get(_said(error, "table_name"))
    if sentence := _sentences().get(constraint):
        return str(sentence)
    cause = error.__cause__
    if isinstance(cause, UniqueViolation):
        return _already_exists(table, constraint)
    if isinstance(cause, ForeignKeyViolation):
        return _("Another record still needs this one, or the one that this points to is gone.")
    if isinstance(cause, NotNullViolation):
        return _("“%(field)s” is missing.") % {"field": _verbose(table, _said(error, "column_name"))}
    if isinstance(error, DataError):
        return _("A text is too long, or a number too large.")
    return _("The database refuses this entry (%(rule)s).") % {"rule": constraint or type(cause).__name__}


@contextmanager
def refused_in_words() -> Iterator[None]:
    """Turns a refusal of the database, of anything written inside, into a `ValidationError`.

    What was written inside is taken back; the transaction around it goes on.
    """
    try:
        with transaction.atomic():
            yield
    except (IntegrityError, DataError) as error:
        raise ValidationError(refusal_sentence(error), code="refused") from error


def _said(error: DatabaseRefusal, what: str) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, what, None) or ""


@cache
def _tables() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


@cache
def _sentences() -> dict[str, object]:
    """Constraint → sentence, which is translated when it is shown."""
    found: dict[str, object] = {}
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            message = constraint.violation_error_message
            if message and message != constraint.default_violation_error_message:
                found[constraint.name] = message
        found |= getattr(model, "REFUSALS", {})
    return found


def _already_exists(table: type[models.Model] | None, constraint: str) -> str:
    if table is None:
        return _("The same entry exists already.")
    names = get_text_list([_verbose(table, name) for name in _unique_fields(table, constraint)], _("and"))
    what = table._meta.verbose_name
    if not names:
        return _("“%(what)s”: the same entry exists already.") % {"what": what}
    return _("“%(what)s”: an entry with the same %(names)s exists already.") % {"what": what, "names": names}


def _unique_fields(table: type[models.Model], constraint: str) -> list[str]:
    for declared in table._meta.constraints:
        if declared.name == constraint and isinstance(declared, models.UniqueConstraint):
            return list(declared.fields)
    # Of a field that is unique in itself, Django names the constraint after table and column.
    return [
        field.name
        for field in table._meta.concrete_fields
        if field.unique and f"_{field.column}_" in constraint.removeprefix(table._meta.db_table)
    ]


def _verbose(table: type[models.Model] | None, column: str) -> str:
    fields = table._meta.concrete_fields if table else ()
    return next((str(field.verbose_name) for field in fields if column in (field.column, field.name)), column)
