"""The page of a person in the office."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from memorial.base.admin import DeedPages, TranslatedByOthers, VersionedAdmin
from prisoners.admin.columns import PeopleColumns, sort_column
from prisoners.admin.deeds import PERSON_DEEDS
from prisoners.admin.exports import ExportPages
from prisoners.admin.inlines import PERSON_INLINES
from prisoners.admin.merge import MergePages
from prisoners.admin.photo_pages import PhotoPages
from prisoners.admin.preview import PreviewPages
from prisoners.admin.prisoner_form import (
    ADD_FIELDSETS,
    FIELDSETS,
    NAME_COLUMNS,
    TRANSLATOR_FIELDSETS,
    NewPrisonerForm,
    PrisonerForm,
)
from prisoners.admin.prisoner_list import (
    SEARCHED,
    FacilityFilter,
    ListFilter,
    PeopleChangeList,
    QuestionFilter,
    RegionFilter,
    ThemeFilter,
    search_people,
)
from prisoners.admin.quick import QuickPages
from prisoners.admin.rights import only_translates
from prisoners.admin.second_look import WaitingLooks
from prisoners.admin.words_inlines import WORDS_INLINES
from prisoners.models import Prisoner, StaffNote


@admin.register(Prisoner)
class PrisonerAdmin(
    QuickPages,
    MergePages,
    PhotoPages,
    PreviewPages,
    WaitingLooks,
    DeedPages,
    ExportPages,
    TranslatedByOthers,
    PeopleColumns,
    VersionedAdmin,
):
    """A person: the names and texts, what belongs to them, and what can be done with the whole page."""

    form = PrisonerForm
    deeds = PERSON_DEEDS
    export_kind = "people"
    change_form_template = "admin/prisoner_change.html"
    autocomplete_fields = ["region"]
    search_fields = SEARCHED
    list_display = [
        "shown_name",
        "state_mark",
        "liberty_words",
        "place",
        "recognition",
        "has_photo",
        "has_english",
        "checked",
    ]
    list_filter = [
        QuestionFilter,
        "state",
        ListFilter,
        ThemeFilter,
        RegionFilter,
        FacilityFilter,
    ]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[PeopleChangeList]:
        """A list that loads what its columns show."""
        return PeopleChangeList

    def get_ordering(self, request: HttpRequest) -> Any:
        """By name, in the language of the office."""
        return [sort_column(), "id"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """People by any of their names; for the list, the search box and every autocomplete."""
        return search_people(queryset, request, search_term), False

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        """Few fields for a new person; for a translator the texts alone."""
        if only_translates(request.user, "prisoner"):
            return TRANSLATOR_FIELDSETS
        return FIELDSETS if obj else ADD_FIELDSETS

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """A name reduced to initials comes back by its own action, never by typing it."""
        if isinstance(obj, Prisoner) and obj.initials_only:
            return [*NAME_COLUMNS, "born"]
        return []

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        """The form, or the one for somebody new."""
        if obj is None:
            kwargs["form"] = NewPrisonerForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_inlines(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        """None for somebody new; for a translator the texts of what readers see."""
        if obj is None:
            return []
        return WORDS_INLINES if only_translates(request.user, "prisoner") else PERSON_INLINES

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Saves the rows below and the words of vocabularies; notes are signed."""
        for formset in formsets:
            if formset.model is StaffNote:
                for row in formset.extra_forms:
                    row.instance.by = request.user.pk
        super().save_related(request, form, formsets, change)
        form.save_words()

    def response_add(
        self, request: HttpRequest, obj: Model, post_url_continue: str | None = None
    ) -> HttpResponse:
        """A new person's own page comes next: everything else is entered there."""
        if "_popup" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        super().response_add(request, obj, post_url_continue)
        return HttpResponseRedirect(self.record_url(obj))
