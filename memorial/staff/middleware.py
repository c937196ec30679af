"""The middleware of the staff office: sessions, CSRF, sign-in, messages, and who acts.

On every other path they stand aside, so that a public page has no cookie, no `Vary: Cookie` and
no CSRF token even where one process serves both. Only that process and the office's own load
this module: the public process has no auth app to import.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.gzip import GZipMiddleware
from django.utils.deprecation import MiddlewareMixin

from memorial.base.acting import acting, staff_actor
from memorial.staff_paths import is_staff_request


class StaffOnly(MiddlewareMixin):
    """Mixed in before a middleware, makes it act below ADMIN_PATH and nowhere else."""

    # Django would otherwise hand async requests past `__call__`; this project serves WSGI.
    async_capable = False

    def __call__(self, request: HttpRequest) -> Any:
        """Pass the request through the middleware mixed with, or straight past it."""
        if is_staff_request(request):
            return super().__call__(request)
        return self.get_response(request)


class StaffSessionMiddleware(StaffOnly, SessionMiddleware):
    """Sessions for staff; a reader's request has no `session` at all."""


class StaffCsrfMiddleware(StaffOnly, CsrfViewMiddleware):
    """CSRF tokens for staff; public pages have no cookie that a forged form could abuse."""

    def process_view(
        self,
        request: HttpRequest,
        callback: Callable[..., HttpResponseBase],
        callback_args: tuple[Any, ...],
        callback_kwargs: dict[str, Any],
    ) -> Any:
        """The check itself, which Django calls apart from `__call__`."""
        if not is_staff_request(request):
            return None
        return super().process_view(request, callback, callback_args, callback_kwargs)


class StaffAuthenticationMiddleware(StaffOnly, AuthenticationMiddleware):
    """`request.user` for staff; a reader is nobody, not even an anonymous user."""


class StaffMessageMiddleware(StaffOnly, MessageMiddleware):
    """One-time messages to staff, kept in their session."""


class StaffGZipMiddleware(StaffOnly, GZipMiddleware):
    """Editing pages are long and read over Tor: a tenth of the bytes.

    Django pads what it compresses at random and masks its tokens, so that lengths tell nothing.
    """


class ActingMiddleware:
    """Every row that a signed-in request changes carries `staff:<number>` in the history."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer; on the readers' pages nobody acts, and nobody is asked for."""
        if not is_staff_request(request) or not request.user.is_authenticated:
            return self.get_response(request)
        # This project's own store: memorial.staff.session_store.
        request.session.note_use()  # type: ignore[attr-defined]
        with acting(staff_actor(request.user.pk)):
            return self.get_response(request)
