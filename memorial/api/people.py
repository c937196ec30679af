"""People: chosen by the filters of their list, in the order of their identifiers or, by name, best first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.selection import PeopleFilter
from memorial.api.filtered import filter_parameters, refuse_unknown_values
from memorial.api.legal_parts import OF_A_PERSON
from memorial.api.parameters import SLUG, Parameter
from memorial.api.resources import Chosen, Keyed, Part, Resource, chosen_by, number_of
from memorial.api.texts import texts_part
from prisoners.exports.people import described
from prisoners.exports.rows import person_rows
from prisoners.models import Prisoner
from prisoners.name_search import NamedPeople, Nearness
from prisoners.opendata import PEOPLE, RECOGNITIONS, STAYS, PersonRow, recognitions_of, stays_of

_FILTERS: Final = (
    *filter_parameters(PeopleFilter.facets, PeopleFilter),
    Parameter(
        "q",
        gettext_lazy("A name or a part of one, in any spelling; the nearest come first, 1,000 at most."),
        {"type": "string", "pattern": "^[^\\u0000-\\u001f\\u007f]{1,200}$"},
    ),
    Parameter(
        "letter",
        gettext_lazy("The first letter of the surname in the language asked for."),
        {"type": "string", "pattern": "^[A-Za-zА-Яа-яЁё]$"},
    ),
)
_NO_LINE: Final = ("person",)


def select_people(asked: QueryDict, on: date) -> Chosen:
    """The people whom the page with these filters lists."""
    chosen = PeopleFilter(asked, on=on)
    refuse_unknown_values(chosen, asked)
    query = chosen.canonical_query()
    if chosen.is_too_short:
        # Too little to look for is nobody's name; a list would show everybody and say why.
        return Chosen(lambda: 0, lambda _after, _most: [], lambda: described(chosen), query)
    if chosen.named is None:
        by_key = chosen_by(chosen.people(), "slug", lambda: described(chosen), query)
        return Chosen(lambda: chosen.count, by_key.part, by_key.described, query)
    named = _by_nearness(chosen, chosen.named)
    return Chosen(
        lambda: len(named), lambda after, most: _behind(named, after)[:most], lambda: _said(chosen), query
    )


def _said(chosen: PeopleFilter) -> str:
    """The filter in words, and that there are more of the name than are told."""
    more = chosen.named is not None and chosen.named.is_more
    return f"{described(chosen)} ({_('more than 1,000: add the given name')})" if more else described(chosen)


def _by_nearness(chosen: PeopleFilter, found: NamedPeople) -> list[Keyed]:
    """Those found, the nearest first, equals by identifier: keys that stay where they are when somebody is added."""
    slugs = Prisoner.objects.published().filter(pk__in=list(chosen.numbers())).values_list("pk", "slug")
    return sorted(Keyed(f"{_distance(found, number)}.{slug}", number) for number, slug in slugs)


def _distance(found: NamedPeople, number: int) -> int:
    return Nearness.EXACT - found.how[number].nearness


def _behind(named: Sequence[Keyed], after: str) -> list[Keyed]:
    return [each for each in named if each.key > after]


def _load(numbers: Sequence[int], on: date) -> Any:
    return person_rows(numbers, on)


def _find(slug: str) -> int | None:
    return number_of(Prisoner.objects.published(), slug=slug)


def _slug(row: PersonRow) -> str:
    return str(row.person.slug)


PEOPLE_RESOURCE: Final = Resource(
    table=PEOPLE,
    order=gettext_lazy("By identifier; with q, the nearest names first."),
    argument="slug",
    key_pattern=SLUG,
    cursor_pattern="^([0-4]\\.)?[A-Za-z0-9_-]{1,90}$",
    filters=_FILTERS,
    select=select_people,
    load=_load,
    find=_find,
    key=_slug,
    list_page="prisoners:prisoner-list",
    moved_from="prisoners/",
    parts=(
        Part(STAYS, lambda row, _on: stays_of(row), _NO_LINE),
        Part(RECOGNITIONS, lambda row, _on: recognitions_of(row), _NO_LINE),
        *OF_A_PERSON,
        texts_part(lambda row: row.person, "what_happened", "why_political"),
    ),
)
