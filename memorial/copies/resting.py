"""What is said while the database is away and there is no copy: to readers that the site rests, to staff that
nothing was confirmed as saved, with what they had typed.
"""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from memorial.middleware import path_language
from memorial.staff_paths import is_staff_request

SECONDS_TO_REST: Final = 30
_KEPT_TO_ONESELF: Final = ("password", "code", "token", "secret", "credential")
"""Parts of the names of fields that are never repeated on a page; the token of the form alone is."""
_FORM_MARK: Final = "csrfmiddlewaretoken"


def is_away(error: BaseException | None) -> bool:
    """Whether an error says that the database is not there, frozen, full or starting: no fault of the program."""
    return isinstance(error, OperationalError | InterfaceError)


def resting(request: HttpRequest) -> HttpResponse:
    """503 for readers or for staff, made without the database."""
    response = _office(request) if is_staff_request(request) else _readers(request)
    response.headers["Retry-After"] = str(SECONDS_TO_REST)
    response.headers["Cache-Control"] = "no-store"
    response.is_of_a_database_away = True  # type: ignore[attr-defined]  # read by memorial.copies.middleware
    return response


def says_away(response: object) -> bool:
    """Whether an answer was made by `resting()`."""
    return bool(getattr(response, "is_of_a_database_away", False))


def _readers(request: HttpRequest) -> HttpResponse:
    language = path_language(request.path_info)
    others = []
    for code, _name in settings.LANGUAGES:
        if code != language:
            with translation.override(code):
                others.append((code, _("The site is unavailable for now: its database is not answering.")))
    with translation.override(language):
        return HttpResponse(render_to_string("copies/resting.html", {"others": others}), status=503)


def _office(request: HttpRequest) -> HttpResponse:
    is_change = request.method == "POST"
    said = {
        "is_change": is_change,
        "typed": _typed(request) if is_change else [],
        "has_files": is_change and bool(request.FILES),
        "address": request.get_full_path(),
    }
    return HttpResponse(render_to_string("copies/resting_office.html", said), status=503)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent, field by field; of somebody who is signed in, and never what proves who it is."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return []
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        for value in values
        if name == _FORM_MARK or not any(part in name.casefold() for part in _KEPT_TO_ONESELF)
    ]
