"""Counts each request, outermost, so that what copies answer is counted too."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import translation

from memorial.copies.resting import says_away
from memorial.metrics.counting import meters
from memorial.middleware import path_language
from memorial.staff_paths import is_staff_request

GetResponse = Callable[[HttpRequest], HttpResponseBase]
_REMEMBERED: Final = 4096
_CLASSES: Final = ("", "1xx", "2xx", "3xx", "4xx", "5xx")
COPY, STALE, RESTING, RENEWED, MADE = "copy", "stale", "resting", "renewed", "made"
"""Where an answer came from: a good copy; the last good one; none, the database being away; a copy found to be
good again; the view."""


class MetricsMiddleware:
    """Counts what was asked for, by kind, and how long it took. Off unless METRICS_FOLDER is set."""

    def __init__(self, get_response: GetResponse) -> None:
        if settings.METRICS_FOLDER is None or not settings.WEB_PROCESS:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.meters = meters()
        self._is_open: bool | None = None
        self._requests = lru_cache(maxsize=_REMEMBERED)(self.meters.requests.labels)
        self._seconds = lru_cache(maxsize=None)(self.meters.seconds.labels)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, untouched."""
        watch = _DatabaseWatch()
        begun = time.perf_counter()
        with connection.execute_wrapper(watch):
            response = self.get_response(request)
        self._count(request, response, time.perf_counter() - begun)
        if watch.seconds:
            self.meters.database.observe(watch.seconds)
        return response

    def _count(self, request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
        source = source_of(request, response)
        self._requests(kind_of(request), _CLASSES[response.status_code // 100], source).inc()
        # A copy takes a millisecond, always; measuring it would cost more than a hundredth of that.
        if source != COPY:
            self._seconds(source).observe(seconds)
        is_open = source in (STALE, RESTING)
        if is_open is not self._is_open:
            self._is_open = is_open
            self.meters.breaker.set(is_open)


class _DatabaseWatch:
    """Adds up the seconds of the statements of one request."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        begun = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            self.seconds += time.perf_counter() - begun


def source_of(request: HttpRequest, response: HttpResponseBase) -> str:
    """Where an answer came from."""
    if says_away(response):
        return RESTING
    if "Warning" in response.headers:
        return STALE
    making = getattr(request, "page_making", None)
    if making is not None:
        return RENEWED if making.renewed is not None else MADE
    # Django notes the view on the way to it; a copy is answered before.
    return COPY if request.resolver_match is None and response.has_header("ETag") else MADE


def kind_of(request: HttpRequest) -> str:
    """The name of the view: «prisoner-detail», «office» for all of the office, «file», «absent»."""
    # The office's addresses are not remembered: they hold numbers of records.
    return "office" if is_staff_request(request) else _kind_at(request.path_info)


@lru_cache(maxsize=_REMEMBERED)
def _kind_at(path: str) -> str:
    if path.startswith((settings.STATIC_URL, settings.MEDIA_URL)):
        return "file"
    with translation.override(path_language(path)):
        try:
            return resolve(path).url_name or "other"
        except Resolver404:
            return "absent"
