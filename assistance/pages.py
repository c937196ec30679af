"""The page kinds of help given, for the registry of the whole site."""

from __future__ import annotations

from collections.abc import Iterator

from assistance.display.totals import by_period
from assistance.models import Story, TotalsPublication
from memorial.base.page_kinds import Page, PageKind


def what_we_do_page(period: str = "") -> Page:
    """The page of a period, or of what we do."""
    if not period:
        return Page("assistance:what-we-do")
    return Page("assistance:what-we-do-period", {"period": period})


def _what_we_do() -> Iterator[Page]:
    yield what_we_do_page()


def _periods() -> Iterator[Page]:
    """Of the first of them the page itself tells."""
    shown = by_period(TotalsPublication.objects.published().for_detail())
    yield from (what_we_do_page(each.publication.period) for each in shown[1:])


def story_page(story: Story) -> Page:
    """The page of a story."""
    return Page("assistance:story-detail", {"slug": story.slug}, story.complete_in())


def _story_list() -> Iterator[Page]:
    """Only while there is a story to tell."""
    if Story.objects.published().exists():
        yield Page("assistance:story-list")


def _stories() -> Iterator[Page]:
    yield from map(story_page, Story.objects.published().order_by("id"))


PAGE_KINDS = (
    PageKind("what-we-do", _what_we_do, depends_on_date=True),
    PageKind("what-we-do-period", _periods),
    PageKind("story-list", _story_list, depends_on_date=True),
    PageKind("story-detail", _stories, depends_on_date=True),
)
