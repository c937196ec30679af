"""What cases tell of people, handed to the words for people, which know nothing of cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from cases.belongings import load_charges, load_record
from cases.choices import CaseKind
from cases.display.charges import ShownCharge, charges_line
from cases.display.person_record import PersonRecord, shown_charges_of
from cases.models import Prosecution
from memorial.base.page_sections import PageSection
from prisoners.display.facts import Told, Value, region_value
from prisoners.display.people import PersonCard
from prisoners.models import Prisoner


def record_of(person: Prisoner, on: date) -> PersonRecord:
    """What the cases that readers may know of say of a person."""
    return PersonRecord(person, on, load_record(person, on))


def told_by(record: PersonRecord, sections: Iterable[PageSection] = ()) -> Told:
    """What the record says in the place of the person's own lines (docs/decisions/0011).

    `sections` are those that others add to the page.
    """
    return Told(
        charges=tuple(_charge(each) for each in shown_charges_of(record.loaded.prosecutions)),
        sentence=tuple(record.sentence),
        ruling=tuple(record.ruling),
        cases=tuple(Value(case.title, case.url) for case in record.cases),
        regions=tuple(_regions(record)),
        no_proceedings=bool(record.cases)
        and all(each.case.kind == CaseKind.NO_PROCEEDINGS for each in record.cases),
        sources=tuple(record.sources),
        sections=dict(_sections(record)) | {one.anchor: one.title for one in sections},
    )


def cards_of(people: Iterable[Prisoner], on: date) -> list[PersonCard]:
    """People as a list shows them, with the charges that their cases tell; in two statements more."""
    known = list(people)
    prosecutions = load_charges(known)
    return [PersonCard(person, on, _line(prosecutions.get(person.pk, []))) for person in known]


def _line(prosecutions: list[Prosecution]) -> Told:
    charges = shown_charges_of(prosecutions)
    return Told(charges_line=charges_line(charges) or None)


def _charge(charge: ShownCharge) -> Value:
    return Value(charge.words, charge.url)


def _regions(record: PersonRecord) -> list[Value]:
    """Each region of the cases once."""
    found = {each.case.region_id: each.case.region for each in record.cases if each.case.region}
    return [region_value(region) for region in found.values()]


def _sections(record: PersonRecord) -> Iterator[tuple[str, str]]:
    if record.cases:
        yield "case", _("Cases") if len(record.cases) > 1 else _("Case")
    if record.chronology:
        yield "course", _("Course of events")
    if record.documents:
        yield "documents", _("Documents")
    if record.findings:
        yield "findings", _("International findings")
    if record.together:
        yield "together", _("In the same case")
    if record.relatives:
        yield "relatives", _("Relatives")
