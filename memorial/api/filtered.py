"""The filters of the lists of people and of cases as parameters of the API: the pages' own parser reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from django.http import QueryDict

from cases.selection.asked import Asked
from memorial.api.parameters import Parameter, Refused
from memorial.base.civil_date import civil_date
from memorial.base.facets.definition import Facet

VALUE: Final = "^[^\\u0000-\\u0020\\u007f]{1,120}$"
"""What values of filters look like: codes, the same in every language."""
Reads = Callable[..., Asked]


def filter_parameters(facets: Iterable[Facet], reads: Reads) -> tuple[Parameter, ...]:
    """A parameter for each filter; its values are those that somebody published has today."""
    return tuple(_parameter(facet, reads) for facet in facets)


def _parameter(facet: Facet, reads: Reads) -> Parameter:
    def values() -> Sequence[str]:
        return reads(QueryDict(), on=civil_date()).index.values(facet.name)

    return Parameter(facet.name, facet.label, {"type": "string", "pattern": VALUE}, many=True, values=values)


def refuse_unknown_values(chosen: Asked, asked: QueryDict) -> None:
    """Raises Refused for a value that the parser has left out: a page says so in a note, a program must not miss it."""
    for facet in chosen.facets:
        if set(asked.getlist(facet.name)) - {*chosen.chosen.get(facet.name, ())}:
            raise Refused(facet.name)
