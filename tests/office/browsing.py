"""A real Chromium at the office's desk, whose console and requests are written down."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from memorial.staff.management.commands.create_demo_staff import DEMO_STAFF
from tests.plugin import chromium


@contextmanager
def chromium_open() -> Iterator[Browser]:
    """The system's browser. In a container its sandbox needs rights that root there does not have."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Desk:
    """One member of staff at one browser."""

    context: BrowserContext
    site: str
    said: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.context.pages[-1] if self.context.pages else self._new_page()

    def _new_page(self) -> Page:
        page = self.context.new_page()
        page.on("console", lambda message: self.said.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"{page.url}: {error}"))
        page.on("request", lambda request: self._note(request.url))
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    def _note(self, url: str) -> None:
        if not url.startswith((f"{self.site}/", "data:", "blob:")):
            self.foreign.append(url)

    def open(self, path: str) -> Page:
        """Goes to a page and waits until it is quiet."""
        self.page.goto(f"{self.site}{path}", wait_until="networkidle")
        return self.page

    def sign_in(self, name: str = "editor") -> Page:
        """Through the sign-in page, as people do, in English."""
        page = self.open("/admin/")
        page.click("button[name=language][value=en]")
        page.fill("#id_username", name)
        page.fill("#id_password", DEMO_STAFF[name])
        page.click("#login-form [type=submit]")
        page.wait_for_load_state("networkidle")
        return page


def at_desk(browser: Browser, site: str, **settings) -> Desk:
    """A browser of one's own: cookies and drafts of nobody else."""
    settings.setdefault("viewport", {"width": 1280, "height": 900})
    return Desk(browser.new_context(**settings), site)
