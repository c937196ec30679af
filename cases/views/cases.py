"""Pages of cases: the list, and one case with its people, charges, hearings and chronology."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, Final

from django.conf import settings
from django.core.paginator import Page as PaginatorPage
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import DetailView

from cases.case_sources import citations_of
from cases.display.case_page import CasePage, case_rows
from cases.display.hearings import passport_warning
from cases.filters.facet_view import PAGES
from cases.models import Case
from cases.pages import case_page
from cases.querysets import CaseQuerySet
from cases.selection import CaseFilter, CaseOrder
from memorial.base.civil_date import civil_date
from memorial.base.facets.form import shown_filters
from memorial.base.facets.pages import hidden_fields
from memorial.base.localized import current_language
from memorial.base.page_head import LONGEST_TITLE, ROOM_FOR_A_NUMBER, PageHead
from memorial.base.page_kinds import Page
from memorial.base.page_sections import sections_of
from memorial.base.paging import ForgivingPages
from memorial.base.public_pages import public_page
from memorial.base.shown_text import shown_text
from memorial.base.templatetags.page_links import query
from memorial.base.typography import grouped_number
from prisoners.display.words import date_words

CASES_ON_A_PAGE: Final = 24


@method_decorator(public_page(), name="dispatch")
class CaseListView(ForgivingPages):
    """Published cases, all or those that pass filters, in one of three orders."""

    template_name = "cases/case_list.html"
    paginate_by = CASES_ON_A_PAGE

    @cached_property
    def asked(self) -> CaseFilter:
        return CaseFilter(self.request.GET, civil_date())

    def get_queryset(self) -> CaseQuerySet:
        return self.asked.cases().for_list(self.asked.on)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page: PaginatorPage = context["page_obj"]
        asked = self.asked
        is_misled = self.page_is_missing or asked.is_misled
        narrowed = asked.canonical_query()
        return context | {
            "head": self._head(page.number, is_misled=is_misled),
            "asked": asked,
            "filters": shown_filters(asked, PAGES),
            "others": hidden_fields(asked.chosen, {}),
            "rows": case_rows(page, asked.on),
            "count": _count_words(page.paginator.count),
            "orders": CaseOrder.choices,
            "order": asked.order,
            "narrowed": f"{narrowed}&" if narrowed else "",
            "is_misled": is_misled,
            "nobody": _("No cases"),
            "nobody_of_these": _("There is no case of which all this is true."),
            "everybody": _("All cases"),
        }

    def _head(self, number: int, *, is_misled: bool) -> PageHead:
        asked = self.asked
        said = asked.described()
        title = _("%(list)s: %(filter)s") % {"list": _("Cases"), "filter": said} if said else _("Cases")
        title = title if len(title) <= LONGEST_TITLE - ROOM_FOR_A_NUMBER else _("Cases")
        if number > 1:
            title = _("%(title)s, page %(number)s") % {"title": title, "number": number}
        about = _("Politically motivated cases in Russia: who is prosecuted, for what, and how it ended.")
        pages = query(page=number).removeprefix("?")
        address = "&".join(part for part in (asked.canonical_query(), pages) if part)
        is_indexed = asked.order == CaseOrder.TITLE and not is_misled and asked.is_worth_finding
        chosen = asked.query_of(asked.chosen)
        return PageHead(title, about, Page("cases:case-list"), address, is_indexed, chosen)


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
        "sections": sections_of("case", case, on),
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
