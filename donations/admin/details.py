"""Proposed payment details: the list, and the page on which a second person compares and decides."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from donations.actions.details import approve_details, decline_details
from donations.admin.forms import ComparedLine, compared
from donations.checks.refused import DetailsRefused
from donations.models import DetailsProposal
from memorial.base.acting import staff_actor
from memorial.base.admin import ReadOnlyAdmin
from memorial.base.admin.history_reading import staff_names
from memorial.staff.fresh import freshly_signed_in
from memorial.staff.signing_in import confirmed_at

APPROVES: Final = "donations.approve_details"
_DECISIONS: Final = {"approve": approve_details, "decline": decline_details}


@admin.register(DetailsProposal)
class DetailsProposalAdmin(ReadOnlyAdmin):
    """Everything that was ever proposed. Nothing of it can be changed."""

    list_display = ["method", "decision", "proposed_by", "proposed_at", "decided_by", "decided_at"]
    list_filter = ["decision", "method"]
    list_select_related = ["method"]
    fields = [
        "method",
        "block",
        "proposed_by",
        "proposed_at",
        "proposer_confirmed_at",
        "decision",
        "decided_by",
        "decided_at",
        "decider_confirmed_at",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the names of the ways to give."""
        return super().get_queryset(request).select_related("method")

    def get_urls(self) -> list[URLPattern]:
        """The page of a decision before Django's own, which would take any path."""
        wrap = self.admin_site.admin_view
        name = "donations_detailsproposal_decide"
        return [path("<int:pk>/decide/", wrap(self.decide_view), name=name), *super().get_urls()]

    def decide_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """What is proposed beside what was approved before, and two buttons."""
        if not request.user.has_perm(APPROVES):
            raise PermissionDenied
        return self._decide(
            request, get_object_or_404(DetailsProposal.objects.select_related("method"), pk=pk)
        )

    @method_decorator(freshly_signed_in)
    def _decide(self, request: HttpRequest, proposal: DetailsProposal) -> HttpResponse:
        refused: list[str] = []
        if request.method == "POST":
            decide = _DECISIONS.get(request.POST.get("decision", ""))
            if decide is None:
                raise Http404
            try:
                decide(proposal=proposal, confirmed_at=confirmed_at(request))
            except ValidationError as error:
                refused = list(error.messages)
            else:
                said = f"{proposal}: {proposal.get_decision_display()}"
                self.message_user(request, said, messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:donations_paymentset_desk"))
        earlier = DetailsProposal.objects.approved().filter(method=proposal.method_id, pk__lt=proposal.pk)
        before = earlier.order_by("-id").first()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Look at payment details"),
            "opts": self.opts,
            "record": proposal,
            "record_url": reverse("admin:donations_detailsproposal_change", args=[proposal.pk]),
            "lines": _lines(before, proposal),
            "before": before,
            "is_own": proposal.proposed_by == staff_actor(int(request.user.pk or 0)),
            "refused": refused,
            "names": staff_names({proposal.proposed_by, proposal.decided_by} - {""}),
        }
        return TemplateResponse(request, "admin/details_decide.html", context, status=400 if refused else 200)


def _lines(before: DetailsProposal | None, proposal: DetailsProposal) -> list[ComparedLine]:
    """The fields side by side; none where what was proposed is no details at all, which nobody can approve."""
    try:
        return compared(before.details if before else None, proposal.details)
    except DetailsRefused:
        return []
