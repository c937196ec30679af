"""Requests to restrict: hide first, decide later, by two people."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.base.acting import because
from memorial.base.admin import StaffAdmin
from memorial.base.admin.history_reading import staff_names
from memorial.base.admin.looking import record_seen
from prisoners.admin.deeds import PERSON_DEEDS
from prisoners.admin.rights import may_edit
from prisoners.models import RestrictionRequest

Outcome = RestrictionRequest.Outcome
HIDING = ("withdraw", "initials", "hide-photo", "hide-birth-date", "hide-place")


class ConfirmForm(forms.Form):
    """The second person records the outcome that the decision gives."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome, as the decision says"),
        choices=[(value.value, value.label) for value in Outcome if value != Outcome.OPEN],
        widget=forms.RadioSelect,
    )


def waiting_requests(day: date) -> QuerySet[RestrictionRequest]:
    """Requests that are not decided, and decisions whose day of review has come."""
    waits = Q(outcome=Outcome.OPEN) | Q(review_on__lte=day)
    return RestrictionRequest.objects.filter(waits).order_by("review_on")


class WaitingFilter(admin.SimpleListFilter):
    title = gettext_lazy("what waits")
    parameter_name = "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Only one question matters."""
        return [("yes", gettext_lazy("not decided, or to be reviewed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Requests that somebody must look at."""
        day = timezone.localdate()
        return queryset.filter(pk__in=waiting_requests(day).values("pk")) if self.value() else queryset


@admin.register(RestrictionRequest)
class RestrictionRequestAdmin(StaffAdmin):
    """The decision is written by one person and confirmed by another; then it is closed."""

    change_form_template = "admin/restriction_change.html"
    list_display = ["received_on", "prisoner", "by", "outcome", "review_on"]
    list_filter = [WaitingFilter, "outcome"]
    list_select_related = ["prisoner"]
    search_fields = ["text"]
    autocomplete_fields = ["prisoner"]
    fieldsets = [
        (None, {"fields": ["prisoner", ("by", "contact", "received_on"), "text"]}),
        (gettext_lazy("At once"), {"fields": ["hidden_what", "review_on"]}),
        (gettext_lazy("Decision"), {"fields": ["decision", ("outcome", "deciders")]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[str]:
        """The outcome comes from the second person; after that only the day of review can be moved."""
        own = ["outcome", "deciders"]
        if isinstance(obj, RestrictionRequest) and obj.outcome != Outcome.OPEN:
            return [*own, "prisoner", "by", "contact", "received_on", "text", "hidden_what", "decision"]
        return own

    @admin.display(description=gettext_lazy("decided and confirmed by"))
    def deciders(self, asked: RestrictionRequest) -> str:
        """The names of the one or two people."""
        actors = [f"staff:{number}" for number in (asked.decided_by, asked.confirmed_by) if number]
        names = staff_names(actors)
        return ", ".join(names.get(actor, actor) for actor in actors) or "—"

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Received today, reviewed in half a year."""
        today = timezone.localdate()
        own = {"received_on": today, "review_on": today + timedelta(days=183)}
        return {**own, **super().get_changeform_initial_data(request)}

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        """Whoever writes the decision is the first of the two people."""
        if isinstance(obj, RestrictionRequest) and "decision" in form.changed_data:
            obj.decided_by = request.user.pk if obj.decision else None
        super().save_model(request, obj, form, change)

    def get_urls(self) -> list[URLPattern]:
        """The page of the second person."""
        wrap = self.admin_site.admin_view
        own = path("<int:pk>/confirm/", wrap(self.confirm_view), name="prisoners_restrictionrequest_confirm")
        return [own, *super().get_urls()]

    def render_change_form(  # noqa: PLR0917 - Django's own signature
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: models.Model | None = None,
    ) -> HttpResponse:
        """The page, with what can be hidden at once and whether it waits for a second person."""
        if isinstance(obj, RestrictionRequest):
            context["hiding"] = [
                (deed.label, reverse("admin:prisoners_prisoner_deed", args=[obj.prisoner_id, deed.code]))
                for deed in PERSON_DEEDS
                if deed.code in HIDING
                and deed.allowed(request, obj.prisoner._meta)
                and deed.offered(obj.prisoner)
            ]
            context["awaits_second"] = bool(obj.decided_by) and obj.outcome == Outcome.OPEN
            context["is_first"] = obj.decided_by == request.user.pk
        return super().render_change_form(request, context, add, change, form_url, obj)

    def confirm_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A second person reads the decision and records its outcome."""
        if not may_edit(request.user, "restrictionrequest"):
            raise PermissionDenied
        form = ConfirmForm(request.POST or None)
        with transaction.atomic():
            asked = get_object_or_404(RestrictionRequest.objects.select_for_update(), pk=pk)
            refusal = _why_not(asked, int(request.user.pk or 0))
            if request.method == "POST" and not refusal and form.is_valid():
                asked.outcome = form.cleaned_data["outcome"]
                asked.confirmed_by = request.user.pk
                with because(_("Decision confirmed by a second person")):
                    asked.save(update_fields=["outcome", "confirmed_by"])
                messages.success(request, _("Confirmed. The request is decided."))
                return HttpResponseRedirect(reverse("admin:prisoners_restrictionrequest_change", args=[pk]))
        record_seen(request, asked)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Confirm the decision"),
            "opts": self.opts,
            "asked": asked,
            "deciders": self.deciders(asked),
            "refusal": refusal,
            "form": form,
        }
        status = 400 if request.method == "POST" else 200
        return TemplateResponse(request, "admin/confirm_restriction.html", context, status=status)


def _why_not(asked: RestrictionRequest, staff_id: int) -> str:
    """Why this person cannot be the second one; empty where they can."""
    if asked.outcome != Outcome.OPEN:
        return _("This request is decided already.")
    if not asked.decided_by or not asked.decision:
        return _("There is no decision to confirm yet: write it first.")
    if asked.decided_by == staff_id:
        return _("You wrote the decision yourself: somebody else confirms it.")
    return ""
