"""Rows of the legal record as lists: what the day's work asks for, for the office to work through."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.db.models import DateField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.admin.bulk import BulkPages
from cases.admin.quick import QuickPages
from cases.admin.recognise import RecognisePages
from cases.choices import HearingState
from cases.models import Hearing, Prosecution, Restraint, RestraintExtension, Term
from memorial.base.admin import StaffAdmin
from memorial.base.civil_date import civil_date
from memorial.base.localized import all_languages
from prisoners.models import Stay

WEEK = timedelta(days=7)
SOON = timedelta(days=14)
TERM_SOON = timedelta(days=60)


def hearings_this_week(day: date) -> QuerySet[Hearing]:
    """Planned hearings of the next seven days, today among them."""
    rows = Hearing.objects.upcoming(day).filter(on__lt=day + WEEK)
    return rows.select_related("case", "court")


def hearings_without_outcome(day: date) -> QuerySet[Hearing]:
    """Planned hearings whose day has passed."""
    return Hearing.objects.without_outcome(day).select_related("case", "court").order_by("on", "id")


def _alive(person: str) -> Q:
    return Q(**{f"{person}__death__isnull": True})


def terms_ending(day: date) -> QuerySet[Term]:
    """Terms in force whose expected end lies within sixty days, of people whose release is not entered."""
    rows = Term.objects.filter(_alive("prisoner"), current=True, expected_end_latest__gte=day)
    rows = rows.filter(expected_end_earliest__lte=day + TERM_SOON).filter(Exists(_held()))
    return rows.select_related("prisoner").order_by("expected_end_earliest", "id")


def terms_over(day: date) -> QuerySet[Term]:
    """Terms in force whose expected end has certainly passed, of people who are held by our data."""
    rows = Term.objects.filter(_alive("prisoner"), Exists(_held()), current=True, expected_end_latest__lt=day)
    return rows.select_related("prisoner").order_by("expected_end_latest", "id")


def _held() -> QuerySet[Stay]:
    return Stay.objects.filter(prisoner=OuterRef("prisoner"), ongoing=True)


def restraints_running_out(day: date) -> QuerySet[Restraint]:
    """Measures not ended that last, as last extended, until a day within fourteen days, or one that has passed."""
    last = RestraintExtension.objects.filter(restraint=OuterRef("pk")).order_by("-until_latest", "-pk")
    rows = Restraint.objects.filter(_alive("prosecution__prisoner"), ended__isnull=True)
    last_day = Coalesce(last.values("until_latest")[:1], "until_latest", output_field=DateField())
    rows = rows.annotate(runs_to=Greatest("until_latest", last_day, output_field=DateField()))
    rows = rows.filter(runs_to__lte=day + SOON)
    return (
        rows.select_related("prosecution__prisoner", "prosecution__case")
        .prefetch_related("extensions")
        .order_by("runs_to", "id")
    )


Question = tuple[Any, Callable[[date], QuerySet[Any]]]
HEARING_QUESTIONS: dict[str, Question] = {
    "week": (_("This week"), hearings_this_week),
    "no-outcome": (_("Passed without outcome"), hearings_without_outcome),
}
TERM_QUESTIONS: dict[str, Question] = {
    "soon": (_("Ends within 60 days"), terms_ending),
    "over": (_("Over by our data, release not confirmed"), terms_over),
}
RESTRAINT_QUESTIONS: dict[str, Question] = {"soon": (_("Runs out within 14 days"), restraints_running_out)}


class AskedFilter(admin.SimpleListFilter):
    """One of an editor's questions about the rows."""

    title = _("what waits")
    parameter_name = "waits"
    questions: dict[str, Question] = {}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The questions."""
        return [(code, words) for code, (words, _rows) in self.questions.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The rows that answer the one asked."""
        if self.value() not in self.questions:
            return queryset
        return queryset.filter(pk__in=self.questions[str(self.value())][1](civil_date()).values("pk"))


