"""Reads a filter from the parameters of an address: what is known is taken, the rest is left out and said so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Final

import django_filters
from django import forms

from memorial.base.facets.definition import Facet

MOST_VALUES: Final = 40
"""Of one filter; who wants more wants the whole list."""
_LONGEST: Final = 120

Knows = Callable[[str, str], bool]
"""Whether a filter has a value, by their names."""


class ManyValues(forms.Field):
    """Several values of one filter, each once, sorted; those that nobody knows are dropped and never repeated."""

    widget = forms.SelectMultiple

    def __init__(self, *, knows: Callable[[str], bool] = bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.knows = knows

    def clean(self, value: Sequence[str] | None) -> list[str]:
        """The values that are known, at most `MOST_VALUES`."""
        asked = sorted({each for each in value or () if 0 < len(each) <= _LONGEST})
        return [each for each in asked[: 2 * MOST_VALUES] if self.knows(each)][:MOST_VALUES]


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
    """All filters of a list: `chosen` after reading, `qs` with the rows that pass."""

    def __init__(self, data: Any, queryset: Any, *, knows: Knows, on: date) -> None:
        self.knows, self.on = knows, on
        super().__init__(data, queryset)

    @cached_property
    def chosen(self) -> Mapping[str, tuple[str, ...]]:
        """The values by filter, in the order of their names; filters without any are left out."""
        self.form.is_valid()
        read = self.form.cleaned_data
        return {name: tuple(read[name]) for name in sorted(self.filters) if read.get(name)}

    @property
    def is_misled(self) -> bool:
        """Whether something was asked of a filter that it does not have."""
        chosen = self.chosen
        return any(
            set(filter(None, self.data.getlist(name))) - {*chosen.get(name, ())} for name in self.filters
        )


def filter_set(facets: Sequence[Facet]) -> type[TraitFilterSet]:
    """The class that reads these filters."""
    filters = {facet.name: TraitFilter(field_name=facet.name, label=facet.label) for facet in facets}
    return type("ListFilterSet", (TraitFilterSet,), {**filters, "__doc__": TraitFilterSet.__doc__})
