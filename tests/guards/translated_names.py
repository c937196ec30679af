"""Finds the bare name of a translated field where it would become a column, and languages written out.

The bare column is junk to a query: it says what is Russian, else English. In a filter, an order,
an index or a search the column is named through `localized`, `in_language` or `all_languages`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

from django.apps import apps
from django.conf import settings
from django.db import models
from modeltranslation.manager import get_translatable_fields_for_model

from memorial.base.database import our_tables
from tests.guards.sources import Source, dotted

Model = type[models.Model]
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)

BY_KEYWORD = {"filter", "exclude", "get", "update", "get_or_create", "update_or_create", "Q", "When"}
"""Calls whose keywords are columns."""
BY_POSITION = {
    "order_by", "values", "values_list", "distinct", "latest", "earliest", "dates",
    "F", "OuterRef", "Lower", "Upper", "Length", "Substr", "Left", "Right", "Concat", "Coalesce", "NullIf",
    "Trim", "Replace", "StrIndex", "Greatest", "Least", "Cast", "Max", "Min", "Count", "StringAgg",
    "ArrayAgg",
    "SearchVector", "TrigramSimilarity", "TrigramWordSimilarity", "TrigramDistance", "Collate", "OpClass",
    "NameKey", "OrderBy",
}  # fmt: skip
"""Calls whose texts are columns."""
BY_ASSIGNMENT = {"ordering", "search_fields"}
"""Attributes of classes whose texts are columns; of models and admins they are looked at themselves."""


@cache
def translated_of(model: Model) -> frozenset[str]:
    """The names of a model's translated fields."""
    return frozenset(get_translatable_fields_for_model(model) or ())


@cache
def all_translated() -> frozenset[str]:
    """Every name that is translated in some model."""
    return frozenset(name for model in our_tables() for name in translated_of(model))


@cache
def _holders(name: str) -> tuple[Model, ...]:
    """The models of ours with a field of that name."""
    return tuple(m for m in our_tables() if name in {f.name for f in m._meta.get_fields()})


def is_bare(path: str, start: Model | None) -> bool:
    """Whether a lookup path («facility__name__icontains») names a translated field by its bare name.

    Where nothing tells the model to start from, any that has such a field counts.
    """
    parts = path.lstrip("-+").split("__")
    return any(_ends_in_bare(model, parts) for model in ((start,) if start else _holders(parts[0])))


def _ends_in_bare(model: Model, parts: list[str]) -> bool:
    here: Model | None = model
    for part in parts:
        if here is None:
            return False
        if part in translated_of(here):
            return True
        fields = {field.name: field for field in here._meta.get_fields()}
        field = fields.get(part)
        here = field.related_model if field is not None and field.is_relation else None
    return False


def bare_names(source: Source) -> list[str]:
    """A sentence for each bare translated name in an expression of a Python file."""
    return [
        f"{source.path}:{line}: «{path}» is a translated field by its bare name"
        for line, path, model in _named_columns(source)
        if is_bare(path, model)
    ]


def columns_of_model(model: Model) -> Iterator[str]:
    """What a model orders, indexes and constrains by."""
    yield from (_name_of(part) for part in model._meta.ordering)
    for thing in [*model._meta.indexes, *model._meta.constraints]:
        yield from getattr(thing, "fields", ())
        for expression in [*getattr(thing, "expressions", ()), getattr(thing, "condition", None)]:
            first = expression[0] if isinstance(expression, tuple) else expression
            yield from _names_in(first)


def _name_of(part: object) -> str:
    return part if isinstance(part, str) else next(_names_in(part), "")


def _names_in(expression: object) -> Iterator[str]:
    if isinstance(expression, models.F):
        yield expression.name
    elif isinstance(expression, models.Q):
        for child in expression.children:
            if isinstance(child, tuple):
                yield child[0]
                yield from _names_in(child[1])
            else:
                yield from _names_in(child)
    elif hasattr(expression, "get_source_expressions"):
        for inner in expression.get_source_expressions():
            yield from _names_in(inner)


def columns_of_admin(admin: object) -> Iterator[str]:
    """What an admin searches, filters and orders by."""
    for attribute in ("search_fields", "ordering", "list_filter", "sortable_by"):
        for part in getattr(admin, attribute, None) or ():
            found = part[0] if isinstance(part, tuple) else part
            if isinstance(found, str):
                yield found.lstrip("^=@")
            elif isinstance(found, models.F | models.Expression):
                yield from _names_in(found)


def _named_columns(source: Source) -> Iterator[tuple[int, str, Model | None]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            name, model = dotted(node.func).rpartition(".")[2], _receiver(node.func)
            if name in BY_KEYWORD:
                yield from ((node.lineno, kw.arg, model) for kw in node.keywords if kw.arg)
                then = [kw.value for kw in node.keywords if kw.arg in ("then", "default")]
                yield from ((text.lineno, text.value, model) for text in _texts(then))
            if name in BY_POSITION:
                inside = [
                    *node.args,
                    *(kw.value for kw in node.keywords if kw.arg in ("fields", "expression")),
                ]
                yield from ((text.lineno, text.value, model) for text in _texts(inside))
        elif (
            isinstance(node, ast.Assign)
            and {dotted(t) for t in node.targets} & BY_ASSIGNMENT
            and not {"admin", "admin.py", "models", "models.py"} & set(source.path.split("/"))
        ):
            yield from ((text.lineno, text.value, None) for text in _texts([node.value]))


def _texts(nodes: list[ast.expr]) -> Iterator[ast.Constant]:
    """The texts among some expressions, inside lists too, not inside calls: those speak for themselves."""
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node
        elif isinstance(node, ast.List | ast.Tuple | ast.Set):
            yield from _texts(node.elts)
        elif isinstance(node, ast.Starred):
            yield from _texts([node.value])


def _receiver(node: ast.expr) -> Model | None:
    """The model whose queryset a call is made on: `Facility.objects.….filter`, `person.stays.filter`."""
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute):
            if isinstance(node.value, ast.Name) and node.value.id in _by_class_name():
                return _by_class_name()[node.value.id]
            if node.attr in _by_accessor():
                return _by_accessor()[node.attr]
            node = node.value
        else:
            node = node.func
    return None


@cache
def _by_class_name() -> dict[str, Model]:
    return {model.__name__: model for model in apps.get_models()}


@cache
def _by_accessor() -> dict[str, Model]:
    """`person.name_variants` → NameVariant; names that lead to several models are left out."""
    found: dict[str, set[Model]] = {}
    for model in our_tables():
        for relation in model._meta.related_objects:
            found.setdefault(relation.get_accessor_name() or "", set()).add(relation.related_model)
    return {name: targets.pop() for name, targets in found.items() if len(targets) == 1}


def written_out_languages(source: Source) -> list[str]:
    """A sentence for each `name_ru`, `summary_en__contains` and the like in a Python file."""
    found = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = [node.value]
        elif isinstance(node, ast.Attribute):
            words = [node.attr]
        elif isinstance(node, ast.Call):
            words = [keyword.arg for keyword in node.keywords if keyword.arg]
        else:
            continue
        found += [f"{source.path}:{node.lineno}: {word}" for word in words if _has_language(word)]
    return found


def _has_language(word: str) -> bool:
    for part in word.lstrip("-").split("__"):
        stem, _, code = part.rpartition("_")
        if code in LANGUAGES and stem in all_translated():
            return True
    return False
