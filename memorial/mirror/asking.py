"""Asks the site in this process: no server, no network, the same middleware and database role as a reader."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core import signals
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.db import close_old_connections
from django.http.response import HttpResponseBase

OK: Final = 200


class Site:
    """The site as a reader has it."""

    def __init__(self) -> None:
        self._handler = BaseHandler()
        self._handler.load_middleware()

    @contextmanager
    def answer(self, address: str) -> Iterator[HttpResponseBase]:
        """What the site answers to GET; closed at the end, with the files it was read from."""
        response = self._handler.get_response(_request(address))
        try:
            yield response
        finally:
            # At the end of a request Django closes a connection that is in a transaction of its own making,
            # and the snapshot with it: here the transaction lasts for the whole build.
            signals.request_finished.disconnect(close_old_connections)
            try:
                response.close()
            finally:
                signals.request_finished.connect(close_old_connections)

    def has(self, address: str) -> bool:
        """Whether there is a page or a file at this address, or a way on to one."""
        with self.answer(address) as response:
            return response.status_code < 400


def _request(address: str) -> WSGIRequest:
    parts, home = urlsplit(address), urlsplit(settings.PUBLIC_URL)
    return WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            # WSGI carries the bytes of a path as latin-1 (PEP 3333).
            "PATH_INFO": unquote(parts.path).encode().decode("latin-1"),
            "QUERY_STRING": parts.query,
            "SERVER_NAME": home.hostname or "",
            "SERVER_PORT": str(home.port or (443 if home.scheme == "https" else 80)),
            "wsgi.url_scheme": home.scheme,
            "wsgi.input": io.BytesIO(),
        }
    )
