"""Loads what belongs to people, each table at once for all of them, all tables in one statement or two.

What it loads is there as after `prefetch_related()`: `person.stays.all()` asks nothing more. It is a
plain list, so that whoever would filter it is told at once and does not get other people's rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Final

from django.db import models
from django.db.models import Q, QuerySet

from memorial.base.stored_queries import IsOneOf, StoredQuery, StoredStatement
from prisoners import models as tables
from prisoners.liberty import tell_liberty
from prisoners.models import Citation, Prisoner

PORTRAITS: Final = "portraits"
"""Public photos: an attribute of their own, because `photos` are all of them, hidden ones too."""

_ROWS: Final[dict[str, Callable[[], QuerySet[Any]]]] = {
    "stays": lambda: tables.Stay.objects.order_by("began_earliest", "id"),
    "stays_with_places": lambda: tables.Stay.objects.select_related("facility__region", "region"),
    "recognitions": lambda: tables.Recognition.objects.order_by("on_earliest", "id"),
    "recognitions_with_statements": lambda: tables.Recognition.objects.select_related("statement").order_by(
        "on_earliest", "id"
    ),
    "custodies": tables.Custody.objects.all,
    "ends_of_custody": tables.EndOfCustody.objects.all,
    "death": tables.Death.objects.all,
    PORTRAITS: lambda: tables.Photo.objects.exclude(stem="").order_by("order", "id"),
    "register_entries": tables.RegisterEntry.objects.all,
    "name_variants": tables.NameVariant.objects.all,
    "citizenships": tables.Citizenship.objects.all,
    "theme_links": lambda: tables.PrisonerTheme.objects.select_related("theme"),
    "listings": lambda: tables.PrisonerListing.objects.select_related("prisoner_list"),
    "profession_links": lambda: tables.PrisonerProfession.objects.select_related("profession"),
    "community_links": lambda: tables.PrisonerCommunity.objects.select_related("community"),
    "identifiers": tables.ExternalIdentifier.objects.all,
    "corrections": tables.Correction.objects.all,
}
LIBERTY: Final = ("stays", "custodies", "ends_of_custody", "death")
"""What a person's liberty is told from."""
CARD: Final = (*LIBERTY, "recognitions", PORTRAITS)
PAGE: Final = (
    *("stays_with_places", "custodies", "ends_of_custody", "death", "recognitions_with_statements"),
    *(PORTRAITS, "register_entries", "name_variants", "citizenships", "theme_links", "listings"),
    *("profession_links", "community_links", "identifiers", "corrections"),
)
_CITED: Final = {
    "custodies": "custody_id",
    "stays": "stay_id",
    "ends_of_custody": "end_of_custody_id",
    "death": "death_id",
    "recognitions": "recognition_id",
    "register_entries": "register_entry_id",
}
"""Facts that have sources of their own, and the column by which a source names them."""


def load(people: Sequence[Prisoner], names: tuple[str, ...]) -> None:
    """Loads rows of these names for all of the people. Raises KeyError for a name that there is none of."""
    found = _statement(names).ask({"people": [person.pk for person in people]})
    _give_all(people, found)


def published_cards(numbers: Sequence[int], on: date) -> list[Prisoner]:
    """The people of these numbers who are published, in no order: as `for_list()` loads them, in one statement."""
    found = _cards().ask({"people": numbers})
    people: list[Prisoner] = found.pop("people")
    _give_all(people, found)
    for person in people:
        tell_liberty(person, on)
    return people


def load_sources(people: Sequence[Prisoner]) -> None:
    """Loads the public sources of people and of every fact of theirs that is loaded."""
    facts = {
        column: [fact for person in people for fact in _facts(person, name)]
        for name, column in _CITED.items()
    }
    given = {column: [fact.pk for fact in rows] for column, rows in facts.items()}
    rows = _citations().ask({**given, "prisoner_id": [person.pk for person in people]})
    for column, cited in {**facts, "prisoner_id": people}.items():
        by_fact = _grouped(rows["citations"], column)
        for fact in cited:
            _remember(fact, "citations", by_fact.get(fact.pk, []))


@cache
def _statement(names: tuple[str, ...]) -> StoredStatement:
    return StoredStatement(_queries(names), ["people"])


@cache
def _cards() -> StoredStatement:
    people = Prisoner.objects.published().select_related("region").for_addresses()
    published = StoredQuery(people.filter(IsOneOf("id", "people")))
    return StoredStatement({"people": published, **_queries(CARD)}, ["people"])


@cache
def _citations() -> StoredStatement:
    columns = ["prisoner_id", *_CITED.values()]
    condition = Q()
    for column in columns:
        condition |= Q(IsOneOf(column, column))
    return StoredStatement({"citations": StoredQuery(Citation.objects.filter(condition))}, columns)


def _queries(names: tuple[str, ...]) -> Mapping[str, StoredQuery]:
    return {name: StoredQuery(_ROWS[name]().filter(IsOneOf("prisoner_id", "people"))) for name in names}


def _facts(person: Prisoner, name: str) -> list[models.Model]:
    if name == "death":
        death = getattr(person, "death", None)
        return [death] if death else []
    return list(getattr(person, name).all())


def _give_all(people: Sequence[Prisoner], found: Mapping[str, Iterable[Any]]) -> None:
    for name, rows in found.items():
        _give(people, name.partition("_with_")[0], rows)


def _give(people: Sequence[Prisoner], name: str, rows: Iterable[Any]) -> None:
    """Gives each person their rows, and each row its person."""
    by_person = _grouped(rows, "prisoner_id")
    for person in people:
        theirs = by_person.get(person.pk, [])
        for row in theirs:
            row.prisoner = person
        if name == PORTRAITS:
            person.portraits = theirs  # type: ignore[attr-defined]
        elif name == "death":
            relation: Any = Prisoner._meta.get_field("death")
            relation.set_cached_value(person, theirs[0] if theirs else None)
        else:
            _remember(person, name, theirs)


def _remember(record: Any, name: str, rows: list[Any]) -> None:
    """Puts rows where Django looks for those that are prefetched; what a queryset has prefetched stays."""
    record.__dict__.setdefault("_prefetched_objects_cache", {}).setdefault(name, rows)


def _grouped(rows: Iterable[Any], column: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        if (key := getattr(row, column)) is not None:
            found[key].append(row)
    return found
