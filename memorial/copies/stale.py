"""The last good copy of a page, marked as such: to the eye in a line above the page, to programs in a header."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from memorial.base.civil_date import MOSCOW
from memorial.base.partial_date import PartialDate, format_partial_date
from memorial.copies.page_copy import PageCopy
from memorial.middleware import path_language

SECONDS_KEPT: Final = 5
_BEFORE: Final = b'<header class="top">'
_NOT_TRUE_OF_IT: Final = frozenset({"etag", "cache-control", "content-length", "last-modified"})


def stale_answer(copy: PageCopy, request: HttpRequest) -> HttpResponse:
    """The page as it was when it was last known to be true, and the word that it is so."""
    headers = {name: value for name, value in copy.headers if name.lower() not in _NOT_TRUE_OF_IT}
    body = copy.body
    if headers.get("Content-Type", "").startswith("text/html"):
        body = body.replace(_BEFORE, _line(copy, path_language(request.path_info)) + _BEFORE, 1)
    headers |= {
        "Age": str(max(0, int(time.time() - copy.checked_at))),
        # Whoever keeps it asks again soon: the page of now comes with the database.
        "Cache-Control": f"public, max-age={SECONDS_KEPT}, must-revalidate",
        "Content-Length": str(len(body)),
        "Warning": '110 - "Response is Stale"',
    }
    return HttpResponse(body, headers=headers)


def _line(copy: PageCopy, language: str) -> bytes:
    at = datetime.fromtimestamp(copy.checked_at, UTC).astimezone(MOSCOW)
    with translation.override(language):
        said = {
            "day": format_partial_date(PartialDate.from_date(at.date()), language),
            "moment": at.isoformat(timespec="minutes"),
            "time": f"{at:%H:%M}",
        }
        return render_to_string("copies/stale.html", said).encode()
