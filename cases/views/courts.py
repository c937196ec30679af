"""Courts: the list by region, and one with its hearings ahead, its cases, its decisions."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from cases.display.courts import CaseDecision, CourtHearings, ShownCourt, by_region
from cases.display.officials import ShownOfficial
from cases.models import Case, Court, Decision, Hearing, Official, Restraint, RestraintExtension
from cases.pages import court_page
from cases.querysets import VERIFIED, CaseQuerySet, DecisionQuerySet
from memorial.base.choices import State, Verification
from memorial.base.civil_date import civil_date
from memorial.base.localized import localized
from memorial.base.page_head import PageHead
from memorial.base.page_kinds import Page
from memorial.base.paging import ForgivingPages
from memorial.base.public_pages import public_page
from memorial.base.templatetags.page_links import query

DECISIONS_ON_A_PAGE: Final = 40


@method_decorator(public_page(), name="dispatch")
class CourtListView(TemplateView):
    """Courts with a page, by region."""

    template_name = "cases/court_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        courts = Court.objects.published().select_related("region").order_by(localized("name"), "id")
        said = _("Courts that try political cases in Russia and in the territories it occupies.")
        head = PageHead(_("Courts"), said, Page("cases:court-list"))
        return super().get_context_data(**kwargs) | {
            "head": head,
            "regions": by_region(courts, civil_date()),
            "number": len(courts),
        }


@method_decorator(public_page(), name="dispatch")
class CourtDetailView(ForgivingPages):
    """One court. Its list is that of its decisions, newest first."""

    template_name = "cases/court_detail.html"
    context_object_name = "decisions"
    paginate_by = DECISIONS_ON_A_PAGE

    @cached_property
    def on(self) -> date:
        return civil_date()

    @cached_property
    def court(self) -> Court:
        """The court asked for. Raises Http404 for one that is not published or not there."""
        courts = Court.objects.published().select_related("region").prefetch_related("citations")
        court: Court | None = courts.filter(slug=self.kwargs["slug"]).first()
        if court is None:
            raise Http404
        return court

    def get_queryset(self) -> DecisionQuerySet:
        return decisions_of(self.court)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page, shown = context["page_obj"], ShownCourt(self.court, self.on)
        officials = Official.objects.with_page().filter(court=self.court)
        by_name = officials.order_by(localized("surname"), localized("given_names"), "id")
        ahead = Hearing.objects.shown().upcoming(self.on).filter(court=self.court).for_calendar()
        return context | {
            "court": self.court,
            "shown": shown,
            "ahead": CourtHearings.of(ahead, self.on),
            "cases": cases_of(self.court),
            "rows": [CaseDecision(decision) for decision in page],
            "officials": [ShownOfficial(official) for official in by_name],
            "head": self._head(shown, page.number),
            "is_misled": self.page_is_missing,
        }

    def _head(self, shown: ShownCourt, number: int) -> PageHead:
        title = str(shown.name)
        if number > 1:
            title = _("%(title)s, page %(number)s") % {"title": title, "number": number}
        said = _("%(court)s: hearings ahead, political cases, decisions.") % {"court": shown.name}
        asked = query(page=number).removeprefix("?")
        return PageHead(title, said, court_page(self.court), asked, not self.page_is_missing)


def decisions_of(court: Court) -> DecisionQuerySet:
    """What the court decided that readers may see, newest first, with the cases."""
    decisions: DecisionQuerySet = Decision.objects.shown().filter(court=court)
    return decisions.select_related("case", "court").order_by("-on_latest", "-id")


def cases_of(court: Court) -> CaseQuerySet:
    """Published cases in which readers may see a hearing, a decision or a measure of restraint of this court."""
    here: dict[str, Any] = {"court": court, "case": OuterRef("pk")}
    restraints = _of_shown_people(Restraint.objects.filter(court=court), "")
    extensions = _of_shown_people(RestraintExtension.objects.filter(court=court), "restraint__").exclude(
        restraint__verification=Verification.UNVERIFIED
    )
    cases: CaseQuerySet = Case.objects.published().filter(
        Exists(Hearing.objects.shown().filter(**here))
        | Exists(Decision.objects.shown().filter(**here))
        | Exists(restraints)
        | Exists(extensions)
    )
    return cases.for_addresses().by_title()


def _of_shown_people(measures: QuerySet[Any], path: str) -> QuerySet[Any]:
    """Verified measures against published people in the case of the outer query."""
    of_case = Q(
        **{f"{path}prosecution__case": OuterRef("pk")},
        **{f"{path}prosecution__prisoner__state": State.PUBLISHED},
    )
    return measures.filter(VERIFIED, of_case)
