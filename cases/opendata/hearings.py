"""The table of hearings: day and time by the court's own clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from cases.display.hearings import ShownHearing
from cases.models import Hearing
from cases.opendata.documents import CASE_LINK, case_id
from memorial.base.opendata.columns import Column, Kind, Link, Table, code_or_none, in_each_language
from memorial.base.opendata.portions import once_a_language
from memorial.base.opendata.usual import date_text


@dataclass(frozen=True)
class HearingRow:
    """A hearing on one day. Uses what `for_calendar()` loads."""

    hearing: Hearing
    on: date

    @property
    def pk(self) -> int:
        """The hearing's number, by which rows are put in order; it is in no column."""
        return self.hearing.pk

    @property
    def case(self) -> Any:
        return self.hearing.case

    @cached_property
    def _shown(self) -> dict[str, ShownHearing]:
        return {}

    @property
    def shown(self) -> ShownHearing:
        """The hearing in words of the active language."""
        return once_a_language(self._shown, lambda: ShownHearing(self.hearing, self.on))

    @property
    def people(self) -> list[str]:
        """Identifiers of those whom it concerns, where it is not the whole case."""
        return sorted(link.prosecution.prisoner.slug for link in self.hearing.people.all())


def _court(row: HearingRow) -> str | None:
    court = row.hearing.court
    return court.slug if court is not None and court.is_published else None


HEARINGS: Final = Table(
    name="hearings",
    title=_("Hearings"),
    description=_("Hearings in political cases. What lies ahead may be put off."),
    columns=(
        Column(
            "id",
            Kind.TEXT,
            _("Identifier"),
            _("The same as in the calendars of this site."),
            lambda row: str(row.hearing.uid),
            "cases.Hearing.uid",
        ),
        Column("case", Kind.TEXT, _("Case"), _("The identifier of the case."), case_id, "cases.Hearing.case"),
        Column(
            "day",
            Kind.DATE,
            _("Day"),
            _("The day of the hearing."),
            lambda row: date_text(row.hearing.on),
            "cases.Hearing.on",
        ),
        Column(
            "time",
            Kind.TEXT,
            _("Time"),
            _("By the clock of the court’s town, where it is known."),
            lambda row: code_or_none(row.shown.time),
            "cases.Hearing.at",
        ),
        Column(
            "utc_offset",
            Kind.TEXT,
            _("Offset"),
            _("How that clock stands to UTC."),
            lambda row: code_or_none(row.shown.zone),
            "cases.Court.time_zone",
        ),
        Column(
            "court", Kind.TEXT, _("Court"), _("The identifier of the court."), _court, "cases.Hearing.court"
        ),
        Column(
            "room",
            Kind.TEXT,
            _("Room"),
            _("As the court numbers it."),
            lambda row: code_or_none(row.hearing.room),
            "cases.Hearing.room",
        ),
        *in_each_language(
            "subject",
            Kind.TEXT,
            _("What is heard"),
            _("In words."),
            lambda row: str(row.shown.subject),
            source="cases.Hearing.subject",
        ),
        Column(
            "instance",
            Kind.CODE,
            _("Instance"),
            _("First, appeal, cassation and so on."),
            lambda row: row.hearing.instance,
            "cases.Hearing.instance",
        ),
        Column(
            "access",
            Kind.CODE,
            _("Open to the public"),
            _("open, closed, unknown."),
            lambda row: row.hearing.access,
            "cases.Hearing.access",
        ),
        Column(
            "state",
            Kind.CODE,
            _("State"),
            _("Planned, held, postponed, cancelled."),
            lambda row: row.hearing.hearing_state,
            "cases.Hearing.hearing_state",
        ),
        Column(
            "people",
            Kind.CODES,
            _("People"),
            _("Identifiers of those whom it concerns, where it is not the whole case."),
            lambda row: row.people,
            "cases.HearingPerson",
        ),
    ),
    key=("id",),
    links=(CASE_LINK, Link("court", "courts", "id"), Link("people", "people", "id")),
)
