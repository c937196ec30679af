"""Pages of cases: the list, and one case with its people, charges, hearings and chronology."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, Final

from django.conf import settings
from django.core.paginator import Page as PaginatorPage
from django.db import models
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.generic import DetailView

from cases.case_sources import citations_of
from cases.display.case_page import CasePage, case_rows
from cases.display.hearings import passport_warning
from cases.models import Case
from cases.pages import case_page
from cases.querysets import CaseQuerySet
from memorial.base.civil_date import civil_date
from memorial.base.localized import current_language
from memorial.base.page_head import PageHead
from memorial.base.page_kinds import Page
from memorial.base.paging import ForgivingPages
from memorial.base.public_pages import public_page
from memorial.base.shown_text import shown_text
from memorial.base.templatetags.page_links import query
from memorial.base.typography import grouped_number
from prisoners.display.words import date_words

CASES_ON_A_PAGE: Final = 24


class CaseOrder(models.TextChoices):
    """How the list of cases is sorted."""

    TITLE = "title", pgettext_lazy("order of cases", "by title")
    UPDATED = "updated", pgettext_lazy("order of cases", "recently updated first")
    HEARING = "hearing", pgettext_lazy("order of cases", "next hearing first")


@method_decorator(public_page(), name="dispatch")
class CaseListView(ForgivingPages):
    """All published cases, in one of three orders."""

    template_name = "cases/case_list.html"
    paginate_by = CASES_ON_A_PAGE

    @cached_property
    def on(self) -> date:
        return civil_date()

    @cached_property
    def order(self) -> CaseOrder:
        """The order asked for; by title where there is none of that name."""
        asked = self.request.GET.get("sort", "")
        return CaseOrder(asked) if asked in CaseOrder else CaseOrder.TITLE

    def get_queryset(self) -> CaseQuerySet:
        cases: CaseQuerySet = Case.objects.published().for_list(self.on)
        if self.order == CaseOrder.UPDATED:
            return cases.newest_first()
        return cases.soonest_hearing_first(self.on) if self.order == CaseOrder.HEARING else cases.by_title()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page: PaginatorPage = context["page_obj"]
        is_misled = self.page_is_missing or (self.request.GET.get("sort") or CaseOrder.TITLE) not in CaseOrder
        return context | {
            "head": self._head(page.number, is_misled=is_misled),
            "rows": case_rows(page, self.on),
            "count": _count_words(page.paginator.count),
            "orders": CaseOrder.choices,
            "order": self.order,
            "narrowed": f"sort={self._sort}&" if self._sort else "",
            "is_misled": is_misled,
        }

    @property
    def _sort(self) -> str:
        """The order as addresses name it: the one by title is the list itself."""
        return "" if self.order == CaseOrder.TITLE else self.order.value

    def _head(self, number: int, *, is_misled: bool) -> PageHead:
        title = _("Cases")
        if number > 1:
            title = _("%(title)s, page %(number)s") % {"title": title, "number": number}
        said = _("Politically motivated cases in Russia: who is prosecuted, for what, and how it ended.")
        asked = query(sort=self._sort, page=number).removeprefix("?")
        is_indexed = self.order == CaseOrder.TITLE and not is_misled
        return PageHead(title, said, Page("cases:case-list"), asked, is_indexed)


@method_decorator(public_page(), name="dispatch")
class CaseDetailView(DetailView):
    """The page of one case."""

    template_name = "cases/case_detail.html"
    context_object_name = "case"

    def get_queryset(self) -> CaseQuerySet:
        cases: CaseQuerySet = Case.objects.published().for_detail(civil_date())
        return cases

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | case_context(self.object, civil_date())


def case_context(case: Case, on: date) -> dict[str, Any]:
    """What the template of a case's page needs; a staff preview may use it too. `case` comes from `for_detail(on)`."""
    page = CasePage(case, on, tuple(citations_of(case)))
    return {
        "case": case,
        "page": page,
        "head": PageHead(str(shown_text(case, "title")), page.description, case_page(case)),
        "count": _people_words(len(page.people)),
        "passport_warning": passport_warning(),
        "as_of": date_words(on),
        "editors_email": settings.EDITORS_EMAIL,
        "editors_have_key": bool(settings.EDITORS_PGP_KEY),
    }


def _count_words(number: int) -> str:
    counted = {"count": grouped_number(number, current_language())}
    return ngettext("%(count)s case", "%(count)s cases", number) % counted


def _people_words(number: int) -> str:
    counted = {"count": grouped_number(number, current_language())}
    return ngettext("%(count)s person", "%(count)s people", number) % counted
