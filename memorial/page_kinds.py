"""The page kinds of the whole site. Sitemap, leak crawl, accessibility run and cache walk this alone."""

from collections.abc import Iterator
from typing import Final

from assistance.pages import PAGE_KINDS as ASSISTANCE
from cases.pages import PAGE_KINDS as CASES
from donations.pages import PAGE_KINDS as DONATIONS
from memorial.appeals.pages import PAGE_KINDS as APPEALS
from memorial.base.page_kinds import Page, PageKind, PageRegistry
from memorial.figures.pages import PAGE_KINDS as FIGURES
from memorial.letters.pages import PAGE_KINDS as LETTERS
from memorial.mirror.page import PAGE_KINDS as MIRRORS
from memorial.news.pages import PAGE_KINDS as NEWS
from memorial.pages.kinds import PAGE_KINDS as SITE_PAGES
from prisoners.pages import PAGE_KINDS as PRISONERS


def _home() -> Iterator[Page]:
    yield Page("home")


def _data() -> Iterator[Page]:
    yield Page("data-packages")


def _api() -> Iterator[Page]:
    yield Page("api")


def _search() -> Iterator[Page]:
    yield Page("search")


def _calendar() -> Iterator[Page]:
    yield Page("calendar")


PAGES: Final = PageRegistry(
    [
        PageKind("home", _home, depends_on_date=True),
        PageKind("calendar", _calendar, depends_on_date=True),
        PageKind("search", _search, in_sitemap=False),
        PageKind("data-packages", _data, depends_on_date=True),
        PageKind("api", _api),
    ],
    PRISONERS,
    CASES,
    ASSISTANCE,
    DONATIONS,
    FIGURES,
    NEWS,
    LETTERS,
    SITE_PAGES,
    APPEALS,
    MIRRORS,
)
