"""The page kinds of news, for the registry of the whole site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from memorial.base.civil_date import civil_date
from memorial.base.page_kinds import Page, PageKind
from memorial.news.models import NewsItem


def news_list_page() -> Page:
    """The page of all news."""
    return Page("news-list")


def news_page(item: NewsItem, *, is_quiet: bool = False) -> Page:
    """The page of a piece of news; without its day where somebody in it asked for quiet."""
    return Page("news-detail", {"slug": item.slug}, item.complete_in(), None if is_quiet else item.on)


def _list() -> Iterator[Page]:
    page = news_list_page()
    # A list of nothing is there and not to be indexed, as its own head says.
    yield page if NewsItem.objects.published().exists() else replace(page, complete_in=())


def _items() -> Iterator[Page]:
    loud = set(NewsItem.objects.published().loud(civil_date()).values_list("pk", flat=True))
    for item in NewsItem.objects.published().order_by("id"):
        yield news_page(item, is_quiet=item.pk not in loud)


PAGE_KINDS = (
    PageKind("news-list", _list),
    PageKind("news-detail", _items, depends_on_date=True),
)
