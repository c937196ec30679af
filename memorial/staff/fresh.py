"""«Once more»: before exports, roles and payment details a person proves anew who they are.

    @method_decorator(freshly_signed_in)
    def export(self, request, …):

A form that was sent is not lost: the page that asks sends it again, with the code, to the same address.
It works without JavaScript. Files are not carried over: nothing that takes files is guarded so.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib import admin
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from memorial.staff.signing_in import confirm_by_code, confirm_by_passkey, is_demo_session, is_fresh

CODE: Final = "once-more-code"
CREDENTIAL: Final = "once-more-credential"
METHOD: Final = "once-more-method"
STATE: Final = "passkey.again"
"""Where the session keeps the challenge of a passkey that confirms."""
_OWN: Final = frozenset({"csrfmiddlewaretoken", CODE, CREDENTIAL, METHOD})

View = Callable[..., HttpResponseBase]


def freshly_signed_in(view: View) -> View:
    """Lets a request through within five minutes of the last proof, and else asks for one first."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        tried = CODE in request.POST or CREDENTIAL in request.POST
        if tried and not is_fresh(request):
            if not _is_confirmed(request):
                return _ask(request, wrong=True)
            if request.POST.get(METHOD) == "GET":
                return HttpResponseRedirect(request.get_full_path())
        if is_fresh(request):
            return view(request, *args, **kwargs)
        return _ask(request)

    return guarded


def _is_confirmed(request: HttpRequest) -> bool:
    if answer := request.POST.get(CREDENTIAL):
        try:
            said = json.loads(answer)
        except ValueError:
            said = None
        return confirm_by_passkey(request, request.session.pop(STATE, None), said)
    return confirm_by_code(request, request.POST.get(CODE, ""))


def _ask(request: HttpRequest, *, wrong: bool = False) -> TemplateResponse:
    kept = [(name, value) for name, values in request.POST.lists() if name not in _OWN for value in values]
    context = {
        **admin.site.each_context(request),
        "title": _("Once more, please"),
        "kept": kept,
        "method": request.POST.get(METHOD) or request.method,
        "here": request.get_full_path(),
        "is_wrong": wrong,
        "by_password": is_demo_session(request),
    }
    return TemplateResponse(request, "staff/once_more.html", context)
