"""What happened to the money: the list of reports, and one report."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from donations.display.reports import ShownFund, ShownReport, all_reports
from donations.pages import report_list_page, report_page
from memorial.base.page_head import PageHead
from memorial.base.public_pages import public_page


@method_decorator(public_page(depends_on_date=False), name="dispatch")
class ReportListView(TemplateView):
    """The reports of both funds, the newest first, what came in and what was spent over the years."""

    template_name = "donations/report_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        funds = all_reports()
        said = _("What came in by currency, period and campaign, and what it was spent on.")
        return super().get_context_data(**kwargs) | {
            "head": PageHead(_("Reports on money"), said, report_list_page()),
            "funds": funds,
            "rows": sum(shown.number_of_lines for fund in funds for shown in fund.reports),
        }


@method_decorator(public_page(depends_on_date=False), name="dispatch")
class ReportDetailView(TemplateView):
    """The report on one fund's period."""

    template_name = "donations/report_detail.html"

    @cached_property
    def fund(self) -> ShownFund:
        """The fund of the address with all its reports. Raises Http404 where it has none."""
        found = next((fund for fund in all_reports() if fund.fund == self.kwargs["fund"]), None)
        if found is None:
            raise Http404
        return found

    @cached_property
    def shown(self) -> ShownReport:
        """The report of the address. Raises Http404 for a period without one."""
        asked = self.kwargs["report_period"]
        found = next((shown for shown in self.fund.reports if shown.report.period == asked), None)
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = self.shown
        words = {"period": shown.period.name, "fund": shown.fund_name}
        said = _("%(fund)s, %(period)s: what came in, what it was spent on, and what is left.") % words
        return super().get_context_data(**kwargs) | {
            "head": PageHead(self._title(), said, report_page(shown.report.fund, shown.report.period)),
            "shown": shown,
            "others": self.fund.reports,
            "rows": shown.number_of_lines,
            "query": f"fund={shown.report.fund}&period={shown.report.period}",
        }

    def _title(self) -> str:
        period = self.shown.period.name
        if self.shown.report.is_for_prisoners:
            return _("Report on money: %(period)s") % {"period": period}
        return _("Report on the organisation’s money: %(period)s") % {"period": period}
