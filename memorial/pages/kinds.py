"""The page kinds of pages of staff and of themes, for the registry of the whole site."""

from __future__ import annotations

from collections.abc import Iterator

from memorial.base.page_kinds import Page, PageKind
from memorial.pages.display import site_page
from memorial.pages.models import SitePage
from memorial.pages.themes import theme_pages


def _site_pages() -> Iterator[Page]:
    yield from map(site_page, SitePage.objects.published().in_order())


def _themes() -> Iterator[Page]:
    yield Page("themes")


PAGE_KINDS = (
    PageKind("page-detail", _site_pages),
    PageKind("themes", _themes, depends_on_date=True),
    PageKind("theme-detail", theme_pages, depends_on_date=True),
)
