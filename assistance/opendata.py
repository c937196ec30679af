"""The table of approved totals: one row a number, corrections beside what they corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assistance.display.totals import figure_name
from assistance.models import PublicTotal, TotalsPublication
from assistance.totals.figures import UKRAINIANS
from assistance.totals.periods import Period, period_of
from memorial.base.opendata.columns import Column, Kind, Table, in_each_language
from memorial.base.opendata.usual import own_text
from memorial.base.shown_text import ShownText


@dataclass(frozen=True)
class TotalRow:
    """A number with its publication; `is_current` where no correction took its place."""

    publication: TotalsPublication
    total: PublicTotal
    is_current: bool

    @property
    def period(self) -> Period:
        return period_of(self.publication.period)

    @property
    def name(self) -> str:
        """What is counted, in words of the active language."""
        name = figure_name(self.total)
        return name.text if isinstance(name, ShownText) else name


_PERIOD = "assistance.TotalsPublication.period"

TOTALS_TABLE: Final = Table(
    name="help-given",
    title=_("People helped"),
    description=_(
        "Approved totals of people helped, for fixed periods that are over. Distinct people are counted:"
        " rows must not be added up. Numbers below five are withheld, and others beside them."
    ),
    columns=(
        Column(
            "period",
            Kind.CODE,
            _("Period"),
            _("first-three-years; 2024 is a year, 2024-1 its first half."),
            lambda row: row.publication.period,
            _PERIOD,
        ),
        Column(
            "first_day",
            Kind.DATE,
            _("First day"),
            _("The first day of the period."),
            lambda row: row.period.first.isoformat(),
            _PERIOD,
        ),
        Column(
            "last_day",
            Kind.DATE,
            _("Last day"),
            _("The last day of the period."),
            lambda row: row.period.last.isoformat(),
            _PERIOD,
        ),
        Column(
            "publication",
            Kind.INTEGER,
            _("Publication"),
            _("1 are the first totals of the period; each correction has the next number."),
            lambda row: row.publication.number,
            "assistance.TotalsPublication.number",
        ),
        Column(
            "is_current",
            Kind.BOOLEAN,
            _("Current"),
            _("Whether no correction took its place."),
            lambda row: row.is_current,
            "assistance.TotalsPublication.number",
        ),
        Column(
            "figure",
            Kind.CODE,
            _("Figure"),
            _("The programme, and after a colon the stage, the right or the kind of item."),
            lambda row: row.total.figure,
            "assistance.PublicTotal.figure",
        ),
        *in_each_language(
            "name",
            Kind.TEXT,
            pgettext_lazy("of a thing", "Name"),
            _("What is counted."),
            lambda row: row.name,
            source="assistance.display.totals.figure_name",
        ),
        Column(
            "people",
            Kind.INTEGER,
            _("People"),
            _("Distinct people; nothing where the number is withheld."),
            lambda row: row.total.people,
            "assistance.PublicTotal.people",
        ),
        Column(
            "is_withheld",
            Kind.BOOLEAN,
            _("Withheld"),
            _("The number is below five, or would tell one that is."),
            lambda row: row.total.people is None,
            "assistance.PublicTotal.people",
        ),
        Column(
            "is_at_least",
            Kind.BOOLEAN,
            _("At least"),
            _("There are certainly so many, and perhaps more: what is not known is not counted."),
            lambda row: row.total.figure == UKRAINIANS,
            "assistance.PublicTotal.figure",
        ),
        Column(
            "as_of",
            Kind.DATE,
            _("As of"),
            _("The day on which the records were counted."),
            lambda row: row.publication.as_of.isoformat(),
            "assistance.TotalsPublication.as_of",
        ),
        Column(
            "published_on",
            Kind.DATE,
            _("Published"),
            _("The day on which the totals were approved."),
            lambda row: row.publication.published_on.isoformat(),
            "assistance.TotalsPublication.published_on",
        ),
        *in_each_language(
            "reason",
            Kind.TEXT,
            _("Reason of the correction"),
            _("Why the totals were corrected; nothing for first totals."),
            lambda row: own_text(row.publication, "reason"),
            source="assistance.TotalsPublication.reason",
        ),
    ),
    key=("period", "publication", "figure"),
)
