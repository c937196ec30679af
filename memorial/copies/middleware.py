"""Public pages from their copies: outermost what needs no page to be made, innermost how one is made."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed, TooManyFieldsSent
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, has_vary_header

from memorial.base.civil_date import civil_date
from memorial.base.content_version import Version
from memorial.base.page_record import PageRecord, found_again, recorded
from memorial.base.public_pages import etag_at, page_etag, program_and_settings
from memorial.base.watched_query import WatchedRequest, address_of
from memorial.copies.dated import shown_until_a_day
from memorial.copies.page_copy import PageCopy
from memorial.copies.resting import says_away
from memorial.copies.shelf import LONGEST_QUERY, shelf
from memorial.copies.stale import stale_answer
from memorial.postgres.deadline import answered_within
from memorial.staff_paths import is_staff_request

GetResponse = Callable[[HttpRequest], HttpResponseBase]
PATIENCE: Final = 1.5
"""Seconds that the database has for a page of which there is a good copy."""
BUSY_PATIENCE: Final = 8.0
"""Seconds that one request has for it where the database is there and only busy: others are shown the copy."""
SECOND_TRY: Final = 0.4
"""Seconds that it has, after it has just failed, for a page of which there is no copy: it may only be busy."""
OFFICE_PATIENCE: Final = 5.0
"""Seconds that the database has for a page of the office after it has just failed."""
_NOT_OF_A_304: Final = frozenset({"content-length", "content-type"})


class CopiesMiddleware:
    """Answers from a good copy without a query, from the last good one while the database is away."""

    def __init__(self, get_response: GetResponse) -> None:
        if not settings.PAGE_COPIES:
            raise MiddlewareNotUsed
        self.get_response = get_response
        program_and_settings()  # reads all of the program: now, and not while the first reader waits

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer. The office has none but its own; a transaction of a test sees what nobody else does."""
        if connection.in_atomic_block:
            return self.get_response(request)
        if is_staff_request(request):
            return self._office(request)
        query = str(request.META.get("QUERY_STRING", ""))
        if not _may_be_a_copy(request, query):
            return self.get_response(request)
        return self._page(request, query)

    def _office(self, request: HttpRequest) -> HttpResponseBase:
        pulse = shelf().pulse
        # Who writes is worth a second try: a copy cannot stand in for it.
        seconds = None if pulse.read() else OFFICE_PATIENCE
        response = self._asked(request, seconds)
        if says_away(response):
            pulse.failed()
        elif request.method == "POST":
            # What was taken back is known to the other processes of this host before the office says so.
            pulse.ask_again()
            if version := pulse.read():
                shelf().note(version)
        return response

    def _page(self, request: HttpRequest, query: str) -> HttpResponseBase:
        copies = shelf()
        version, copy = copies.pulse.read(), copies.find(request.path_info, query)
        if version is None:
            return self._last_good(request, copy) or self._asked(request, SECOND_TRY)
        copies.note(version)
        if copy is not None and copies.is_good(copy, version):
            return answer_of(copy, request)
        return self._made(request, query, version, copy)

    def _made(
        self, request: HttpRequest, query: str, version: Version, copy: PageCopy | None
    ) -> HttpResponseBase:
        """The page made anew, by one request at a time, or what it has just been found to be."""
        copies = shelf()
        has_copy = copy is not None and copies.is_last_good(copy)
        with copies.alone(request.path_info, query, has_copy=has_copy) as is_mine:
            copy = copies.find_newer(request.path_info, query)
            if copy is not None and copies.is_good(copy, version):
                return answer_of(copy, request)
            theirs = copies.find_shared(request.path_info, query)
            if theirs is not None and copies.is_good(theirs, version):
                return answer_of(theirs, request)
            if not is_mine and (last := self._last_good(request, copy)) is not None:
                return last
            has_copy = copy is not None and copies.is_last_good(copy)
            making = _Making(query, copy)
            request.page_making = making  # type: ignore[attr-defined]  # read by MakingMiddleware
            response = self._asked(request, _patience(has_copy=has_copy))
            if says_away(response):
                copies.pulse.doubted()
                return self._last_good(request, copy) or response
            if (made := making.copy_of(request, response)) is not None:
                copies.keep(made)
                return answer_of(made, request)
        return response

    def _asked(self, request: HttpRequest, seconds: float | None) -> HttpResponseBase:
        with ExitStack() as stack:
            if seconds is not None:
                stack.enter_context(answered_within(seconds))
            return self.get_response(request)

    def _last_good(self, request: HttpRequest, copy: PageCopy | None) -> HttpResponseBase | None:
        if copy is None or not shelf().is_last_good(copy):
            return None
        return stale_answer(copy, request)


