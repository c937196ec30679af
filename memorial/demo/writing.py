"""Writes planned people in batches: history, content version and guards see each row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any, Final

from django.db import connection, models
from django.utils import timezone

from memorial.base.choices import State
from memorial.demo.drawings import SharedDrawings
from memorial.demo.institutions import institutions
from memorial.demo.plan import PersonPlan, Row
from memorial.demo.record.writing import RecordWriter
from memorial.demo.tables import FACTS, WORDS
from prisoners import models as prisoners

BATCH: Final = 500
_CITED: Final = {
    "custodies": "custody",
    "ends": "end_of_custody",
    "deaths": "death",
    "recognitions": "recognition",
}
_NAMES: Final = ("surname", "given_names", "patronymic", "described_as")


def write_institutions() -> int:
    """Adds the generated institutions that are not there; returns how many."""
    regions = prisoners.Region.objects.in_bulk(field_name="code")
    known = set(prisoners.Facility.objects.values_list("slug", flat=True))
    rows = [each.row for each in institutions() if each.slug not in known]
    published = timezone.make_aware(datetime.combine(date(2023, 1, 16), time(12)))
    facilities = [
        prisoners.Facility(**row | {"region": regions[row["region"]], "first_published_at": published})
        for row in rows
    ]
    prisoners.Facility.objects.bulk_create(facilities)
    prisoners.Citation.objects.bulk_create(
        prisoners.Citation(
            facility=facility,
            kind="official",
            title="Контакты учреждения",
            url="https://example.org/institutions",
        )
        for facility in facilities
    )
    return len(facilities)


class Writer:
    """Writes plans. Needs vocabularies and institutions; raises `KeyError` for an unknown code."""

    def __init__(self, drawings: SharedDrawings, legal_record: RecordWriter) -> None:
        self._drawings, self._record = drawings, legal_record
        self._regions = prisoners.Region.objects.in_bulk(field_name="code")
        self._facilities = prisoners.Facility.objects.in_bulk(field_name="slug")
        self._statements: dict[str, prisoners.Statement] = {}
        self._codes = {
            name: vocabulary._default_manager.in_bulk(field_name="code")
            for name, (_link, _field, vocabulary) in WORDS.items()
        }

    def write(self, plans: Iterable[PersonPlan]) -> int:
        """Writes all of them, a batch at a time; returns how many."""
        rest, number, counted = iter(plans), 0, 1
        while batch := list(islice(rest, BATCH)):
            number += self._write_batch(batch)
            if number >= counted * 2:
                # Plans that triggers made for empty tables read them whole; new counts make new plans.
                counted = number
                with connection.cursor() as cursor:
                    cursor.execute("ANALYZE")
        return number

    def _write_batch(self, plans: list[PersonPlan]) -> int:
        people = prisoners.Prisoner.objects.bulk_create(self._person(plan) for plan in plans)
        both = list(zip(people, plans, strict=True))
        self._write_statements(plans)
        citations = [
            source for person, plan in both for source in _sources_of("prisoner", person, plan.sources)
        ]
        made: dict[int, list[Any]] = {}
        recognitions: list[Any] = []
        for table, model in FACTS.items():
            rows = [(person, row) for person, plan in both for row in plan.facts.get(table, [])]
            created = model._default_manager.bulk_create(
                self._fact(model, person, row, made.get(person.pk, [])) for person, row in rows
            )
            if model is prisoners.Custody:
                made = _by_person(created)
            for fact, (_person, row) in zip(created, rows, strict=True):
                citations += _sources_of(_CITED.get(table, ""), fact, row.get("sources", []))
            if model is prisoners.Recognition:
                recognitions = created
            if model is prisoners.Stay:
                self._write_concealed(created, rows)
        for name in WORDS:
            self._write_words(name, both)
        _write_citations(citations)
        prisoners.RestrictionRequest.objects.bulk_create(
            prisoners.RestrictionRequest(prisoner=person, **row)
            for person, plan in both
            for row in plan.facts["requests"]
        )
        _write_hidden_names(both)
        _write_old_addresses(both)
        self._record.write(both, recognitions)
        self._drawings.show([(person, plan.traits.drawing) for person, plan in both if plan.traits.drawing])
        return len(people)

    def _person(self, plan: PersonPlan) -> prisoners.Prisoner:
        columns = plan.columns | {"region": self._regions[plan.columns["region"]]}
        if columns["state"] in (State.PUBLISHED, State.WITHDRAWN):
            noon = datetime.combine(columns["updated_on"], time(12))
            columns["first_published_at"] = timezone.make_aware(noon)
        return prisoners.Prisoner(**columns)

    def _fact(self, model: type[models.Model], person: Any, row: Row, custodies: list[Any]) -> models.Model:
        columns = {name: value for name, value in row.items() if name not in ("sources", "concealed")}
        if "custody" in columns:
            columns["custody"] = custodies[columns["custody"]]
        return model(prisoner=person, **self._found(columns))

    def _found(self, columns: Row) -> Row:
        """Rows with the places and statements that they name."""
        for name, known in (
            ("region", self._regions),
            ("facility", self._facilities),
            ("statement", self._statements),
        ):
            if name in columns:
                columns[name] = known[columns[name]]
        return columns

    def _write_statements(self, plans: list[PersonPlan]) -> None:
        """One statement for the people of a case who were recognised together."""
        new: dict[str, prisoners.Statement] = {}
        for plan in plans:
            for row in plan.facts["recognitions"]:
                key = row.get("statement")
                if key and key not in self._statements and key not in new:
                    new[key] = _statement(plan, row)
        prisoners.Statement.objects.bulk_create(new.values())
        self._statements |= new

    def _write_concealed(self, stays: list[Any], rows: list[tuple[Any, Row]]) -> None:
        prisoners.StayPrivate.objects.bulk_create(
            prisoners.StayPrivate(stay=stay, **self._found(dict(row["concealed"])))
            for stay, (_person, row) in zip(stays, rows, strict=True)
            if "concealed" in row
        )

    def _write_words(self, name: str, both: list[tuple[Any, PersonPlan]]) -> None:
        link, field, _vocabulary = WORDS[name]
        link._default_manager.bulk_create(
            link(prisoner=person, **{field: self._codes[name][code]})
            for person, plan in both
            for code in dict.fromkeys(plan.words[name])
        )


def _by_person(custodies: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for custody in custodies:
        found[custody.prisoner_id].append(custody)
    return found


def _sources_of(field: str, fact: Any, rows: list[Row]) -> Iterator[tuple[str, Any, Row]]:
    return ((field, fact, row) for row in rows)


def _write_citations(sources: list[tuple[str, Any, Row]]) -> None:
    """Public and confidential sources, each in its table."""
    open_rows = [(field, fact, row) for field, fact, row in sources if not row.get("confidential")]
    prisoners.Citation.objects.bulk_create(
        prisoners.Citation(**{field: fact}, **row) for field, fact, row in open_rows
    )
    prisoners.ConfidentialCitation.objects.bulk_create(
        prisoners.ConfidentialCitation(
            **{field: fact}, **{name: value for name, value in row.items() if name != "confidential"}
        )
        for field, fact, row in sources
        if row.get("confidential")
    )


def _statement(plan: PersonPlan, row: Row) -> prisoners.Statement:
    traits = plan.traits
    accused = traits.accusation
    reasons = "".join(f"<p>{each}</p>" for each in accused.why[:2] if "{" not in each and "[" not in each)
    where = traits.town
    about = accused.case_ru or "без всякого дела"
    return prisoners.Statement(
        title_ru=f"Преследуемые {about} в {where.locative} — политзаключённые",
        title_en=f"People held in {where.name_en} are political prisoners",
        text_ru=reasons,
        published_on=row["on"].earliest,
        url=f"https://example.org/statements/{traits.number + 100}",
    )


def _write_hidden_names(both: list[tuple[Any, PersonPlan]]) -> None:
    """What «initials only» keeps: the name, where staff find it and readers do not."""
    hidden = [(person, plan) for person, plan in both if plan.traits.by_initials]
    variants, private = [], []
    for person, plan in hidden:
        name, traits = plan.traits.name, plan.traits
        whole = " ".join(filter(None, (name.surname, name.given, name.patronymic)))
        fields = dict.fromkeys((f"{part}_{code}" for part in _NAMES for code in ("ru", "en")), "")
        fields |= {"surname_ru": name.surname, "given_names_ru": name.given, "patronymic_ru": name.patronymic}
        fields |= {"surname_en": name.surname_en, "given_names_en": name.given_en}
        fields |= {
            "slug": f"hidden-{traits.number}",
            "name_for_envelope": "",
            "born": traits.born.isoformat(),
        }
        moved = {"fields": {**fields, "envelope_name_confirmed": False}, "added": [whole], "variants": []}
        variants.append(
            prisoners.HiddenNameVariant(prisoner=person, text=whole, kind="other", searchable=False)
        )
        private.append(prisoners.PrisonerPrivate(prisoner=person, moved_names=moved))
    prisoners.HiddenNameVariant.objects.bulk_create(variants)
    prisoners.PrisonerPrivate.objects.bulk_create(private)


def _write_old_addresses(both: list[tuple[Any, PersonPlan]]) -> None:
    """A quarter of the pages had an address on the old site."""
    prisoners.OldAddress.objects.bulk_create(
        prisoners.OldAddress(path=f"figurant/{person.slug}/", prisoner=person)
        for person, plan in both
        if plan.traits.number % 4 == 0
        and plan.traits.slot.state == State.PUBLISHED
        and not plan.traits.by_initials
    )
