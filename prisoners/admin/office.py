"""The office's own records: leads, requests to restrict, statements, notes, corrections."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from memorial.base.admin import OfficeForm, StaffAdmin, both
from memorial.base.localized import all_languages
from prisoners.models import Lead, StaffNote, Statement


def colleagues() -> list[tuple[str, str]]:
    """Open accounts, as choices."""
    accounts = get_user_model()._default_manager.filter(is_active=True, is_staff=True).order_by("username")
    return [("", "—"), *((str(one.pk), one.get_username()) for one in accounts)]


class LeadForm(OfficeForm):
    """A lead; who takes care of it is chosen by name and kept by number."""

    assigned_to = forms.TypedChoiceField(
        label=_("Who takes care"), choices=colleagues, coerce=int, empty_value=None, required=False
    )

    class Meta:
        model = Lead
        fields: list[str] = []  # the page names them


class DueFilter(admin.SimpleListFilter):
    title = _("next step")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Only one question matters."""
        return [("yes", _("due today or before"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Open leads whose next step is due."""
        return (
            queryset.filter(pk__in=due_leads(timezone.localdate()).values("pk")) if self.value() else queryset
        )


def due_leads(day: Any) -> QuerySet[Lead]:
    """Open leads whose next step is due by that day, oldest first."""
    return Lead.objects.filter(state=Lead.State.OPEN, next_step_on__lte=day).order_by("next_step_on")


@admin.register(Lead)
class LeadAdmin(StaffAdmin):
    """News of a possible case: nothing falls silent, for an open one has a next step and its day."""

    form = LeadForm
    list_display = ["title", "state", "reliability", "next_step", "next_step_on"]
    list_filter = [DueFilter, "state", "reliability"]
    search_fields = ["title", "text", "came_by"]
    autocomplete_fields = ["prisoner"]
    fieldsets = [
        (None, {"fields": ["title", "text", ("came_by", "came_on", "reliability")]}),
        (_("What next"), {"fields": [("next_step", "next_step_on", "assigned_to"), ("state", "prisoner")]}),
    ]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """It came today, and whoever enters it takes care of it."""
        own = {"came_on": timezone.localdate(), "assigned_to": request.user.pk}
        return {**own, **super().get_changeform_initial_data(request)}


@admin.register(Statement)
class StatementAdmin(StaffAdmin):
    """A statement that explains one recognition or many."""

    list_display = [*all_languages("title"), "published_on"]
    search_fields = all_languages("title")
    fields = [*both("title", "text"), ("published_on", "url")]


@admin.register(StaffNote)
class StaffNoteAdmin(StaffAdmin):
    """Notes of all people in one list: what imports could not read stands here."""

    list_display = ["made_at", "prisoner", "start", "done"]
    list_display_links = ["start"]
    list_filter = ["done"]
    list_editable = ["done"]
    list_select_related = ["prisoner"]
    search_fields = ["text"]
    autocomplete_fields = ["prisoner"]
    fields = ["prisoner", "text", "done", "made_at"]
    readonly_fields = ["made_at"]

    @admin.display(description=_("note"))
    def start(self, note: StaffNote) -> str:
        """The beginning of the note."""
        return str(note) or "—"

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        """A note is signed by whoever wrote it."""
        if not change:
            obj.by = request.user.pk  # type: ignore[attr-defined]
        super().save_model(request, obj, form, change)
