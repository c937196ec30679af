"""Signing in: by passkey, or by name, password and code on one page that needs no JavaScript."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from memorial.staff import passkeys
from memorial.staff.choices import SignInWay
from memorial.staff.forms import DemoSignInForm, SignInForm
from memorial.staff.models import User
from memorial.staff.signing_in import (
    begin_session,
    by_demo_password,
    by_passkey,
    by_password,
    is_whole,
)
from memorial.staff.views.pages import page, safe_next, sent_credential

STATE: Final = "passkey.sign_in"
"""Where the session keeps the challenge."""
WRONG: Final = gettext_lazy(
    "Not let in. Either something is mistyped, or the code has been used already: wait for the next one."
    " After ten attempts with the right password or code it takes a quarter of an hour; a passkey works at once."
)
"""The same for every reason, a name that nobody has and a closed account included."""
PASSKEY_WRONG: Final = gettext_lazy(
    "This passkey does not open the office. Was it made for another address? Sign in with password and code."
)


@sensitive_post_parameters("password", "code")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page with both ways, or straight on for somebody who is in already."""
    if request.user.is_authenticated and request.method == "GET":
        return HttpResponseRedirect(safe_next(request) if is_whole(request) else reverse("admin:enrol-next"))
    form = (DemoSignInForm if settings.DEMO_SIGN_IN else SignInForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if found := _found(form.cleaned_data):
            return _let_in(request, *found)
        form.add_error(None, WRONG)
    return _sign_in_page(request, form)


def _found(typed: dict[str, Any]) -> tuple[User, SignInWay] | None:
    if settings.DEMO_SIGN_IN:
        return by_demo_password(typed["username"], typed["password"])
    return by_password(typed["username"], typed["password"], typed["code"])


def _let_in(request: HttpRequest, account: User, way: SignInWay) -> HttpResponse:
    target = safe_next(request)
    begin_session(request, account, way)
    return HttpResponseRedirect(target if is_whole(request) else reverse("admin:enrol-next"))


def _sign_in_page(request: HttpRequest, form: SignInForm) -> HttpResponse:
    return page(
        request,
        "admin/login.html",
        title=_("Sign in"),
        form=form,
        next=safe_next(request),
        app_path=request.path,
    )


@require_POST
@never_cache
def ask_passkey(request: HttpRequest) -> JsonResponse:
    """A challenge for any passkey of this host. Only now is there a session to remember it in."""
    options, request.session[STATE] = passkeys.ask()
    return JsonResponse(options)


@require_POST
@never_cache
def sign_in_by_passkey(request: HttpRequest) -> HttpResponse:
    """Lets in whose passkey has answered the challenge, which is good for one answer."""
    found = by_passkey(request.session.pop(STATE, None), sent_credential(request))
    if found:
        return _let_in(request, *found)
    form = (DemoSignInForm if settings.DEMO_SIGN_IN else SignInForm)()
    answer = _sign_in_page(request, form)
    answer.context_data["passkey_error"] = PASSKEY_WRONG  # type: ignore[attr-defined]
    return answer
