"""The table of reports on money: one row a line, corrections beside what they corrected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from assistance.choices import Currency
from assistance.totals.periods import Period
from donations.choices import Fund, ReportSide
from donations.display.people_helped import Helped
from donations.display.report_corrections import way_or_purpose
from donations.models.reports import FundReport, ReportLine
from memorial.base.opendata.columns import Column, Kind, Table, code_or_none, in_each_language
from memorial.base.opendata.usual import own_text

CARRIED_FROM: Final = "carried_from"
EXCHANGE_GAIN: Final = "exchange_gain"
EXCHANGE_LOSS: Final = "exchange_loss"
CARRIED_TO: Final = "carried_to"


@dataclass(frozen=True)
class ReportRow:
    """A line of a publication, or a sum of its balance; `is_current` where no correction took its place."""

    report: FundReport
    number: int
    side: str
    euros: Decimal
    is_current: bool
    line: ReportLine | None = None
    helped: Helped | None = None

    @property
    def period(self) -> Period:
        return self.report.told_period

    @property
    def name(self) -> str:
        """What the row tells of, in words of the active language."""
        if self.line:
            return way_or_purpose(self.line)
        return {
            CARRIED_FROM: pgettext("balance", "There at the beginning"),
            EXCHANGE_GAIN: pgettext("balance", "More, because rates changed"),
            EXCHANGE_LOSS: pgettext("balance", "Less, because rates changed"),
            CARRIED_TO: pgettext("balance", "Left for the next period"),
        }[self.side]

    @property
    def campaign(self) -> str | None:
        """The last part of the campaign's address; None without one, or where it is not shown."""
        campaign = self.line.campaign if self.line else None
        return campaign.slug if campaign and campaign.is_published else None


def balance_sides(report: FundReport) -> Iterator[tuple[str, Decimal]]:
    """What is no line: what was there, what changed rates made of it, what is left. None below nought."""
    yield CARRIED_FROM, report.carried_from_euros
    if report.exchange_euros:
        side = EXCHANGE_GAIN if report.exchange_euros > 0 else EXCHANGE_LOSS
        yield side, abs(report.exchange_euros)
    yield CARRIED_TO, report.carried_to_euros


def _of_line(row: ReportRow, name: str) -> str | None:
    return code_or_none(getattr(row.line, name)) if row.line else None


_REPORT: Final = "donations.FundReport"
_LINE: Final = "donations.ReportLine"

