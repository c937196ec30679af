"""Answers of the API: JSON that any page of any site may read, errors as RFC 9457 has them.

Every origin may read it (CORS): the bytes are public and the same for everyone, no cookie is asked or set.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from memorial.base.localized import current_language
from memorial.base.opendata.about import DISCLAIMER, LICENCE, LICENCE_NAME, LICENCE_URL, licence_words

METHODS: Final = "GET, HEAD, OPTIONS"
PROBLEM: Final = "application/problem+json"
_SECONDS_OF_PREFLIGHT: Final = 86_400
_TITLES: Final = {400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed"}
_SIGNS_OF_MARKUP: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>"}


def absolute(path: str) -> str:
    """The whole address of a path of this site."""
    return f"{settings.PUBLIC_URL}{path}"


def about(on: date) -> dict[str, Any]:
    """What every answer says of itself, in the active language."""
    language = current_language()
    return {
        "language": language,
        "as_of": on.isoformat(),
        "disclaimer": str(DISCLAIMER),
        "licence": {"name": LICENCE, "title": LICENCE_NAME, "url": LICENCE_URL},
        "terms": licence_words(),
        "documentation": absolute(reverse("api")),
    }


def answer(data: Any, *, content_type: str = "application/json", status: int = 200) -> HttpResponse:
    """Data as an answer in the active language. Signs of markup are escaped: no program minds, no browser is misled."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_SIGNS_OF_MARKUP)
    response = HttpResponse(f"{text}\n", content_type=content_type, status=status)
    response.headers["Content-Language"] = current_language()
    return open_to_all(response)


def problem(status: int, detail: str, **more: str) -> HttpResponse:
    """An error for programs and for people (RFC 9457). Of the request at most the name of a parameter is repeated."""
    said = {"type": "about:blank", "title": _TITLES[status], "status": status, "detail": detail, **more}
    return answer(said, content_type=PROBLEM, status=status)


def absent() -> HttpResponse:
    """404, the same bytes whether there is nothing or it is hidden."""
    return problem(404, _("There is nothing at this address."))


def wrong_method() -> HttpResponse:
    """405: nothing can be changed here."""
    response = problem(405, _("The API can only be read: GET, HEAD, OPTIONS."))
    response.headers["Allow"] = METHODS
    return response


def preflight() -> HttpResponse:
    """What a browser asks before it reads for another site with a condition."""
    response = HttpResponse(status=204)
    headers = {
        "Allow": METHODS,
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": "If-None-Match",
        "Access-Control-Max-Age": str(_SECONDS_OF_PREFLIGHT),
    }
    for name, value in headers.items():
        response.headers[name] = value
    del response.headers["Content-Type"]
    return open_to_all(response)


def open_to_all(response: HttpResponse) -> HttpResponse:
    """The response with the permission to read it from the pages of other sites."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Link"
    # The pages are what search engines should lead to.
    response.headers["X-Robots-Tag"] = "noindex"
    return response
