"""Totals of help in the office: one person proposes a period, another looks at the numbers and approves."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from assistance.actions.totals import approve_totals, decline_totals, propose_totals
from assistance.display.totals import figure_in_full
from assistance.models import TotalsProposal
from memorial.base.admin import StaffAdmin
from memorial.base.civil_date import civil_date
from memorial.base.localized import all_languages

APPROVES = "assistance.approve_totals"


@admin.register(TotalsProposal)
class TotalsProposalAdmin(StaffAdmin):
    """Proposals with their numbers. Adding one counts the period; nothing of it can be changed afterwards."""

    list_display = ["period", "as_of", "decision", "proposed_by", "decided_by"]
    list_filter = ["decision"]
    actions = ["approve", "decline"]
    fields = ["period", *all_languages("reason")]

    def get_fields(self, request: HttpRequest, obj: TotalsProposal | None = None) -> list[Any]:
        shown = ["as_of", "numbers", "proposed_by", "decision", "decided_by"]
        return [*self.fields, *shown] if obj else list(self.fields)

    def get_readonly_fields(self, request: HttpRequest, obj: TotalsProposal | None = None) -> list[Any]:
        return self.get_fields(request, obj) if obj else []

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed; a decision is an action of the list."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_approve_permission(self, request: HttpRequest) -> bool:
        """Whether the account may decide on totals of a colleague."""
        return bool(request.user.has_perm(APPROVES))

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """The form; what the count or the database refuses is said above the list, and nothing is written."""
        try:
            return super().add_view(request, form_url, extra_context)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(
                reverse(f"{self.admin_site.name}:assistance_totalsproposal_changelist")
            )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Counts and proposes instead of saving what was typed. Raises `ValidationError`."""
        made = propose_totals(
            period=obj.told_period,
            as_of=civil_date(),
            reason_ru=obj.reason_ru,
            reason_en=obj.reason_en,
        )
        obj.pk = made.pk
        obj.refresh_from_db()

    @admin.display(description=_("people"))
    def numbers(self, proposal: TotalsProposal) -> SafeString:
        """Every number, small ones included: what is withheld is said beside it."""
        rows = [
            (figure_in_full(total), total.people, _("withheld") if total.withheld else "")
            for total in proposal.totals.all()
        ]
        body = format_html_join("", "<tr><th scope='row'>{}</th><td>{}</td><td>{}</td></tr>", rows)
        return format_html("<table><tbody>{}</tbody></table>", body)

    @admin.action(description=_("Approve: readers will see the numbers, for good"), permissions=["approve"])
    def approve(self, request: HttpRequest, queryset: QuerySet[TotalsProposal]) -> None:
        """The second person's word."""
        self._decide(request, queryset, approve_totals)

    @admin.action(description=_("Decline"), permissions=["approve"])
    def decline(self, request: HttpRequest, queryset: QuerySet[TotalsProposal]) -> None:
        """Nothing becomes public."""
        self._decide(request, queryset, decline_totals)

    def _decide(self, request: HttpRequest, queryset: QuerySet[TotalsProposal], decide: Any) -> None:
        for proposal in queryset.order_by("pk"):
            try:
                decide(proposal=proposal)
            except ValidationError as error:
                self.message_user(request, f"{proposal}: {' '.join(error.messages)}", messages.ERROR)
            else:
                self.message_user(request, f"{proposal}: {proposal.get_decision_display()}", messages.SUCCESS)
