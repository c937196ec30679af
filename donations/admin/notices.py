"""Notices of safety in the office: one person proposes, another approves, anybody who proposes may end one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final, cast

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from donations.actions.notices import Proposal, approve_notice, decline_notice, end_notice, propose_notice
from donations.models import DonorNotice, DonorNoticeProposal, SafetyNotice, SafetyProposal
from memorial.base.admin import StaffAdmin, both
from memorial.base.civil_date import civil_date
from memorial.staff.fresh import freshly_signed_in
from memorial.staff.signing_in import confirmed_at

APPROVES: Final = "donations.approve_notices"
PROPOSES: Final = "donations.add_safetyproposal"
_DAYS: Final = ["checked_on", "valid_from", "valid_until"]
_SAID: Final = ["proposed_by", "proposed_at", "decision", "decided_by", "decided_at", "ended_by", "ended_at"]


class NoticeAdmin(StaffAdmin):
    """What both kinds of proposals have: written once, decided on in the list, by somebody signed in just now."""

    list_filter = ["decision"]
    actions = ["approve", "decline", "end"]
    said: tuple[Any, ...] = ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """To propose: what is said and its days; afterwards what holds now, and who said what, too."""
        return ["holds_now", *self.said, *_SAID] if obj else list(self.said)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return self.get_fields(request, obj) if obj else []

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed; a decision is an action of the list."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_approve_permission(self, request: HttpRequest) -> bool:
        """Whether the account may decide on a colleague's notice."""
        return bool(request.user.has_perm(APPROVES))

    def has_end_permission(self, request: HttpRequest) -> bool:
        """Whether the account may take a notice from the page: whoever may propose one."""
        return bool(request.user.has_perm(PROPOSES))

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """The form; what the database refuses is said above the list, and nothing is written."""
        try:
            return super().add_view(request, form_url, extra_context)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(reverse(f"admin:donations_{self.opts.model_name}_changelist"))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list; whoever decides proves once more who they are."""
        if request.method == "POST" and self.has_view_permission(request):
            return cast("HttpResponse", self._decided(request, extra_context))
        return super().changelist_view(request, extra_context)

    @method_decorator(freshly_signed_in)
    def _decided(self, request: HttpRequest, extra_context: Any) -> HttpResponseBase:
        return super().changelist_view(request, extra_context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Proposes. Raises `ValidationError`."""
        propose_notice(proposal=obj)

    @admin.action(description=_("Approve: readers see it"), permissions=["approve"])
    def approve(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """The second person's word."""
        self._each(request, queryset, partial(approve_notice, confirmed_at=confirmed_at(request)))

    @admin.action(description=_("Decline"), permissions=["approve"])
    def decline(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Nothing changes."""
        self._each(request, queryset, partial(decline_notice, confirmed_at=confirmed_at(request)))

    @admin.action(description=_("End at once: readers are told not to pay"), permissions=["end"])
    def end(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """One person is enough to forbid."""
        self._each(request, queryset, end_notice)

    def _each(self, request: HttpRequest, queryset: QuerySet[Any], decide: Callable[..., None]) -> None:
        for proposal in queryset.order_by("pk"):
            try:
                decide(proposal=proposal)
            except ValidationError as error:
                self.message_user(request, f"{proposal}: {' '.join(error.messages)}", messages.ERROR)
            else:
                self.message_user(request, f"{proposal}: {_state(proposal)}", messages.SUCCESS)


@admin.register(SafetyProposal)
class SafetyProposalAdmin(NoticeAdmin):
    """A word for one place and one way to give."""

    list_display = ["place", "subject", "level", "reason", *_DAYS, "decision", "proposed_by", "decided_by"]
    list_filter = ["decision", "place", "method"]
    list_select_related = ["method"]
    said = ("place", "method", "level", *both("reason"), *_DAYS)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the names of the ways to give."""
        return super().get_queryset(request).select_related("method")

    @admin.display(description=_("way to give"))
    def subject(self, proposal: SafetyProposal) -> str:
        """The way to give, or telling others."""
        return str(proposal.method or _("telling others"))

    @admin.display(description=_("what holds now"))
    def holds_now(self, proposal: SafetyProposal) -> str:
        """What readers in that place are told of that way today: what approving would change."""
        valid = SafetyNotice.objects.valid(civil_date()).select_related("method")
        found = valid.filter(place=proposal.place, method=proposal.method).first()
        return _told(found)


@admin.register(DonorNoticeProposal)
class DonorNoticeProposalAdmin(NoticeAdmin):
    """The text above the page of donations."""

    list_display = ["title", *_DAYS, "decision", "proposed_by", "decided_by"]
    said = (*both("title", "text"), *_DAYS)

    @admin.display(description=_("what holds now"))
    def holds_now(self, proposal: DonorNoticeProposal) -> str:
        """The title of the text that readers see today."""
        return _told(DonorNotice.objects.valid(civil_date()).first())


def _told(notice: SafetyNotice | DonorNotice | None) -> str:
    if notice is None:
        return str(_("nothing: readers are told not to pay"))
    return f"{notice} ({notice.valid_from:%d.%m.%Y}–{notice.valid_until:%d.%m.%Y})"


def _state(proposal: Proposal) -> str:
    return str(_("ended early")) if proposal.ended_at else str(proposal.get_decision_display())
