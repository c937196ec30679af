"""Reports as readers see them: sums, shares that say 100, people helped, what was corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from django.urls import reverse
from django.utils.translation import pgettext

from assistance.totals.periods import Period
from donations.choices import Fund, ReportSide, SpendingPurpose
from donations.display.money import money
from donations.display.people_helped import ApprovedTotals, Helped
from donations.display.report_chart import ReportChart, Told, chart_of
from donations.display.report_corrections import CHANGED, EURO, Correction, balance_rows, way_or_purpose
from donations.display.report_money import about, at_least, figures, has_cents, per_cent, rate_figures
from donations.models.campaigns import Campaign
from donations.models.reports import FundReport, ReportLine
from donations.reports.periods import is_three_years
from donations.reports.shares import shares
from memorial.base.shown_text import ShownText, shown_text
from prisoners.display.words import capital, date_words


@dataclass(frozen=True)
class BigFigure:
    """A sum, the words below it, and a line in smaller letters."""

    number: str
    words: str
    more: str = ""


@dataclass(frozen=True)
class Spending:
    """What was spent on one purpose: in euros, as a share, in which currencies, and whom it helped."""

    purpose: str
    words: str
    euros: str
    share: int
    width: str
    paid: str
    helped: Helped | None

    @property
    def share_words(self) -> str:
        """«41 %», "41%"."""
        return per_cent(self.share)


@dataclass(frozen=True)
class ShownLine:
    """A line as it was entered: what it tells of, the sum, the rate and its basis, and the sum in euros."""

    words: str
    campaign: ShownText | None
    campaign_url: str
    amount: str
    rate: str
    rate_on: str
    basis: ShownText | None
    euros: str


class ShownReport:
    """The report on a fund's period: the newest publication, and what it corrected."""

    def __init__(self, publications: Sequence[FundReport], helped: ApprovedTotals) -> None:
        self.report = publications[-1]
        self.earlier = list(publications[:-1])
        self._helped = helped
        lines = list(self.report.lines.all())
        self._received = [line for line in lines if line.side == ReportSide.RECEIVED]
        self._spent = [line for line in lines if line.side == ReportSide.SPENT]
        self.number_of_lines = sum(len(each.lines.all()) for each in publications)
        self._cents = has_cents(
            [
                *(line.euros for line in lines),
                *(amount for _words, amount, _sign in balance_rows(self.report)),
            ]
        )

    @property
    def fund(self) -> Fund:
        return Fund(self.report.fund)

    @property
    def fund_name(self) -> str:
        """«Нужды политзаключённых»."""
        return capital(str(self.fund.label))

    @property
    def period(self) -> Period:
        return self.report.told_period

    @property
    def as_of(self) -> str:
        return date_words(self.report.as_of)

    # --- What came in -------------------------------------------------------------------------------

    @property
    def received(self) -> list[ShownLine]:
        """What came in, line by line."""
        return [self._line(line) for line in self._received]

    @property
    def received_euros(self) -> str:
        return self.euros(self.report.received_euros)

    @cached_property
    def by_currency(self) -> list[tuple[str, Decimal]]:
        """What came in, in each currency, the largest in euros first."""
        return _by_currency(self._received)

    @property
    def received_sums(self) -> list[str]:
        """The same in words: never added up over currencies."""
        return [money(amount, currency) for currency, amount in self.by_currency]

    @property
    def by_campaign(self) -> list[tuple[ShownText, str, list[str]]]:
        """What came in for each campaign that readers see: title, address, sums by currency."""
        found: dict[int, tuple[Campaign, list[ReportLine]]] = {}
        for line in self._received:
            if line.campaign and line.campaign.is_published:
                found.setdefault(line.campaign.pk, (line.campaign, []))[1].append(line)
        return [
            (
                shown_text(campaign, "title"),
                _campaign_url(campaign),
                [money(amount, currency) for currency, amount in _by_currency(lines)],
            )
            for campaign, lines in found.values()
        ]

    # --- What was spent -----------------------------------------------------------------------------

    @property
    def whole(self) -> str:
        """What the shares say together."""
        return per_cent(sum(row.share for row in self.spending))

    @property
    def spent_euros(self) -> str:
        return self.euros(self.report.spent_euros)

    @cached_property
    def spending(self) -> list[Spending]:
        """What was spent by purpose, in the order of the list; shares are rounded and say 100 together."""
        found: dict[str, list[ReportLine]] = {}
        for purpose in SpendingPurpose.values:
            if lines := [line for line in self._spent if line.purpose == purpose]:
                found[purpose] = lines
        sums = [sum((line.euros for line in lines), Decimal(0)) for lines in found.values()]
        most = max(sums, default=Decimal(1))
        rows = zip(found.items(), sums, shares(sums), strict=True)
        return [
            Spending(
                purpose=purpose,
                words=capital(str(SpendingPurpose(purpose).label)),
                euros=self.euros(euros),
                share=share,
                width=f"{100 * euros / most:.1f}%",
                paid=self._paid(lines),
                helped=self._helped.helped_by(lines[0]),
            )
            for (purpose, lines), euros, share in rows
        ]

    def _paid(self, lines: Sequence[ReportLine]) -> str:
        """In which currencies it was paid; nothing where that was euros alone."""
        if all(line.currency == EURO for line in lines):
            return ""
        return " + ".join(money(amount, currency) for currency, amount in _by_currency(lines))

    @property
    def paid_at_rates(self) -> list[ShownLine]:
        """What was spent in other currencies than euros, with the rates."""
        return [self._line(line) for line in self._spent if line.currency != EURO]

    # --- The whole ----------------------------------------------------------------------------------

    @property
    def figures(self) -> list[BigFigure]:
        """The large numbers: received, spent, left. What was in one currency is told in it, roughly."""
        left = pgettext("figure of a report", "left for the next period")
        spent = pgettext("figure of a report", "spent")
        return [
            self._received_figure(),
            _big(self._spent, self.report.spent_euros, spent),
            BigFigure(money(self.report.carried_to_euros, EURO), left),
        ]

    def _received_figure(self) -> BigFigure:
        return _big(self._received, self.report.received_euros, pgettext("figure of a report", "received"))

    @property
    def balance(self) -> list[tuple[str, str, str]]:
        """What was there, came, went and is left: words, the sum, the sign before it."""
        return [(words, self.euros(amount), sign) for words, amount, sign in self._balance]

    @property
    def _balance(self) -> list[tuple[str, Decimal, str]]:
        return [row for row in balance_rows(self.report) if row[1] or row[2] != CHANGED]

    @property
    def left(self) -> str:
        return self.euros(self.report.carried_to_euros)

    @property
    def corrections(self) -> list[Correction]:
        """The newest first."""
        every = [*self.earlier, self.report]
        return [Correction(old, new) for old, new in pairwise(every)][::-1]

    @property
    def names_people(self) -> bool:
        """Whether people helped stand beside a sum."""
        return any(row.helped for row in self.spending)

    @property
    def received_words(self) -> str:
        """What came in, in a few words: «более 20 млн рублей, около 212 000 €»."""
        figure = self._received_figure()
        return f"{figure.number}, {figure.more}" if figure.more else figure.number

    @property
    def told(self) -> Told:
        return Told(self.period, self.report.received_euros, self.report.spent_euros)

    def euros(self, amount: Decimal) -> str:
        """A sum of this report in a column headed «€»: all with cents, or none."""
        return figures(amount, cents=self._cents)

    def _line(self, line: ReportLine) -> ShownLine:
        campaign = line.campaign if line.campaign and line.campaign.is_published else None
        return ShownLine(
            words=way_or_purpose(line),
            campaign=shown_text(campaign, "title") if campaign else None,
            campaign_url=_campaign_url(campaign) if campaign else "",
            amount=money(line.amount, line.currency),
            rate=rate_figures(line.per_euro) if line.per_euro else "",
            rate_on=date_words(line.rate_on) if line.rate_on else "",
            basis=shown_text(line, "rate_basis") if line.per_euro else None,
            euros=self.euros(line.euros),
        )