REPORTS_TABLE: Final = Table(
    name="money",
    title=_("Reports on money"),
    description=_(
        "Approved reports on money that came in and was spent, for fixed periods that are over. The two funds"
        " are apart: their sums must not be added up, nor those of periods that overlap. In each publication"
        " carried_from + received + exchange_gain − exchange_loss − spent = carried_to, in euros."
        " Who gave, and how many people did, stands nowhere."
    ),
    columns=(
        Column(
            "fund",
            Kind.CODE,
            _("Fund"),
            _("prisoners: needs of political prisoners; organisation: the organisation’s work."),
            lambda row: row.report.fund,
            f"{_REPORT}.fund",
        ),
        *in_each_language(
            "fund_name",
            Kind.TEXT,
            _("Name of the fund"),
            _("Whose money it is."),
            lambda row: str(Fund(row.report.fund).label),
            source=f"{_REPORT}.fund",
        ),
        Column(
            "period",
            Kind.CODE,
            _("Period"),
            _(
                "first-three-years; 2024 is a year, 2024-1 its first half, 2024-q3 its third quarter, 2024-m07 July."
            ),
            lambda row: row.report.period,
            f"{_REPORT}.period",
        ),
        Column(
            "first_day",
            Kind.DATE,
            _("First day"),
            _("The first day of the period."),
            lambda row: row.period.first.isoformat(),
            f"{_REPORT}.period",
        ),
        Column(
            "last_day",
            Kind.DATE,
            _("Last day"),
            _("The last day of the period."),
            lambda row: row.period.last.isoformat(),
            f"{_REPORT}.period",
        ),
        Column(
            "publication",
            Kind.INTEGER,
            _("Publication"),
            _("1 is the first report on the period; each correction has the next number."),
            lambda row: row.report.number,
            f"{_REPORT}.number",
        ),
        Column(
            "is_current",
            Kind.BOOLEAN,
            _("Current"),
            _("Whether no correction took its place."),
            lambda row: row.is_current,
            f"{_REPORT}.number",
        ),
        Column(
            "row", Kind.INTEGER, _("Row"), _("The place in the publication."), lambda row: row.number, _LINE
        ),
        Column(
            "side",
            Kind.CODE,
            _("Side"),
            _("received, spent, or of the balance: carried_from, exchange_gain, exchange_loss, carried_to."),
            lambda row: row.side,
            f"{_LINE}.side",
        ),
        Column(
            "way",
            Kind.CODE,
            _("Way"),
            _("By which way the money came in."),
            lambda row: _of_line(row, "way"),
            f"{_LINE}.way",
        ),
        Column(
            "campaign",
            Kind.CODE,
            _("Campaign"),
            _("The last part of the address of the campaign that it came in for."),
            lambda row: row.campaign,
            f"{_LINE}.campaign",
        ),
        Column(
            "purpose",
            Kind.CODE,
            _("Purpose"),
            _("What the money was spent on."),
            lambda row: _of_line(row, "purpose"),
            f"{_LINE}.purpose",
        ),
        *in_each_language(
            "name",
            Kind.TEXT,
            pgettext_lazy("of a thing", "Name"),
            _("The way, the purpose or the part of the balance."),
            lambda row: row.name,
            source="donations.opendata.ReportRow.name",
        ),
        Column(
            "currency",
            Kind.CODE,
            _("Currency"),
            _("ISO 4217."),
            lambda row: row.line.currency if row.line else Currency.EUR.value,
            f"{_LINE}.currency",
        ),
        Column(
            "amount",
            Kind.DECIMAL,
            _("Sum"),
            _("The sum in its own currency."),
            lambda row: row.line.amount if row.line else row.euros,
            f"{_LINE}.amount",
        ),
        Column(
            "per_euro",
            Kind.DECIMAL,
            _("For one euro"),
            _("How much of the currency one euro was; nothing for euros."),
            lambda row: row.line.per_euro if row.line else None,
            f"{_LINE}.per_euro",
        ),
        Column(
            "rate_on",
            Kind.DATE,
            _("Rate of the day"),
            _("The day of the rate, or the last day that it is an average of."),
            lambda row: row.line.rate_on.isoformat() if row.line and row.line.rate_on else None,
            f"{_LINE}.rate_on",
        ),
        *in_each_language(
            "rate_basis",
            Kind.TEXT,
            _("Basis of the rate"),
            _("Whose rate it is."),
            lambda row: own_text(row.line, "rate_basis") if row.line else None,
            source=f"{_LINE}.rate_basis",
        ),
        Column(
            "euros",
            Kind.DECIMAL,
            _("In euros"),
            _("The sum in euros at the rate, to the cent."),
            lambda row: row.euros,
            f"{_LINE}.euros",
        ),
        Column(
            "people_helped",
            Kind.INTEGER,
            pgettext_lazy("how many", "People helped"),
            _(
                "How many people the money of the purpose helped in the same period, as approved when the report was."
            ),
            lambda row: row.helped.people if row.helped else None,
            f"{_LINE}.helped",
        ),
        Column(
            "people_helped_now",
            Kind.INTEGER,
            _("People helped, as corrected"),
            _("The same number as it is approved now."),
            lambda row: row.helped.now if row.helped else None,
            "assistance.PublicTotal.people",
        ),
        Column(
            "as_of",
            Kind.DATE,
            _("As of"),
            _("The day on which the accounts were drawn up."),
            lambda row: row.report.as_of.isoformat(),
            f"{_REPORT}.as_of",
        ),
        Column(
            "published_on",
            Kind.DATE,
            _("Published"),
            _("The day on which the report was approved."),
            lambda row: row.report.published_on.isoformat(),
            f"{_REPORT}.published_on",
        ),
        *in_each_language(
            "reason",
            Kind.TEXT,
            _("Reason of the correction"),
            _("Why the report was corrected; nothing for a first one."),
            lambda row: own_text(row.report, "reason"),
            source=f"{_REPORT}.reason",
        ),
    ),
    key=("fund", "period", "publication", "row"),
)

SIDES: Final = (*ReportSide.values, CARRIED_FROM, EXCHANGE_GAIN, EXCHANGE_LOSS, CARRIED_TO)
"""Every value of the column `side`."""
