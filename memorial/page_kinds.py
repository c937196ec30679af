"""The page kinds of the whole site. Sitemap, leak crawl, accessibility run and cache walk this alone."""

from collections.abc import Iterator
from typing import Final

from cases.pages import PAGE_KINDS as CASES
from memorial.base.page_kinds import Page, PageKind, PageRegistry
from prisoners.pages import PAGE_KINDS as PRISONERS


def _home() -> Iterator[Page]:
    yield Page("home")


def _calendar() -> Iterator[Page]:
    yield Page("calendar")


PAGES: Final = PageRegistry(
    [PageKind("home", _home, depends_on_date=True), PageKind("calendar", _calendar, depends_on_date=True)],
    PRISONERS,
    CASES,
)
