"""The names of two people who look alike, beside their pair."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, NullIf, Trim

from memorial.base.localized import localized
from prisoners.models import Prisoner


def with_names(pairs: QuerySet[Any]) -> QuerySet[Any]:
    """Annotates `one_name` and `other_name`: surname and given names, or the address of a page without a name."""
    return pairs.annotate(one_name=_name_of("one"), other_name=_name_of("other"))


def _name_of(column: str) -> Subquery:
    spelt = Trim(Concat(_text("surname"), Value(" "), _text("given_names"), output_field=CharField()))
    name = Coalesce(NullIf(spelt, Value("")), F("slug"), output_field=CharField())
    return Subquery(Prisoner.objects.filter(pk=OuterRef(column)).annotate(spelt=name).values("spelt")[:1])


def _text(name: str) -> ExpressionWrapper:
    return ExpressionWrapper(localized(name), output_field=CharField())
