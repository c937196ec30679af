"""One row takes over everything that points to another one, whatever models there are or will be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, connection, models, transaction
from modeltranslation.manager import get_translatable_fields_for_model
from psycopg.errors import CheckViolation, UniqueViolation

from memorial.base.fields import PartialDateField
from memorial.base.localized import all_languages

NOT_CONTRADICTING = frozenset({"verification", "note", *all_languages("note")})
"""Columns that may differ in two rows of one fact."""
TO_ONE_OWNER = frozenset({"cases_of_one_person", "cases_of_one_case"})
"""Rules by which the database refuses a link whose two ends are two people's: while only one has moved."""


@dataclass
class _Moves:
    """What one absorption has moved so far, and links that must wait until both of their ends have."""

    became: dict[tuple[type[models.Model], int], int] = field(default_factory=dict)
    waiting: list[tuple[type[models.Model], dict[str, Any]]] = field(default_factory=list)


def absorb_children(
    keep: models.Model,
    gone: models.Model,
    leave: Iterable[type[models.Model]] = (),
) -> list[str]:
    """Re-points every row that points to `gone`, and returns what could not be kept, as lines of text.

    A row that the kept record has already (in every column, or by a unique constraint) gives its own
    children to that one and is deleted; of a one-to-one, blanks are filled. Where only one row may be
    so (one term in force), the one that comes gives it up. Tables in `leave` are not touched.
    """
    moves = _Moves()
    differences = _absorb(keep, gone, moves, leave)
    for model, columns in moves.waiting:
        _link(model, columns, moves)
    return differences


def _absorb(
    keep: models.Model, gone: models.Model, moves: _Moves, leave: Iterable[type[models.Model]] = ()
) -> list[str]:
    differences: list[str] = []
    for relation in _relations(type(keep)):
        if follows := getattr(relation.related_model, "FOLLOWS_A_MERGE", None):
            _let_follow(follows, relation, keep, gone)
        elif relation.related_model not in leave:
            for row in relation.related_model._base_manager.filter(**{relation.field.name: gone.pk}).order_by(
                "pk"
            ):
                differences += _take(keep, row, relation.field, moves)
    return differences


def _let_follow(function: str, relation: Any, keep: models.Model, gone: models.Model) -> None:
    """Rows that whoever merges need not see: the database re-points them and compares nothing."""
    table, column = relation.related_model._meta.db_table, relation.field.column
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s, %s, %s)", [table, column, gone.pk, keep.pk])


def _link(model: type[models.Model], columns: dict[str, Any], moves: _Moves) -> None:
    """Writes a link that waited, between the rows that its ends have become."""
    for key in model._meta.concrete_fields:
        if key.related_model:
            number = columns.get(key.attname)
            columns[key.attname] = moves.became.get((key.related_model, number), number)  # type: ignore[arg-type]
    model._base_manager.get_or_create(**columns)


def identical(one: models.Model, two: models.Model, ignoring: Iterable[str] = ("prisoner",)) -> bool:
    """Whether two rows say the same in every column that somebody writes."""
    skip = {*ignoring}
    return all(
        _value(one, field) == _value(two, field)
        for field in written_columns(type(one))
        if field.name not in skip
    )


def values_apart(keep: models.Model, gone: models.Model, skip: Iterable[str] = ()) -> list[str]:
    """What the row that goes says otherwise, a line for each column."""
    passed = {*skip}
    return [
        f"{gone._meta.verbose_name}, {field.verbose_name}: {_value(gone, field)}"
        for field in written_columns(type(keep))
        if field.name not in passed
        and not is_blank(_value(gone, field))
        and _value(gone, field) != _value(keep, field)
        and not is_blank(_value(keep, field))
    ]


def same_fact(one: models.Model, two: models.Model, ignoring: Iterable[str] = ("prisoner",)) -> bool:
    """Whether two rows tell one fact: a date in common, and nothing that contradicts.

    What is blank, or as it is by default, contradicts nothing. Public lines may differ: a
    second one is kept in a note.
    """
    skip = {*ignoring, *NOT_CONTRADICTING}
    fields = [field for field in written_columns(type(one)) if field.name not in skip]
    pairs = [(field, _value(one, field), _value(two, field)) for field in fields]
    dated = any(
        isinstance(field, PartialDateField) and mine and mine == other for field, mine, other in pairs
    )
    return dated and all(
        mine == other or _says_nothing(field, mine) or _says_nothing(field, other)
        for field, mine, other in pairs
    )


def is_blank(value: object) -> bool:
    """Whether a column says nothing: unknown, or an empty text, list or object."""
    return value is None or value in ("", [], {})


def _take(keep: models.Model, row: models.Model, key: models.Field, moves: _Moves) -> list[str]:
    if _is_between(keep, row, key):
        # It related the two records to each other: there is nothing left to relate.
        type(row)._base_manager.filter(pk=row.pk).delete()
        return []
    twin = _twin(keep, row, key)
    if twin is None:
        return _move(keep, row, key, moves)
    moves.became[type(row), int(row.pk)] = int(twin.pk)
    differences = values_apart(twin, row, skip=(key.name,))
    _fill(twin, row, skip=key.name)
    differences += _absorb(twin, row, moves)
    # By its key: the object still has its old children in memory.
    type(row)._base_manager.filter(pk=row.pk).delete()
    return differences


