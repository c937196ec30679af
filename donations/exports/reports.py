"""Published reports as files: all of them, those of a fund, or that on one period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from donations.choices import Fund
from donations.display.people_helped import ApprovedTotals
from donations.models.reports import FundReport, FundReportQuerySet
from donations.opendata import REPORTS_TABLE, ReportRow, balance_sides
from donations.reports.periods import report_period_of
from memorial.base.opendata.lists import OpenList, Selection
from prisoners.display.words import capital


def report_rows(reports: FundReportQuerySet) -> Iterator[ReportRow]:
    """Every line and balance ever published of these, in the order of funds, periods and publications."""
    publications = list(reports.for_detail())
    newest = {(each.fund, each.period): each.number for each in publications}
    totals = ApprovedTotals.read()
    for report in publications:
        is_current = report.number == newest[report.fund, report.period]
        lines = list(report.lines.all())
        for number, line in enumerate(lines, 1):
            yield ReportRow(report, number, line.side, line.euros, is_current, line, totals.helped_by(line))
        for number, (side, euros) in enumerate(balance_sides(report), len(lines) + 1):
            yield ReportRow(report, number, side, euros, is_current)


def select_reports(asked: QueryDict, _on: date) -> Selection:
    """By `fund` and `period`; a word that is none of ours is passed over, as on other lists."""
    fund, period = asked.get("fund", ""), asked.get("period", "")
    reports, kept = FundReport.objects.published(), {}
    if fund in Fund.values:
        reports, kept["fund"] = reports.of(fund), fund
    if _is_period(period):
        reports, kept["period"] = reports.filter(period=period), period

    def described() -> str:
        words = [capital(str(Fund(kept["fund"]).label))] if "fund" in kept else []
        words += [report_period_of(kept["period"]).name] if "period" in kept else []
        return "; ".join(words) or _("All published reports")

    return Selection(lambda: report_rows(reports), described, urlencode(kept))


def _is_period(code: str) -> bool:
    try:
        report_period_of(code)
    except ValueError:
        return False
    return True


REPORT_LIST: Final = OpenList(REPORTS_TABLE, "donations:report-list", select_reports)
