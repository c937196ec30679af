"""Names the member of staff behind every change that a request of the office makes."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from memorial.base.acting import acting, staff_actor
from memorial.staff_middleware import StaffOnly
from memorial.staff_paths import is_staff_request


class ActingMiddleware:
    """Every row that a signed-in request changes carries `staff:<number>` in the history."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer; on the readers' pages nobody acts, and nobody is asked for."""
        if not is_staff_request(request) or not request.user.is_authenticated:
            return self.get_response(request)
        with acting(staff_actor(request.user.pk)):
            return self.get_response(request)


class StaffGZipMiddleware(StaffOnly, GZipMiddleware):
    """Editing pages are long and read over Tor: a tenth of the bytes.

    Django pads what it compresses at random and masks its tokens, so that lengths tell nothing.
    """