def asked(questions: dict[str, Question]) -> type[AskedFilter]:
    """The filter of these questions."""
    return type("OwnAskedFilter", (AskedFilter,), {"questions": questions})


def link_to(name: str, pk: int, words: Any) -> str:
    """A link to a page of the office."""
    return format_html('<a href="{}">{}</a>', reverse(f"admin:{name}", args=[pk]), words)


def _line_link(query: str) -> str:
    url = reverse("admin:cases_prosecution_quick")
    return format_html('<a href="{}?{}">{}</a>', url, query, _("Enter a line"))


class ProsecutionWork(QuickPages, BulkPages, RecognisePages, StaffAdmin):
    """Mixed into the admin of prosecutions: the list of people in cases, and pages of lines."""

    list_display_links = None
    list_display = ["person", "case_link", "role", "enter"]
    list_filter = ["role"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With person and case, which name the row."""
        return super().get_queryset(request).select_related("prisoner", "case")

    @admin.display(description=_("person"), ordering="prisoner__surname_ru")
    def person(self, row: Prosecution) -> str:
        """The person."""
        return link_to("prisoners_prisoner_change", row.prisoner_id, row.prisoner)

    @admin.display(description=_("case"), ordering="case__title_ru")
    def case_link(self, row: Prosecution) -> str:
        """The case."""
        return link_to("cases_case_change", row.case_id, row.case)

    @admin.display(description=_("line"))
    def enter(self, row: Prosecution) -> str:
        """Where a line about them is entered."""
        return _line_link(f"prosecution={row.pk}")


class HearingWork(StaffAdmin):
    """Mixed into the admin of hearings: their list by day."""

    search_fields = [f"case__{name}" for name in all_languages("title")]
    list_display_links = None
    list_display = ["day", "case_link", "court", "hearing_state", "enter"]
    list_filter = [asked(HEARING_QUESTIONS), "hearing_state"]
    list_select_related = ["case", "court"]
    date_hierarchy = "on"

    @admin.display(description=_("day"), ordering="on")
    def day(self, row: Hearing) -> str:
        """Day and time, by the court's clock."""
        return f"{row.on:%d.%m.%Y} {row.at:%H:%M}" if row.at else f"{row.on:%d.%m.%Y}"

    @admin.display(description=_("case"), ordering="case__title_ru")
    def case_link(self, row: Hearing) -> str:
        """The case."""
        return link_to("cases_case_change", row.case_id, row.case)

    @admin.display(description=_("line"))
    def enter(self, row: Hearing) -> str:
        """Where a line about it is entered."""
        kind = "held" if row.hearing_state == HearingState.PLANNED and row.on < civil_date() else "postponed"
        return _line_link(f"case={row.case_id}&on={row.on:%d.%m.%Y}&kind={kind}")


class RestraintWork(StaffAdmin):
    """Mixed into the admin of measures of restraint: their list, with how long each lasts."""

    search_fields = [f"prosecution__prisoner__{name}" for name in all_languages("sort_key")]
    list_display_links = None
    list_display = ["person", "measure", "began", "lasts_until", "enter"]
    list_filter = [asked(RESTRAINT_QUESTIONS), "measure"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the person, and what extended it."""
        rows = super().get_queryset(request)
        rows = rows.select_related("prosecution__prisoner", "prosecution__case")
        return rows.prefetch_related("extensions")

    @admin.display(description=_("person"))
    def person(self, row: Restraint) -> str:
        """The person, with the case."""
        return link_to("cases_case_change", row.prosecution.case_id, row.prosecution)

    @admin.display(description=pgettext_lazy("of a measure", "until"))
    def lasts_until(self, row: Restraint) -> Any:
        """As last extended."""
        return row.runs_until or "—"

    @admin.display(description=_("line"))
    def enter(self, row: Restraint) -> str:
        """Where its extension is entered."""
        return _line_link(f"prosecution={row.prosecution_id}&kind=extended&measure={row.measure}")
