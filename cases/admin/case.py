"""The two pages of a case in the office: what it is and who is in it; charges and decisions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cases.admin.case_forms import FIELDSETS, TRANSLATOR_FIELDSETS, CaseHeadForm, CaseRecordForm
from cases.admin.case_inlines import (
    CaseLinkInline,
    CasePrivateInline,
    EventInline,
    HearingInline,
    ProsecutionInline,
)
from cases.admin.case_list import (
    CasePrisonerFilter,
    CaseQuestionFilter,
    counted,
    english_of,
    search_cases,
)
from cases.admin.case_words import CASE_WORDS
from cases.admin.charge_writing import save_charges
from cases.admin.citations import CaseSourceInline, ConfidentialCaseSourceInline
from cases.admin.decision_inline import DecisionInline
from cases.admin.deeds import CASE_DEEDS
from cases.models import Case
from cases.obstacles import tells_of_the_hidden
from memorial.base.admin import DeedPages, TranslatedByOthers, VersionedAdmin
from memorial.base.localized import all_languages

HEAD_INLINES = [
    ProsecutionInline,
    HearingInline,
    CaseSourceInline,
    ConfidentialCaseSourceInline,
    CaseLinkInline,
    EventInline,
    CasePrivateInline,
]
RECORD_INLINES = [DecisionInline, CaseSourceInline, ConfidentialCaseSourceInline]
NEW_INLINES = [ProsecutionInline, HearingInline, CaseSourceInline, CaseLinkInline]


@admin.register(Case)
class CaseAdmin(DeedPages, TranslatedByOthers, VersionedAdmin):
    """A case: a whole one is entered on two pages, each with its version and its conflicts."""

    form = CaseHeadForm
    deeds = CASE_DEEDS
    history_depth = 3
    change_form_template = "admin/case_change.html"
    autocomplete_fields = ["region", "theme"]
    search_fields = ["slug", "number", *all_languages("title")]
    search_help_text = _("Title, number, a person's name, or an article: «207.3», «ч. 2 ст. 205.2 УК РФ»")
    list_display = ["shown_title", "state_mark", "kind", "people", "has_english", "checked"]
    list_filter = [CaseQuestionFilter, "state", "kind", "theme", CasePrisonerFilter]

    def get_urls(self) -> list[URLPattern]:
        """The page of charges and decisions."""
        own = path("<int:pk>/record/", self.admin_site.admin_view(self.record_view), name="cases_case_record")
        return [own, *super().get_urls()]

    def record_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Charges and decisions of everybody in the case."""
        request.case_record = True  # type: ignore[attr-defined]
        if self.only_translates(request):
            return HttpResponseRedirect(reverse("admin:cases_case_change", args=[pk]))
        return self.changeform_view(request, str(pk), "", {"is_record": True})

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Cases with the number of their people."""
        return counted(super().get_queryset(request), only_public=not _sees_all(request))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Cases by title, number, person or article."""
        return search_cases(queryset, search_term, only_public=not _sees_all(request)), False

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        """The head; for a translator the texts alone; on the second page nothing of it."""
        if _is_record(request):
            return []
        return TRANSLATOR_FIELDSETS if self.only_translates(request) else FIELDSETS

    def get_inlines(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        """What belongs to the page asked for."""
        if self.only_translates(request):
            return list(CASE_WORDS)
        if _is_record(request):
            return list(RECORD_INLINES)
        return list(HEAD_INLINES if obj else NEW_INLINES)

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        """The form of the page asked for."""
        if _is_record(request):
            kwargs |= {"form": CaseRecordForm, "fields": []}
        form = super().get_form(request, obj, change=change, **kwargs)
        if issubclass(form, CaseRecordForm):
            form.may_change_charges = request.user.has_perm("cases.change_charge")
            form.may_delete_charges = request.user.has_perm("cases.delete_charge")
        return form

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Saves the charges before the decisions, which may close them."""
        if isinstance(form, CaseRecordForm) and form.charges.is_bound:
            save_charges(form.charges)
        super().save_related(request, form, formsets, change)

    def response_change(self, request: HttpRequest, obj: Model) -> HttpResponse:
        """Where the page leads: Django's own places, or the other page of the case."""
        answer = super().response_change(request, obj)
        if isinstance(obj, Case) and obj.is_published and _sees_all(request):
            for said in tells_of_the_hidden(obj):
                messages.warning(request, said)
        for button, name in (("_record", "admin:cases_case_record"), ("_head", "admin:cases_case_change")):
            if button in request.POST:
                return HttpResponseRedirect(reverse(name, args=[obj.pk]))
        return answer

    def response_add(
        self, request: HttpRequest, obj: Model, post_url_continue: str | None = None
    ) -> HttpResponse:
        """The charges and decisions of a new case come next."""
        answer = super().response_add(request, obj, post_url_continue)
        if "_popup" in request.POST:
            return answer
        name = "admin:cases_case_change" if "_continue" in request.POST else "admin:cases_case_record"
        return HttpResponseRedirect(reverse(name, args=[obj.pk]))

    @admin.display(description=_("case"), ordering="title_ru")
    def shown_title(self, case: Case) -> str:
        """The title in the language of the office, else in the other."""
        return case.title or case.slug

    @admin.display(description=_("state"), ordering="state")
    def state_mark(self, case: Case) -> str:
        """The state, as a word with a shape before it."""
        return format_html('<span class="state state--{}">{}</span>', case.state, case.get_state_display())

    @admin.display(description=_("people"), ordering="people")
    def people(self, case: Any) -> int:
        """How many people are in it."""
        return int(case.people)

    @admin.display(description=_("English"))
    def has_english(self, case: Case) -> str:
        """Whether the English page is complete: title and short description."""
        have = format_html('<span class="have">{}</span>', "✓")
        return have if english_of(case) else format_html('<span class="lack">{}</span>', _("no English"))

    @admin.display(description=_("checked on"), ordering="facts_checked_on")
    def checked(self, case: Case) -> Any:
        """The day on which the facts were last confirmed."""
        return case.facts_checked_on or _("never checked")


def _is_record(request: HttpRequest) -> bool:
    return bool(getattr(request, "case_record", False))


def _sees_all(request: HttpRequest) -> bool:
    """Whether what is confidential of a case may reach this person."""
    return request.user.has_perm("cases.view_caseprivate")
