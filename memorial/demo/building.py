"""Builds invented people out of the rows of memorial/demo/data, through the models and nothing else."""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import islice
from typing import Any

from django.utils import timezone

from memorial.base.choices import State
from memorial.base.names import make_slug
from memorial.demo.reading import Row, people, portrait, read
from memorial.demo.tables import FACTS, WORDS
from prisoners import models as prisoners
from prisoners.actions import add_photo, hide_photo, publish, reduce_to_initials, send_for_review, withdraw

RICH = ("what_happened", "why_political", "about", "rules", "text")


class Builder:
    """Writes the invented world. Needs seeded vocabularies; raises `KeyError` for an unknown code."""

    def __init__(self) -> None:
        self._sources: dict[str, Row] = read("sources")["source"]
        self._defaults: dict[str, list[str]] = read("sources")["default"]
        self._regions: dict[str, prisoners.Region] = {}
        self._facilities: dict[str, prisoners.Facility] = {}
        self._statements: dict[str, prisoners.Statement] = {}
        self._words = {
            name: vocabulary._default_manager.in_bulk(field_name="code")
            for name, (_link, _field, vocabulary) in WORDS.items()
        }

    def build(self, most: int | None = None) -> int:
        """Writes places, statements, people (the first `most` of them) and leads; returns the number of people."""
        self._build_places()
        for row in read("statements")["statement"]:
            key = row.pop("key")
            self._statements[key] = prisoners.Statement.objects.create(**_fields(row))
        built = [self._person(row) for row in islice(people(), most)]
        for row in read("office")["lead"]:
            prisoners.Lead.objects.create(**row)
        return len(built)

    def _build_places(self) -> None:
        """Places may stand already, left from people that somebody has deleted since."""
        places = read("places")
        for row in places["region"]:
            prisoners.Region.objects.get_or_create(code=row.pop("code"), defaults=row)
        self._regions = prisoners.Region.objects.in_bulk(field_name="code")
        for row in places["facility"]:
            slug, note, cited = row.pop("slug"), row.pop("staff_note", ""), row.pop("sources", [])
            facility, is_new = prisoners.Facility.objects.get_or_create(slug=slug, defaults=self._fields(row))
            self._facilities[slug] = facility
            if is_new:
                self._cite(facility, {"sources": cited}, "facility")
            if is_new and note:
                prisoners.FacilityPrivate.objects.create(facility=facility, staff_note=note)

    def _person(self, row: Row) -> prisoners.Prisoner:
        """A draft first, then its facts, then what readers get to see: a published person is judged whole."""
        shown = _taken(row, "state", "initials", "withdrawn_because")
        photos, requests = row.pop("photos", []), row.pop("requests", [])
        facts = {name: row.pop(name, []) for name in FACTS}
        words = {name: row.pop(name, []) for name in WORDS}
        cited = _taken(row, "sources", "confidential")
        if "initials" in shown:
            shown["slug"] = row.pop("slug")
            row["slug"] = make_slug(row["surname_ru"], row["given_names_ru"], [])
        person = prisoners.Prisoner.objects.create(**self._fields(row))
        self._cite(person, cited, "prisoner")
        self._add_facts(person, facts)
        for name, codes in words.items():
            link, field, _vocabulary = WORDS[name]
            for code in codes:
                link._default_manager.create(prisoner=person, **{field: self._words[name][code]})
        _show(person, {**shown, "updated_on": row["updated_on"]}, photos)
        # Last: a page with an open request to restrict could not be published first.
        for request in requests:
            prisoners.RestrictionRequest.objects.create(prisoner=person, **request)
        return person

    def _add_facts(self, person: prisoners.Prisoner, facts: dict[str, list[Row]]) -> None:
        custodies: list[Any] = []
        for name, model in FACTS.items():
            for row in facts[name]:
                extra = _taken(row, "sources", "confidential", "concealed")
                if "custody" in row:
                    row["custody"] = custodies[row["custody"]]
                fact: Any = model._default_manager.create(prisoner=person, **self._fields(row))
                if model is prisoners.Custody:
                    custodies.append(fact)
                if "concealed" in extra:
                    prisoners.StayPrivate.objects.create(stay=fact, **self._fields(extra["concealed"]))
                if hasattr(fact, "citations"):
                    self._cite(fact, extra, name)

    def _fields(self, row: Row) -> Row:
        """A row with the places and statements that it names, and its paragraphs as markup."""
        found = dict(row)
        for name, known in (
            ("region", self._regions),
            ("facility", self._facilities),
            ("statement", self._statements),
        ):
            if name in found:
                found[name] = known[found[name]]
        return _fields(found)

    def _cite(self, fact: Any, row: Row, kind: str) -> None:
        """Sources by their short name or written out; the usual ones of the kind where a row says nothing."""
        for source in row.get("sources", self._defaults.get(kind, [])):
            fact.citations.create(**(self._sources[source] if isinstance(source, str) else source))
        for source in row.get("confidential", []):
            fact.confidential_citations.create(**source)


def _taken(row: Row, *names: str) -> Row:
    """Takes what is there of these names out of a row."""
    return {name: row.pop(name) for name in names if name in row}


def _fields(row: Row) -> Row:
    return {name: _markup(value) if name.rpartition("_")[0] in RICH else value for name, value in row.items()}


def _markup(paragraphs: list[str] | str) -> str:
    """Paragraphs as HTML; one that is markup already stays as it is."""
    if isinstance(paragraphs, str):
        return paragraphs
    return "".join(text if text.startswith("<") else f"<p>{text}</p>" for text in paragraphs)


def _show(person: prisoners.Prisoner, row: Row, photos: list[Row]) -> None:
    """Photos, initials and state, by the actions of the office: what they refuse is refused here."""
    for photo in photos:
        _add_photo(person, photo)
    if reason := row.get("initials"):
        reduce_to_initials(prisoner=person, reason=reason, by=None)
        _change(person, slug=row["slug"])
    state = row.get("state", State.PUBLISHED)
    if state == State.READY:
        send_for_review(prisoner=person, by=None)
    elif state != State.DRAFT:
        # Set beforehand, so that `updated_on` stays the day of the last invented event.
        _change(person, first_published_at=_noon(row["updated_on"]))
        send_for_review(prisoner=person, by=None)
        publish(prisoner=person, by=None)
    if state == State.WITHDRAWN:
        withdraw(prisoner=person, reason=row["withdrawn_because"], by=None)


def _add_photo(person: prisoners.Prisoner, row: Row) -> None:
    words = {
        name: row.get(name, "") for name in ("alt_ru", "alt_en", "credit_ru", "credit_en", "source_note")
    }
    photo = add_photo(prisoner=person, data=portrait(row["drawing"]), by=None, **words)
    if reason := row.get("hidden_because"):
        hide_photo(photo=photo, reason=reason, by=None)


def _change(person: prisoners.Prisoner, **columns: Any) -> None:
    prisoners.Prisoner.objects.filter(pk=person.pk).update(**columns)
    person.refresh_from_db()


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
