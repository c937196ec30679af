"""Reads a filter from the parameters of an address: what is known is taken, the rest is left out and said so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

import django_filters
from django import forms

from memorial.base.facets.definition import Facet

MOST_VALUES: Final = 40
"""Of one filter; who wants more wants the whole list."""
_LONGEST: Final = 120

Knows = Callable[[str, str], bool]
"""Whether a filter has a value, by their names."""


def known_values(asked: Iterable[str], knows: Callable[[str], bool]) -> tuple[str, ...]:
    """The values of one filter that are known, each once, sorted, at most `MOST_VALUES`."""
    values = sorted({each for each in asked if 0 < len(each) <= _LONGEST})
    return tuple([each for each in values[: 2 * MOST_VALUES] if knows(each)][:MOST_VALUES])


def read_values(data: Any, names: Iterable[str], knows: Knows) -> dict[str, tuple[str, ...]]:
    """The known values of filters in the order of their names; filters without any are left out.

    Every page of a list reads its address so: a form of forty fields, made for each reader, took longer
    than all of its cards.
    """
    read = ((name, known_values(data.getlist(name), partial(knows, name))) for name in sorted(names))
    return {name: values for name, values in read if values}


def asks_for_unknown(data: Any, names: Iterable[str], chosen: Mapping[str, Sequence[str]]) -> bool:
    """Whether something was asked of a filter that it does not have."""
    return any(set(filter(None, data.getlist(name))) - {*chosen.get(name, ())} for name in names)


class ManyValues(forms.Field):
    """Several values of one filter, each once, sorted; those that nobody knows are dropped and never repeated."""

    widget = forms.SelectMultiple

    def __init__(self, *, knows: Callable[[str], bool] = bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.knows = knows

    def clean(self, value: Sequence[str] | None) -> list[str]:
        """The values that are known, at most `MOST_VALUES`."""
        return list(known_values(value or (), self.knows))


class TraitFilter(django_filters.Filter):
    """A filter over a table of traits."""

    field_class = ManyValues
    parent: Any

    @property
    def field(self) -> forms.Field:
        knows, name = self.parent.knows, self.field_name
        return ManyValues(required=False, knows=lambda value: knows(name, value))

    def filter(self, qs: Any, value: Sequence[str]) -> Any:
        """Rows with one of the values."""
        return qs.having([f"{self.field_name}={each}" for each in value], self.parent.on) if value else qs


class TraitFilterSet(django_filters.FilterSet):
    """All filters of a list over its table of traits: `qs` has the rows that pass."""

    def __init__(self, data: Any, queryset: Any, *, knows: Knows, on: date) -> None:
        self.knows, self.on = knows, on
        super().__init__(data, queryset)


def filter_set(facets: Sequence[Facet]) -> type[TraitFilterSet]:
    """The class that reads these filters."""
    filters = {facet.name: TraitFilter(field_name=facet.name, label=facet.label) for facet in facets}
    return type("ListFilterSet", (TraitFilterSet,), {**filters, "__doc__": TraitFilterSet.__doc__})
