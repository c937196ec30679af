"""How a public page is answered: the same bytes for everyone, kept for half a minute, asked again by ETag.

A page is a function of its address, the published data and the civil date. The ETag names
exactly these (and the program itself), so a reader who asks again costs one small query at most.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from memorial.base.civil_date import civil_date
from memorial.base.content_version import note_etag, present_version
from memorial.base.watched_query import quiet_full_path

View = Callable[..., HttpResponseBase]

# Whatever is hidden is gone from every cache within a minute.
SECONDS_KEPT: Final = 30
_APPS: Final = ("memorial", "prisoners", "cases", "assistance", "donations")
_SHAPES_PAGES: Final = (
    "templates/**/*.html",
    "static/css/*",
    "locale/**/*.mo",
    *(f"{app}/**/*.py" for app in _APPS),
)
# What pages show or withhold because the environment says so: a restart with another word is another page.
_SETTINGS_SHOWN: Final = (
    *("DONATE_PUBLIC_KEYS", "DONATE_LOWEST_SERIAL", "LEGAL_STATUS"),
    *("ONION_URL", "EDITORS_EMAIL", "RETENTION", "PUBLIC_URL"),
)


def public_page(*, depends_on_date: bool = True) -> Callable[[View], View]:
    """Decorates a view that readers get: GET and HEAD only, with ETag and a short life in caches."""

    def decorate(view: View) -> View:
        def etag(request: HttpRequest, *_args: Any, **_kwargs: Any) -> str:
            return page_etag(quiet_full_path(request), depends_on_date=depends_on_date)

        return require_safe(briefly_kept(condition(etag_func=etag)(view)))

    return decorate


def briefly_kept(view: View) -> View:
    """Decorates a view whose answer any cache may keep, but not for longer than `SECONDS_KEPT`.

    Redirects too: a browser keeps a permanent one for ever unless it is told otherwise.
    """

    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return keep_briefly(view(request, *args, **kwargs))

    return kept


def keep_briefly(response: HttpResponseBase) -> HttpResponseBase:
    """The response with the cache rules of a public page."""
    patch_cache_control(response, public=True, max_age=SECONDS_KEPT, must_revalidate=True)
    return response


def page_etag(full_path: str, *, depends_on_date: bool = True) -> str:
    """The quoted ETag of a page as it is now."""
    version = present_version()
    etag = etag_at(version.text, full_path, depends_on_date=depends_on_date)
    note_etag(etag, version, depends_on_date=depends_on_date)
    return etag


def etag_at(version: str, full_path: str, *, depends_on_date: bool) -> str:
    """The quoted ETag of a page at a version, today."""
    day = civil_date().isoformat() if depends_on_date else ""
    parts = "\n".join([version, day, program_and_settings(), full_path])
    return f'"{hashlib.sha256(parts.encode()).hexdigest()[:32]}"'


def program_and_settings() -> str:
    """What makes pages besides the data: the program, and what the environment says of them."""
    told = repr([getattr(settings, name, None) for name in _SETTINGS_SHOWN])
    return f"{program_digest()} {told}"


@cache
def program_digest() -> str:
    """A digest of templates, styles, translations and code: a new version of the program is a new page."""
    root = Path(settings.BASE_DIR)
    digest = hashlib.sha256()
    for path in sorted(path for pattern in _SHAPES_PAGES for path in root.glob(pattern)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