@dataclass(frozen=True)
class ShownFund:
    """One fund with its reports, the newest first, and their picture."""

    fund: Fund
    reports: list[ShownReport]

    @property
    def name(self) -> str:
        return capital(str(self.fund.label))

    @cached_property
    def chart(self) -> ReportChart | None:
        return chart_of([shown.told for shown in self.reports])

    @property
    def has_campaigns(self) -> bool:
        """Whether money came in for a campaign that readers see."""
        return any(shown.by_campaign for shown in self.reports)

    @property
    def three_years(self) -> ShownReport | None:
        """The report on the project's first three years, where there is one."""
        return next((shown for shown in self.reports if is_three_years(shown.period)), None)


def by_fund(publications: Iterable[FundReport], helped: ApprovedTotals) -> list[ShownFund]:
    """The reports of each fund that has any, in the order of the list, the newest period first.

    Of those that end together the longest comes first.
    """
    found: dict[tuple[str, str], list[FundReport]] = defaultdict(list)
    for publication in publications:
        found[publication.fund, publication.period].append(publication)
    shown = [ShownReport(rows, helped) for rows in found.values()]
    shown.sort(key=lambda each: (-each.period.last.toordinal(), each.period.first.toordinal()))
    funds = [ShownFund(fund, [each for each in shown if each.fund == fund]) for fund in Fund]
    return [each for each in funds if each.reports]


def all_reports() -> list[ShownFund]:
    """Everything that is published, in four statements."""
    return by_fund(FundReport.objects.published().for_detail(), ApprovedTotals.read())


def latest_spending(on: date) -> ShownReport | None:
    """The newest report of the prisoners' fund that was published by a day, of those that end together the shortest.

    For the page that asks for money; None where there is none.
    """
    reports = FundReport.objects.published().of(Fund.PRISONERS).filter(published_on__lte=on).for_detail()
    funds = by_fund(reports, ApprovedTotals.read())
    if not funds:
        return None
    return min(
        funds[0].reports, key=lambda each: (-each.period.last.toordinal(), -each.period.first.toordinal())
    )


def _big(lines: Iterable[ReportLine], euros: Decimal, words: str) -> BigFigure:
    sums = _by_currency(lines)
    if len(sums) == 1 and sums[0][0] != EURO:
        currency, amount = sums[0]
        return BigFigure(at_least(amount, currency), words, about(euros, EURO))
    return BigFigure(money(euros, EURO), words)


def _by_currency(lines: Iterable[ReportLine]) -> list[tuple[str, Decimal]]:
    sums: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for line in lines:
        sums[line.currency][0] += line.amount
        sums[line.currency][1] += line.euros
    ordered = sorted(sums.items(), key=lambda item: (-item[1][1], item[0]))
    return [(currency, amount) for currency, (amount, _euros) in ordered]


def _campaign_url(campaign: Campaign) -> str:
    return reverse("donations:campaign-detail", args=[campaign.slug])