def _is_between(keep: models.Model, row: models.Model, key: models.Field) -> bool:
    """Whether the row would point from the kept record to itself."""
    others = [
        other for other in row._meta.concrete_fields if other is not key and other.related_model is type(keep)
    ]
    return any(getattr(row, other.attname) == keep.pk for other in others)


def _move(keep: models.Model, row: models.Model, key: models.Field, moves: _Moves) -> list[str]:
    """Points the row to the kept record; what the database refuses is resolved where that loses nothing."""
    try:
        _point(row, **{key.name: keep})
    except IntegrityError as error:
        rule = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
        if isinstance(error.__cause__, UniqueViolation):
            return _move_beside(keep, row, key, str(rule))
        if isinstance(error.__cause__, CheckViolation) and rule in TO_ONE_OWNER and not _has_children(row):
            columns = {column.attname: getattr(row, column.attname) for column in written_columns(type(row))}
            moves.waiting.append((type(row), {**columns, key.attname: keep.pk}))
            type(row)._base_manager.filter(pk=row.pk).delete()
            return []
        raise
    return []


def _move_beside(keep: models.Model, row: models.Model, key: models.Field, rule: str) -> list[str]:
    """A row beside one that stands already: it gives up what only one may be, or is left as a line of text."""
    for constraint in type(row)._meta.constraints:
        if (
            isinstance(constraint, models.UniqueConstraint)
            and constraint.name == rule
            and constraint.condition
        ):
            flags = [child[0] for child in constraint.condition.children if child[1] is True]  # type: ignore[index]
            if flags:
                _point(row, **{key.name: keep}, **dict.fromkeys(flags, False))
                return []
    line = f"{row._meta.verbose_name}: {row}"
    type(row)._base_manager.filter(pk=row.pk).delete()
    return [line]


def _point(row: models.Model, **columns: Any) -> None:
    with transaction.atomic():
        type(row)._base_manager.filter(pk=row.pk).update(**columns)


def _has_children(row: models.Model) -> bool:
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: row.pk}).exists()
        for relation in _relations(type(row))
    )


def _twin(keep: models.Model, row: models.Model, key: models.Field) -> models.Model | None:
    """The kept record's own row that this one repeats."""
    table = type(row)._base_manager.filter(**{key.name: keep.pk}).exclude(pk=row.pk)
    if key.unique:
        return table.first()
    for names, condition in _unique_with(type(row), key):
        if not type(row)._base_manager.filter(condition, pk=row.pk).exists():
            continue
        if found := table.filter(condition, **{name: getattr(row, name) for name in names}).first():
            return found
    alike = (identical, same_fact)
    return next((other for other in table if any(test(other, row, (key.name,)) for test in alike)), None)


def _unique_with(model: type[models.Model], key: models.Field) -> list[tuple[list[str], models.Q]]:
    """For each unique constraint that the key is part of, its other columns and for which rows it holds."""
    return [
        ([name for name in constraint.fields if name != key.name], constraint.condition or models.Q())
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
        and key.name in constraint.fields
        and constraint.condition is None
    ]


def _fill(twin: models.Model, row: models.Model, skip: str) -> None:
    columns = {
        field.name: _value(row, field)
        for field in written_columns(type(row))
        if field.name != skip
        and _says_nothing(field, _value(twin, field))
        and not _says_nothing(field, _value(row, field))
    }
    if columns:
        type(twin)._base_manager.filter(pk=twin.pk).update(**columns)


def _relations(model: type[models.Model]) -> list[Any]:
    """Everything that points to a model, hidden relations and automatic tables included; one-to-ones first.

    First, because the decision that lets a name stand must be there before the dates it is about.
    """
    found = [
        field
        for field in model._meta.get_fields(include_hidden=True)
        if field.auto_created
        and not field.concrete
        and (field.one_to_many or field.one_to_one)
        # What triggers write follows its row by itself.
        and not getattr(field.related_model, "WRITTEN_BY_TRIGGERS", False)
    ]
    return sorted(found, key=lambda field: not field.one_to_one)


def written_columns(model: type[models.Model]) -> list[models.Field]:
    """The columns that somebody writes: no keys, no bounds, no bare columns, no stamps."""
    bare = set(get_translatable_fields_for_model(model) or ())
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key
        and not field.generated
        and field.name not in bare
        and not getattr(field, "auto_now", False)
        and not getattr(field, "auto_now_add", False)
    ]


def _says_nothing(field: models.Field, value: object) -> bool:
    return is_blank(value) or (field.has_default() and value == field.get_default())


def _value(row: models.Model, field: models.Field) -> Any:
    return getattr(row, field.attname)
