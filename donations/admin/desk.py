"""The finance desk: what is proposed, waits, is live, expires; signed sets come in and files to sign go out here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from donations.actions.sets import file_to_sign, take_in_set, take_note, unseen
from donations.admin.forms import LoadSetForm
from donations.checks.refused import DetailsRefused
from donations.models import DetailsProposal, PaymentSet, SafetyNotice
from donations.signing.files import fingerprint
from donations.signing.standing import method_standings, next_set, set_standing
from memorial.base.acting import staff_actor
from memorial.base.admin import ReadOnlyAdmin
from memorial.base.admin.history_reading import staff_names
from memorial.base.civil_date import civil_date
from memorial.staff.fresh import freshly_signed_in

SEES: Final = "donations.view_paymentset"
LOADS: Final = "donations.load_paymentset"
TOLD: Final = "donations.notice_details"
FILE_TO_SIGN: Final = "details-to-sign.txt"


@admin.register(PaymentSet)
class PaymentSetAdmin(ReadOnlyAdmin):
    """Every signed set that was ever taken in, and the desk."""

    list_display = ["serial"]
    fields = ["serial", "signed_text"]
    change_list_template = "admin/paymentset_list.html"

    def get_urls(self) -> list[URLPattern]:
        """The desk's pages before Django's own, which would take any path."""
        wrap = self.admin_site.admin_view
        name = "donations_paymentset_"
        return [
            path("desk/", wrap(self.desk_view), name=f"{name}desk"),
            path("to-sign/", wrap(self.file_view), name=f"{name}file"),
            path("load/", wrap(self.load_view), name=f"{name}load"),
            path("seen/", wrap(self.seen_view), name=f"{name}seen"),
            *super().get_urls(),
        ]

    def desk_view(self, request: HttpRequest) -> HttpResponse:
        """The whole state on one page."""
        if not request.user.has_perm(SEES):
            raise PermissionDenied
        today = civil_date()
        standing = set_standing(today)
        methods, news = method_standings(standing), _news(request)
        context = {
            **self._context(request, _("Finance desk")),
            "standing": standing,
            "methods": methods,
            "next": next_set(standing, today),
            "expiring_notices": list(SafetyNotice.objects.expiring(today).select_related("method")),
            "names": _names([*(each.waiting for each in methods), *news.get("news_of_details", ())]),
            **_to_sign(),
            **news,
        }
        return TemplateResponse(request, "admin/donations_desk.html", context)

    def file_view(self, request: HttpRequest) -> HttpResponseBase:
        """The file for the machine that signs."""
        if not request.user.has_perm(LOADS):
            raise PermissionDenied
        return self._file(request)

    @method_decorator(freshly_signed_in)
    def _file(self, request: HttpRequest) -> HttpResponse:
        try:
            text = file_to_sign()
        except DetailsRefused as error:
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:donations_paymentset_desk"))
        answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{FILE_TO_SIGN}"'
        answer["Cache-Control"] = "no-store"
        return answer

    def load_view(self, request: HttpRequest) -> HttpResponseBase:
        """Takes a signed set in."""
        if not request.user.has_perm(LOADS):
            raise PermissionDenied
        return self._load(request)

    @method_decorator(freshly_signed_in)
    def _load(self, request: HttpRequest) -> HttpResponse:
        sent = request.method == "POST"
        form = LoadSetForm(request.POST, request.FILES) if sent else LoadSetForm()
        if sent and form.is_valid():
            try:
                row = take_in_set(signed_text=form.cleaned_data["signed_text"])
            except ValidationError as error:
                form.add_error(None, error)
            else:
                said = _("Set %(serial)d is taken in. Readers see it from now on.") % {"serial": row.serial}
                self.message_user(request, said, messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:donations_paymentset_desk"))
        context = {**self._context(request, _("Take in a signed set")), "form": form}
        return TemplateResponse(
            request, "admin/paymentset_load.html", context, status=400 if form.errors else 200
        )

    def seen_view(self, request: HttpRequest) -> HttpResponse:
        """Writes down that this person has taken note of every change."""
        if not request.user.has_perm(TOLD):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        take_note(by=staff_actor(int(request.user.pk or 0)))
        return HttpResponseRedirect(reverse("admin:donations_paymentset_desk"))

    def _context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        user = request.user
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "may_propose": user.has_perm("donations.add_detailsproposal"),
            "may_approve": user.has_perm("donations.approve_details"),
            "may_load": user.has_perm(LOADS),
            "me": staff_actor(int(user.pk or 0)),
        }


def _to_sign() -> dict[str, Any]:
    try:
        text = file_to_sign()
    except DetailsRefused as error:
        return {"cannot_sign": str(error)}
    return {"fingerprint": fingerprint(text), "file_to_sign": FILE_TO_SIGN}


def _news(request: HttpRequest) -> dict[str, Any]:
    """What this person of finance has not taken note of."""
    if not request.user.has_perm(TOLD):
        return {}
    proposals, sets = unseen(staff_actor(int(request.user.pk or 0)))
    return {"news_of_details": list(proposals), "news_of_sets": list(sets)}


def _names(proposals: Iterable[DetailsProposal | None]) -> dict[str, str]:
    """Who proposed and who decided, as colleagues know them."""
    rows = [row for row in proposals if row is not None]
    return staff_names({actor for row in rows for actor in (row.proposed_by, row.decided_by) if actor})


def expiring_sets(day: date) -> QuerySet[PaymentSet]:
    """The newest set where a new one is to be signed; none where it holds long enough."""
    standing = set_standing(day)
    due = standing.row.pk if standing.row and standing.is_expiring else 0
    return PaymentSet.objects.filter(pk=due)


def unseen_details(account: int) -> QuerySet[DetailsProposal]:
    """What was approved and this account has not taken note of."""
    return unseen(staff_actor(account))[0]


def unseen_sets(account: int) -> QuerySet[PaymentSet]:
    """What was taken in and this account has not taken note of."""
    return unseen(staff_actor(account))[1]
