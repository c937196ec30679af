"""Tables of courts and of officials in office."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from memorial.base.localized import current_language
from memorial.base.opendata.columns import Column, Kind, Link, Table, code_or_none, in_each_language
from memorial.base.opendata.usual import date_text, page_columns, text_columns
from prisoners.opendata.places import REGION_CODE

COURTS: Final = Table(
    name="courts",
    title=_("Courts"),
    description=_("Courts that try political cases."),
    columns=(
        *page_columns("cases.Court.slug"),
        *in_each_language(
            "name",
            Kind.TEXT,
            pgettext_lazy("of a thing", "Name"),
            _("In quotes where Russia set the court up in occupied territory."),
            lambda row: row.shown_name,
            source="cases.Court.name",
        ),
        Column(
            "level",
            Kind.CODE,
            _("Level"),
            _("What kind of court it is."),
            lambda row: row.level,
            "cases.Court.level",
        ),
        REGION_CODE,
        *text_columns("town", _("Town"), _("Where it sits."), source="cases.Court.town"),
        Column(
            "in_occupied_territory",
            Kind.BOOLEAN,
            _("In occupied territory"),
            _("Whether Russia set it up in occupied territory."),
            lambda row: row.in_occupied_territory,
            "cases.Court.in_occupied_territory",
        ),
        Column(
            "time_zone",
            Kind.CODE,
            _("Time zone"),
            _("As in the IANA database: hearings are told in it."),
            lambda row: code_or_none(row.time_zone),
            "cases.Court.time_zone",
        ),
        Column(
            "closed_on",
            Kind.DATE,
            _("Abolished on"),
            _("Empty while it exists."),
            lambda row: date_text(row.closed_on),
            "cases.Court.closed_on",
        ),
    ),
    key=("id",),
    links=(Link("region_code", "regions", "code"),),
)


def _court(row: Any) -> str | None:
    """The court of an official, where it has a page."""
    return row.court.slug if row.court is not None and row.court.is_published else None


def _name(row: Any) -> str | None:
    name = row.name
    return name.full if name.exists and name.language == current_language() else None


OFFICIALS: Final = Table(
    name="officials",
    title=_("Officials"),
    description=_(
        "Officials whose part in a political case, or a sanction, two people of the staff confirmed."
    ),
    columns=(
        *page_columns("cases.Official.slug"),
        *in_each_language("name", Kind.TEXT, _("Name"), _("The whole name."), _name, source="cases.Official"),
        Column(
            "kind",
            Kind.CODE,
            _("Kind of office"),
            _("Judge, prosecutor, investigator and others."),
            lambda row: row.kind,
            "cases.Official.kind",
        ),
        *text_columns(
            "office",
            pgettext_lazy("of an official", "Office"),
            _("What the office is or was."),
            source="cases.Official.office",
        ),
        Column(
            "court",
            Kind.TEXT,
            _("Court"),
            _("The identifier of the court, where it has a page."),
            _court,
            "cases.Official.court",
        ),
    ),
    key=("id",),
    links=(Link("court", "courts", "id"),),
)
