"""Tables of institutions and regions, as their pages show them."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from memorial.base.opendata.columns import Column, Kind, Link, Table, code_or_none, in_each_language
from memorial.base.opendata.usual import date_text, page_columns, text_columns

REGION_CODE: Final = Column(
    "region_code",
    Kind.CODE,
    _("Region, code"),
    _("ISO 3166-2; occupied regions have their Ukrainian codes."),
    lambda row: row.region.code if row.region else None,
    "prisoners.Region.code",
)
"""For whatever has a region."""


FACILITIES: Final = Table(
    name="facilities",
    title=_("Institutions"),
    description=_("Where people are held, and how to write there."),
    columns=(
        *page_columns("prisoners.Facility.slug"),
        *text_columns(
            "name",
            pgettext_lazy("of a thing", "Name"),
            _("As people say it."),
            source="prisoners.Facility.name",
        ),
        Column(
            "kind",
            Kind.CODE,
            _("What it is"),
            _("The kind of institution."),
            lambda row: row.kind,
            "prisoners.Facility.kind",
        ),
        REGION_CODE,
        Column(
            "in_occupied_territory",
            Kind.BOOLEAN,
            _("In occupied territory"),
            _("Whether it lies in territory that Russia occupies."),
            lambda row: row.in_occupied_territory,
            "prisoners.Facility.in_occupied_territory",
        ),
        Column(
            "address",
            Kind.TEXT,
            _("Address for letters"),
            _("In Russian, as it stands on an envelope."),
            lambda row: row.address_line if row.has_address else None,
            "prisoners.Facility",
        ),
        Column(
            "letters",
            Kind.CODE,
            _("Letters"),
            _("Whether letters arrive."),
            lambda row: row.accepts_letters,
            "prisoners.Facility.accepts_letters",
        ),
        Column(
            "address_checked_on",
            Kind.DATE,
            _("Address checked on"),
            _("The day on which the address was last checked."),
            lambda row: date_text(row.address_checked_on),
            "prisoners.Facility.address_checked_on",
        ),
    ),
    key=("id",),
    links=(Link("region_code", "regions", "code"),),
)
REGIONS: Final = Table(
    name="regions",
    title=_("Regions"),
    description=_("Regions of Russia and of Ukraine, under their own names."),
    columns=(
        Column("code", Kind.CODE, _("Code"), _("ISO 3166-2."), lambda row: row.code, "prisoners.Region.code"),
        *in_each_language(
            "name",
            Kind.TEXT,
            pgettext_lazy("of a thing", "Name"),
            _("As readers see it; whether it is occupied."),
            lambda row: row.shown_name,
            source="prisoners.Region.name",
        ),
        Column(
            "country",
            Kind.CODE,
            _("Country"),
            _("ISO 3166-1."),
            lambda row: code_or_none(row.country),
            "prisoners.Region.country",
        ),
        Column(
            "occupied",
            Kind.CODE,
            _("Occupied"),
            _("no, partly, yes: whether Russia occupies it."),
            lambda row: row.occupied,
            "prisoners.Region.occupied",
        ),
    ),
    key=("code",),
)
