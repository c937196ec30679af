"""Enrolling, in three steps that may be taken on different devices: password and codes, paper, passkey."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from memorial.base.acting import because
from memorial.base.qr import qr_code
from memorial.staff import passkeys, totp
from memorial.staff.choices import SignInWay
from memorial.staff.enrolment import open_link, use_link
from memorial.staff.forms import EnrolForm, PasskeyForm
from memorial.staff.models import User
from memorial.staff.recovery import make_recovery_codes
from memorial.staff.session_store import IS_WHOLE
from memorial.staff.signing_in import begin_session, is_fresh, is_whole, what_is_missing
from memorial.staff.views.pages import page

STATE: Final = "passkey.new"
"""Where the session keeps the challenge of a passkey that is being made."""


@sensitive_post_parameters()
@never_cache
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The first step, by an administrator's link: a password, and a telephone that shows codes."""
    link = open_link(token)
    if link is None:
        return page(request, "staff/link_over.html", status=404, title=_("This link is over"))
    form = EnrolForm(request.POST or None, account=link.account, secret=link.secret)
    if form.is_valid() and use_link(link=link, password=form.cleaned_data["password"], step=form.step):
        begin_session(request, link.account, SignInWay.LINK)
        return HttpResponseRedirect(reverse("admin:enrol-next"))
    uri = totp.provisioning_uri(link.secret, link.account.get_username())
    return page(
        request,
        "staff/enrol.html",
        title=_("Welcome"),
        form=form,
        account=link.account,
        qr=qr_code(uri),
        secret=totp.in_groups(link.secret),
    )


def enrolling(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For somebody who has signed in and has not enrolled everything yet; others are sent where they belong."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any) -> HttpResponse:
        account = request.user
        if not isinstance(account, User) or not account.may_sign_in:
            return HttpResponseRedirect(reverse("admin:login"))
        if is_whole(request):
            return HttpResponseRedirect(reverse("admin:index"))
        return view(request, account, *args)

    return never_cache(guarded)


@enrolling
def next_step(request: HttpRequest, account: User) -> HttpResponse:
    """On to what is missing; into the office where nothing is."""
    missing = what_is_missing(account)
    if missing:
        # Without a generator of codes nobody has come here: a link gives password and generator together.
        return HttpResponseRedirect(
            reverse(f"admin:enrol-{missing[0] if missing[0] != 'codes' else 'passkey'}")
        )
    request.session.cycle_key()
    request.session[IS_WHOLE] = True
    return HttpResponseRedirect(f"/{settings.ADMIN_PATH}")


@enrolling
def recovery(request: HttpRequest, account: User) -> HttpResponse:
    """The second step: ten codes, shown once."""
    if "recovery" not in what_is_missing(account):
        return HttpResponseRedirect(reverse("admin:enrol-next"))
    if request.method != "POST":
        return page(request, "staff/recovery_ask.html", title=_("Recovery codes"))
    codes = make_recovery_codes(account)
    return page(
        request,
        "staff/recovery_codes.html",
        title=_("Recovery codes"),
        codes=codes,
        onward=reverse("admin:enrol-next"),
    )


@enrolling
def passkey(request: HttpRequest, account: User) -> HttpResponse:
    """The third step: a passkey, on this device or, signed in there with password and code, on another."""
    if "passkey" not in what_is_missing(account):
        return HttpResponseRedirect(reverse("admin:enrol-next"))
    if answer := added_passkey(request, account):
        return answer
    return passkey_page(request, is_first=True)


@require_POST
@never_cache
def ask_passkey(request: HttpRequest) -> JsonResponse:
    """What the browser needs to make a passkey: while enrolling, or once more signed in."""
    account = request.user
    if (
        not isinstance(account, User)
        or not account.may_sign_in
        or (is_whole(request) and not is_fresh(request))
    ):
        return JsonResponse({}, status=403)
    options, request.session[STATE] = passkeys.ask_for_new(account)
    return JsonResponse(options)


def added_passkey(request: HttpRequest, account: User) -> HttpResponse | None:
    """The way on where a passkey was sent and taken; None where there is still something to do."""
    if request.method != "POST":
        return None
    form = PasskeyForm(request.POST)
    try:
        if not form.is_valid():
            raise passkeys.PasskeyRefused
        with because("a passkey of one's own"):
            state = request.session.pop(STATE, None)
            passkeys.add(account, state, form.cleaned_data["credential"], form.cleaned_data["name"])
    except passkeys.PasskeyRefused:
        messages.error(request, _("The passkey was not made. Try again, or with another device."))
        return None
    messages.success(request, _("The passkey works. From now on one press signs you in."))
    return HttpResponseRedirect(reverse("admin:security" if is_whole(request) else "admin:enrol-next"))


def passkey_page(request: HttpRequest, *, is_first: bool) -> HttpResponse:
    """The page on which a passkey is made."""
    host = settings.STAFF_URL
    return page(
        request, "staff/passkey.html", title=_("Passkey"), form=PasskeyForm(), is_first=is_first, office=host
    )
