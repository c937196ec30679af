"""A real Chromium on the pages of the test client: no port, no committed rows, the role of readers."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from playwright.sync_api import BrowserContext, Page, Route, sync_playwright

from tests.plugin import chromium

HOST = "http://localhost:8000"


@contextmanager
def browser(client: Client, **settings) -> Iterator[BrowserContext]:
    """A browser whose every request is answered by the client, or by the static files as they lie."""
    connection = connections["default"]
    with sync_playwright() as playwright:
        # Inside Playwright's loop Django would open another connection, which sees none of our rows.
        connections["default"] = connection
        program = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        context = program.new_context(**settings)
        context.route("**/*", _answer(client, connection))
        try:
            yield context
        finally:
            program.close()


def opened(context: BrowserContext, path: str) -> tuple[Page, list[str]]:
    """A page that has loaded, and the list that whatever the browser complains of goes into."""
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{HOST}{path}", wait_until="load")
    page.evaluate("document.fonts.ready.then(() => 0)")
    return page, complaints


def _answer(client: Client, connection: BaseDatabaseWrapper) -> Callable[[Route], None]:
    def answer(route: Route) -> None:
        connections["default"] = connection
        url = urlsplit(route.request.url)
        if f"{url.scheme}://{url.netloc}" != HOST:
            route.abort()  # another host: the browser complains, and so does the test
        elif url.path.startswith("/static/"):
            path = Path(str(finders.find(url.path.removeprefix("/static/"))))
            kind = mimetypes.guess_type(path.name)[0] or "font/woff2"
            route.fulfill(body=path.read_bytes(), content_type=kind)
        else:
            response = client.get(url._replace(scheme="", netloc="").geturl(), headers={"host": url.netloc})
            body = b"".join(response) if response.streaming else response.content
            route.fulfill(status=response.status_code, headers=dict(response.headers), body=body)

    return answer
