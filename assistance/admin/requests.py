"""Requests for help, and the steps taken on them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from assistance.admin.access import HelpForm, OfClientAdmin, colleagues, sees_all
from assistance.admin.step_page import StepPage
from assistance.admin.today_page import TodayPage
from assistance.models import HelpRequest


class HelpRequestForm(HelpForm):
    """A request; the coordinator is chosen by name and kept by number."""

    coordinator = forms.TypedChoiceField(
        label=_("coordinator"), choices=colleagues, coerce=int, empty_value=None, required=False
    )

    class Meta:
        model = HelpRequest
        fields: list[str] = []  # the page names them


@admin.register(HelpRequest)
class HelpRequestAdmin(StepPage, TodayPage, OfClientAdmin):
    """Requests from first contact to their end. Steps are taken on a page of their own."""

    form = HelpRequestForm
    change_form_template = "admin/assistance_helprequest_change.html"
    list_display = ["__str__", "of_client", "programme", "state", "next_step_on", "last_step_on"]
    list_filter = ["state", "programme"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is asked, what is next, how it ended."""
        whose = ("state", "coordinator") if sees_all(request) else ("state",)
        self_first = [("programme", "channel", "received_on"), "text", whose]
        first = "client" if obj is None else "of_client"
        return [
            (None, {"fields": [first, *self_first]}),
            (_("What next"), {"fields": [("next_step", "next_step_on", "last_step_on")]}),
            (_("How it ended"), {"fields": [("closed_on",), "decision"], "classes": ["collapse"]}),
        ]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Whoever enters a request takes care of it."""
        return {"coordinator": request.user.pk, **super().get_changeform_initial_data(request)}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Saves; a limited coordinator takes on what they enter."""
        if not change and not sees_all(request):
            obj.coordinator = request.user.pk
        super().save_model(request, obj, form, change)
