"""The table of cases: as their list shows them, of published people only and with no number of others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from cases.display.case_page import CaseRow
from cases.models import Case, Hearing
from memorial.base.localized import current_language
from memorial.base.opendata.columns import Column, Kind, Link, Table, code_or_none, in_each_language
from memorial.base.opendata.portions import once_a_language
from memorial.base.opendata.usual import date_text, page_columns, text_columns
from prisoners.models import Prisoner
from prisoners.names import name_in
from prisoners.opendata.places import REGION_CODE


@dataclass(frozen=True)
class CaseData:
    """A case on one day. Uses what `Case.objects.for_list()` loads."""

    case: Case
    on: date

    @property
    def pk(self) -> int:
        """The case's number, by which rows are put in order; it is in no column."""
        return self.case.pk

    @property
    def region(self) -> Any:
        return self.case.region

    @cached_property
    def _rows(self) -> dict[str, CaseRow]:
        return {}

    @property
    def stage(self) -> str:
        """In the active language."""
        return once_a_language(self._rows, lambda: CaseRow(self.case, self.on)).stage

    @cached_property
    def people(self) -> list[Prisoner]:
        """Its published people, in the order of their addresses."""
        people = (each.prisoner for each in self.case.prosecutions.all())
        return sorted(people, key=lambda person: person.slug)

    @property
    def names(self) -> list[str]:
        """Their names in the active language, of those who have one in it."""
        names = (name_in(person, current_language()) for person in self.people)
        return [name.full for name in names if name.exists and name.language == current_language()]

    @property
    def next_hearing(self) -> Hearing | None:
        ahead: list[Hearing] = self.case.hearings_ahead  # type: ignore[attr-defined]  # for_list() loads it
        return ahead[0] if ahead else None


def _case(row: CaseData) -> Case:
    return row.case


_ABOUT: Final = [
    *page_columns("cases.Case.slug", _case),
    *text_columns(
        "title", _("Title"), _("What the case is called."), source="cases.Case.title", record=_case
    ),
    Column(
        "kind",
        Kind.CODE,
        _("Kind"),
        _("Criminal, administrative, extradition, no proceedings."),
        lambda row: row.case.kind,
        "cases.Case.kind",
    ),
    *text_columns(
        "summary", _("In short"), _("In one or two sentences."), source="cases.Case.summary", record=_case
    ),
    Column(
        "number",
        Kind.TEXT,
        _("Number of the case"),
        _("As the court or the investigators count it."),
        lambda row: code_or_none(row.case.number),
        "cases.Case.number",
    ),
    Column(
        "opened",
        Kind.DATE,
        _("Opened"),
        _("When the case was opened."),
        lambda row: date_text(row.case.opened),
        "cases.Case.opened",
    ),
    *text_columns(
        "investigating_body",
        _("Investigated by"),
        _("Who investigates or investigated."),
        source="cases.Case.investigating_body",
        record=_case,
    ),
    Column(
        "theme",
        Kind.CODE,
        _("Theme"),
        _("What the prosecution is about, by its code."),
        lambda row: row.case.theme.code if row.case.theme else None,
        "cases.Case.theme",
    ),
    REGION_CODE,
]
_STATE: Final = [
    Column(
        "people",
        Kind.CODES,
        _("People"),
        _("Identifiers of the people of the case who have pages; there may be others."),
        lambda row: [person.slug for person in row.people],
        "cases.Prosecution",
    ),
    *in_each_language(
        "people_names",
        Kind.CODES,
        _("Names of the people"),
        _("Of the same people, as far as they have one."),
        lambda row: row.names,
        source="cases.Prosecution",
    ),
    *in_each_language(
        "stage",
        Kind.TEXT,
        _("Stage"),
        _("How far the prosecutions have come, in words."),
        lambda row: code_or_none(row.stage),
        source="cases.display.people.stages_line",
    ),
    Column(
        "next_hearing",
        Kind.DATE,
        _("Next hearing"),
        _("The day of the next hearing that we know of."),
        lambda row: date_text(row.next_hearing.on) if row.next_hearing else None,
        "cases.Hearing.on",
    ),
    Column(
        "updated_on",
        Kind.DATE,
        _("Updated on"),
        _("The day of the last event."),
        lambda row: date_text(row.case.updated_on),
        "cases.Case.updated_on",
    ),
]
CASES: Final = Table(
    name="cases",
    title=_("Cases"),
    description=_("Political cases, and those of their people who have pages."),
    columns=(*_ABOUT, *_STATE),
    key=("id",),
    links=(Link("region_code", "regions", "code"), Link("people", "people", "id")),
)
