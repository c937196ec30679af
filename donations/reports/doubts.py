"""What the second person should look at before a proposed report is approved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assistance.models import TotalsPublication
from donations.choices import Fund, SpendingPurpose
from donations.display.money import money
from donations.display.people_helped import FIGURES
from donations.models.reports import FundReport, ProposedLine, ReportProposal
from donations.reports.sums import refuse_what_does_not_add_up

EURO = "EUR"


def doubts_about(proposal: ReportProposal) -> list[str]:
    """Sentences, the gravest first; none where nothing is to be said. Three statements."""
    lines = list(proposal.lines.all())
    return [
        *_sums(proposal, lines),
        *_neighbours(proposal, list(_newest(proposal.fund))),
        *_people(proposal, {line.purpose for line in lines}),
    ]


def _sums(proposal: ReportProposal, lines: Iterable[ProposedLine]) -> list[str]:
    try:
        refuse_what_does_not_add_up(proposal, lines)
    except ValidationError as error:
        return list(error.messages)
    return []


def _newest(fund: str) -> Iterator[FundReport]:
    """The current publication of each period of a fund."""
    rows = FundReport.objects.published().of(fund).order_by("period", "number")
    yield from {report.period: report for report in rows}.values()


def _neighbours(proposal: ReportProposal, reports: Iterable[FundReport]) -> Iterator[str]:
    day = timedelta(days=1)
    period = proposal.told_period
    for report in reports:
        told = report.told_period
        words = {"period": told.name, "sum": money(report.carried_to_euros, EURO)}
        if told.last + day == period.first and report.carried_to_euros != proposal.carried_from_euros:
            yield _("The report before, %(period)s, ends with %(sum)s: this one must begin with it.") % words
        elif period.last + day == told.first and report.carried_from_euros != proposal.carried_to_euros:
            words["sum"] = money(report.carried_from_euros, EURO)
            yield _("The report after, %(period)s, begins with %(sum)s: it must be corrected next.") % words
        elif report.period == proposal.period:
            yield _("This corrects a published report: both will be shown.")


def _people(proposal: ReportProposal, purposes: Iterable[str]) -> Iterator[str]:
    named = [SpendingPurpose(each).label for each in FIGURES if each in set(purposes)]
    if proposal.fund != Fund.PRISONERS or not named:
        return
    if not TotalsPublication.objects.published().filter(period=proposal.period).exists():
        yield _(
            "No totals of help are approved for this period: readers will not be told how many people it helped."
            " (%(purposes)s)"
        ) % {"purposes": ", ".join(map(str, named))}
