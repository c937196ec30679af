"""One's own sign-in: sessions, passkeys, codes."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from memorial.base.qr import qr_code
from memorial.staff import enrolment, fresh, passkeys, totp
from memorial.staff.forms import CodeForm
from memorial.staff.fresh import freshly_signed_in
from memorial.staff.models import OneTimeCodes, User
from memorial.staff.recovery import make_recovery_codes
from memorial.staff.session_store import key_digest
from memorial.staff.views.enrol import added_passkey, passkey_page
from memorial.staff.views.pages import page

_SHORT = 12
"""Letters of a session's digest by which its owner's page names it."""


def _account(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the office has let them in
    return request.user


def overview(request: HttpRequest) -> HttpResponse:
    """The sessions, without address or browser, and what one signs in with."""
    account = _account(request)
    here = key_digest(request.session.session_key or "")
    sessions = [
        {"row": row, "name": row.pk[:_SHORT], "is_this": row.pk == here}
        for row in account.sessions.filter(expire_date__gt=timezone.now())
    ]
    return page(
        request,
        "staff/security.html",
        title=_("My sign-in"),
        sessions=sessions,
        passkeys=list(account.passkeys.all()),
        codes=OneTimeCodes.objects.filter(account=account).first(),
        left=account.recovery_codes.filter(used_at=None).count(),
        recent=account.sign_ins.all()[:10],
    )


@require_POST
def ask_again(request: HttpRequest) -> JsonResponse:
    """A challenge for a passkey of this account, to confirm something grave."""
    options, request.session[fresh.STATE] = passkeys.ask(_account(request))
    return JsonResponse(options)


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Ends one session, or all but this one."""
    here = key_digest(request.session.session_key or "")
    chosen = _account(request).sessions.exclude(pk=here)
    if name := request.POST.get("session"):
        chosen = chosen.filter(pk__startswith=name[:_SHORT]) if len(name) >= _SHORT else chosen.none()
    ended = enrolment.end_sessions(chosen)
    messages.success(request, _("Sessions ended: %(count)d.") % {"count": ended})
    return HttpResponseRedirect(reverse("admin:security"))


@freshly_signed_in
def replace_codes(request: HttpRequest) -> HttpResponse:
    """Another telephone shows the codes: the old one goes on until a code of the new one is typed."""
    account = _account(request)
    own = OneTimeCodes.objects.filter(account=account).first()
    if own is None:
        raise Http404
    if not own.pending_secret or request.method == "GET":
        own.pending_secret = own.pending_secret or totp.new_secret()
        own.save(update_fields=["pending_secret"])
    form = CodeForm(request.POST or None, secret=own.pending_secret)
    if "code" in request.POST and form.is_valid():
        own.secret, own.pending_secret = str(own.pending_secret), ""
        own.last_step, own.added_at = form.step, timezone.now()
        own.save()
        messages.success(request, _("Codes now come from the new telephone. Those of the old one are void."))
        return HttpResponseRedirect(reverse("admin:security"))
    uri = totp.provisioning_uri(own.pending_secret, account.get_username())
    return page(
        request,
        "staff/replace_codes.html",
        title=_("Another telephone"),
        form=form,
        qr=qr_code(uri),
        secret=totp.in_groups(own.pending_secret),
    )


@freshly_signed_in
def new_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ten new codes; the former ones are void."""
    if request.method != "POST":
        return page(request, "staff/recovery_ask.html", title=_("Recovery codes"), is_again=True)
    codes = make_recovery_codes(_account(request))
    return page(
        request,
        "staff/recovery_codes.html",
        title=_("Recovery codes"),
        codes=codes,
        onward=reverse("admin:security"),
    )


@freshly_signed_in
def add_passkey(request: HttpRequest) -> HttpResponse:
    """One more passkey."""
    return added_passkey(request, _account(request)) or passkey_page(request, is_first=False)


@freshly_signed_in
def remove_passkey(request: HttpRequest, number: int) -> HttpResponse:
    """Removes a passkey, but never the last: add another one first."""
    own = _account(request).passkeys
    chosen = own.filter(pk=number).first()
    if chosen is None:
        raise Http404
    if own.count() < 2:
        messages.error(request, _("This is your only passkey: add another one first."))
    elif request.method == "POST":
        chosen.delete()
        messages.success(request, _("Passkey removed."))
    else:
        return page(request, "staff/remove_passkey.html", title=_("Remove a passkey"), passkey=chosen)
    return HttpResponseRedirect(reverse("admin:security"))
