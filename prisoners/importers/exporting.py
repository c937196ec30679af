"""Rows of people and institutions as text, under our own names of columns: they can be loaded again unchanged.

Only public columns of records: what is confidential has no column here, and a place that is not shown to readers
is not in the table.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model, QuerySet

from prisoners.choices import StayPublic
from prisoners.importers.exported import as_exported, cell_text, joined
from prisoners.importers.facility_fields import FACILITY_FIELDS
from prisoners.importers.fields import FIELDS, Field, Kind, Part
from prisoners.importers.own_rows import exported_custody, exported_stay

CHUNK = 500
_TIES = ("id", "as_exported")
_LEFT_OUT = frozenset({"facility_ru", "facility_en"})
"""Columns by which a place may be given in one language; a table of ours has it once, as `facility`."""


def _columns(fields: Iterable[Field], *parts: Part) -> tuple[str, ...]:
    named = [
        one.name
        for one in fields
        if one.part in parts and one.kind is not Kind.WHOLE_NAME and one.name not in _LEFT_OUT
    ]
    return (*_TIES, *named)


PEOPLE_COLUMNS = _columns(FIELDS.values(), Part.PERSON, Part.CUSTODY, Part.STAY, Part.LINKS)
FACILITY_COLUMNS = _columns(FACILITY_FIELDS.values(), Part.FACILITY)
_READ = (
    "custodies",
    "stays__facility",
    "stays__region",
    "theme_links__theme",
    "profession_links__profession",
    "listings__prisoner_list",
    "citizenships",
    "name_variants",
)


def exported_people(people: QuerySet[Any]) -> Iterator[tuple[str, ...]]:
    """The header, then a row for each person: the last deprivation of liberty and the last stay of it."""
    yield PEOPLE_COLUMNS
    rows = people.select_related("region").prefetch_related(*_READ)
    for person in rows.iterator(chunk_size=CHUNK):
        yield _row(person, PEOPLE_COLUMNS, _person_texts(person))


def exported_facilities(places: QuerySet[Any]) -> Iterator[tuple[str, ...]]:
    """The header, then a row for each institution."""
    yield FACILITY_COLUMNS
    for place in places.select_related("region").iterator(chunk_size=CHUNK):
        names = FACILITY_COLUMNS[len(_TIES) :]
        yield _row(place, FACILITY_COLUMNS, {name: cell_text(place, FACILITY_FIELDS[name]) for name in names})


def _row(record: Model, columns: tuple[str, ...], texts: dict[str, str]) -> tuple[str, ...]:
    said = {**texts, "id": str(record.pk), "as_exported": as_exported(texts)}
    return tuple(said[name] for name in columns)


def _person_texts(person: Any) -> dict[str, str]:
    stay = exported_stay(person.stays.all())
    records = {
        Part.PERSON: person,
        Part.CUSTODY: exported_custody(person.custodies.all()),
        Part.STAY: stay,
    }
    links = _links(person)
    texts = {}
    for name in PEOPLE_COLUMNS[len(_TIES) :]:
        one = FIELDS[name]
        if one.part is Part.LINKS:
            texts[name] = joined(links[name])
        elif stay and one.part is Part.STAY and stay.public != StayPublic.YES and _tells_place(one):
            texts[name] = ""
        else:
            texts[name] = cell_text(records[one.part], one)
    return texts


def _tells_place(one: Field) -> bool:
    return one.kind in (Kind.PLACE, Kind.REGION)


def _links(person: Any) -> dict[str, set[str]]:
    return {
        "themes": {link.theme.code for link in person.theme_links.all()},
        "professions": {link.profession.code for link in person.profession_links.all()},
        "lists": {link.prisoner_list.code for link in person.listings.all()},
        "citizenships": {str(link.country) for link in person.citizenships.all()},
        "other_names": {link.text for link in person.name_variants.all()},
    }
