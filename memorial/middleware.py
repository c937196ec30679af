"""What happens to every request, whoever sends it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Final
from urllib.parse import unquote_to_bytes, urlsplit

from csp.constants import HEADER as CSP_HEADER
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from memorial.staff_paths import is_staff_request

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# Django has decoded the path and has encoded again what was no UTF-8.
_BROKEN_PATH: Final = re.compile(r"\0|%[89A-F][0-9A-F]", re.IGNORECASE)
_LANGUAGES: Final = tuple(code for code, _name in settings.LANGUAGES)


class WellFormedRequestMiddleware:
    """Answers 400 to a path or query with a NUL byte or invalid UTF-8.

    PostgreSQL refuses both in text, and would turn such a request into a 500.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page, or a plain 400 in which nothing of the request is repeated."""
        query = unquote_to_bytes(request.META.get("QUERY_STRING", ""))
        if not _BROKEN_PATH.search(request.path_info) and _is_text(query):
            return self.get_response(request)
        return HttpResponse("Bad request\n", status=400, content_type="text/plain; charset=utf-8")


def _is_text(value: bytes) -> bool:
    try:
        return "\0" not in value.decode()
    except UnicodeDecodeError:
        return False


class PathLanguageMiddleware:
    """Takes the language from the path: `/ru/…`, `/en/…`, Russian elsewhere.

    Only the staff office asks the browser, and only its answers vary by it;
    Django's LocaleMiddleware would put `Vary: Accept-Language` on every page.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page in its language, which `Content-Language` names."""
        is_staff = is_staff_request(request)
        language = _staff_language(request) if is_staff else path_language(request.path_info)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        if is_staff:
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", translation.get_language() or language)
        return response


def path_language(path: str) -> str:
    """The language that a path begins with, Russian where it names none."""
    first = path.removeprefix("/").partition("/")[0]
    return first if first in _LANGUAGES else settings.LANGUAGE_CODE


def _staff_language(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in _LANGUAGES:
        return chosen
    return translation.get_language_from_request(request)


class SecurityHeadersMiddleware(CSPMiddleware):
    """What the browser may do with a page: one policy for readers, one for staff."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The response with its headers; a view's own choice is left as it is."""
        headers = {"Permissions-Policy": "camera=(), geolocation=(), microphone=()"}
        address = settings.PUBLIC_URL
        if is_staff_request(request):
            address = settings.STAFF_URL
            headers |= _staff_headers()
            if getattr(response, "_csp_config", None) is None:
                response._csp_config = settings.STAFF_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]
        elif settings.ONION_URL:
            # Tor Browser offers the same page in the Tor network.
            headers["Onion-Location"] = settings.ONION_URL + request.get_full_path()
        if urlsplit(address).scheme == "https":
            headers["Strict-Transport-Security"] = f"max-age={settings.STRICT_TRANSPORT_SECONDS}"
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        response = super().process_response(request, response)
        if policy := response.headers.get(CSP_HEADER):
            # django-csp goes through a set, whose order differs from worker to worker; the same
            # page has the same headers wherever it was made.
            response.headers[CSP_HEADER] = "; ".join(sorted(policy.split("; ")))
        return response


def _staff_headers() -> dict[str, str]:
    return {
        "Referrer-Policy": settings.STAFF_REFERRER_POLICY,
        "X-Frame-Options": settings.STAFF_X_FRAME_OPTIONS,
        "X-Robots-Tag": "noindex, nofollow",
        "Cache-Control": "no-store, private",
    }


class DatabaseRoleMiddleware:
    """In `both`, where one process serves readers and staff, picks the database role by path.

    So the page that a developer sees has passed the same grants as on a real site, where the
    two are processes of their own and this middleware is not installed.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page, made under site_ro or staff_rw; the role before is put back afterwards."""
        role = _BorrowedRole("staff_rw" if is_staff_request(request) else "site_ro")
        try:
            response = role.run(lambda: self.get_response(request))
        except BaseException:
            role.give_back()
            raise
        if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
            # Its rows are still to be read, when the server asks for them.
            response.streaming_content = _RoleKeeper(iter(response), role)
        else:
            role.give_back()
        return response


class _BorrowedRole:
    """A database role taken on for one request."""

    def __init__(self, role: str) -> None:
        self.previous: str | None = None
        self.error: DatabaseError | InterfaceError | None = None
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT current_setting('role'), set_config('role', %s, false)", [role])
                self.previous = cursor.fetchone()[0]
        except (DatabaseError, InterfaceError) as error:
            self.error = error

    def run(self, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
        """Call the view; without the role, pages that need no database still work."""
        if self.error is None:
            return view()
        with connection.execute_wrapper(self._refuse):
            return view()

    def _refuse(self, *_args: Any) -> Any:
        # Not a query under the wrong role, even if the server has come back meanwhile.
        raise self.error or DatabaseError("no database role")

    def give_back(self) -> None:
        """Put the role before back; never raises, or it would hide the view's own error."""
        previous, self.previous = self.previous, None
        if previous is None:
            return
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('role', %s, false)", [previous])
        except (DatabaseError, InterfaceError):
            # Inside a transaction its rollback restores the role; outside one the session
            # is not to be trusted any more.
            if not connection.in_atomic_block:
                with suppress(DatabaseError, InterfaceError):
                    connection.close()


class _RoleKeeper:
    """The chunks of a streamed response; Django calls `close` when the last one is sent."""

    def __init__(self, chunks: Iterator[bytes], role: _BorrowedRole) -> None:
        self._chunks = chunks
        self._role = role

    def __iter__(self) -> Iterator[bytes]:
        return self._chunks

    def close(self) -> None:
        """Give the role back once nothing more is read under it."""
        self._role.give_back()