class _Making:
    """One page on its way from the view: what is known of it before, and what its making looked at."""

    def __init__(self, query: str, before: PageCopy | None) -> None:
        self.query = query
        self.before = before
        self.renewed: PageCopy | None = None
        self.record: PageRecord | None = None
        self.names: tuple[str, ...] = ()

    def copy_of(self, request: HttpRequest, response: HttpResponseBase) -> PageCopy | None:
        """The copy to keep: the renewed one, or one of this answer; None for what is no public page."""
        if self.renewed is not None:
            return self.renewed
        record = self.record
        if record is None or not _is_a_public_page(request, response, record):
            return None
        address = address_of(request.path_info, self.query, self.names)
        return PageCopy(
            address=address,
            names=self.names,
            headers=tuple(response.items()),
            body=response.content,  # type: ignore[attr-defined]  # no stream
            # That of the page, whatever else was asked with it.
            etag=etag_at(record.version, address, depends_on_date=record.depends_on_date),
            version=record.version,
            taken_back=record.taken_back,
            day=civil_date().isoformat() if record.depends_on_date else "",
            program=program_and_settings(),
            checked_at=time.time(),
            statements=tuple(record.statements) if record.is_whole else (),
            found=record.found if record.is_whole else "",
            of_its_day=record.saw_watched,
        )


class MakingMiddleware:
    """Innermost, where the role of readers is taken on: looks whether the page is what it was, or records its making."""

    def __init__(self, get_response: GetResponse) -> None:
        if not settings.PAGE_COPIES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page, or an empty answer in place of one that has not changed."""
        making: _Making | None = getattr(request, "page_making", None)
        if making is None:
            return self.get_response(request)
        if making.before is not None and (same := _found_the_same(making.before)) is not None:
            making.renewed = same
            return HttpResponse()
        try:
            watched = WatchedRequest(request)
        except TooManyFieldsSent:
            return self.get_response(request)
        with recorded(shown_until_a_day()) as record:
            response = self.get_response(request)
        making.record, making.names = record, watched.names
        return response


def _found_the_same(copy: PageCopy) -> PageCopy | None:
    """The copy with the marks of now, if all that its page read is as it was."""
    if not copy.statements or not copy.answers(
        copy.version, civil_date().isoformat(), program_and_settings()
    ):
        return None
    # Before the rows: they may be newer than the version says, never older.
    with recorded() as record:
        etag = page_etag(copy.address, depends_on_date=bool(copy.day))
    try:
        if found_again(copy.statements) != copy.found:
            return None
    except (DatabaseError, InterfaceError):
        return None  # a statement that this connection has not prepared, or a database that is away: the view will tell
    return copy.renewed(etag=etag, version=record.version, taken_back=record.taken_back)


def _patience(*, has_copy: bool) -> float | None:
    """Seconds that the database has for a page that is made now; None for as long as its statements may take."""
    if not has_copy:
        return None
    return BUSY_PATIENCE if shelf().pulse.is_busy else PATIENCE


def _may_be_a_copy(request: HttpRequest, query: str) -> bool:
    if request.method not in ("GET", "HEAD") or len(query) > LONGEST_QUERY:
        return False
    if settings.SITE_ROLE == "staff":
        return False  # what its role may read is more, and the folder is the readers' too
    if settings.SERVES_STAFF and settings.SESSION_COOKIE_NAME in request.COOKIES:
        return False
    if request.path_info.startswith((settings.STATIC_URL, settings.MEDIA_URL)):
        return False
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return True


def _is_a_public_page(request: HttpRequest, response: HttpResponseBase, record: PageRecord) -> bool:
    return (
        request.method == "GET"
        and response.status_code == 200
        and not response.streaming
        and bool(record.etag)
        and response.get("ETag") == record.etag
        and not response.cookies
        and not has_vary_header(response, "Cookie")
        and "Vary" not in response.headers
        and "public" in response.get("Cache-Control", "")
    )


def answer_of(copy: PageCopy, request: HttpRequest) -> HttpResponseBase:
    """What a reader gets from a copy: the page, or 304 to one who has it."""
    headers = dict(copy.headers) | {"ETag": copy.etag}
    whole = HttpResponse(copy.body, headers=headers)
    response: Any = get_conditional_response(request, etag=copy.etag, response=whole)
    if isinstance(response, HttpResponseNotModified):
        for name, value in headers.items():
            if name.lower() not in _NOT_OF_A_304:
                response.headers.setdefault(name, value)
    answer: HttpResponseBase = response
    return answer
