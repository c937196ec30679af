"""The page kinds of appeals and events, for the registry of the whole site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from memorial.appeals.models import Appeal, PublicEvent
from memorial.base.civil_date import civil_date
from memorial.base.page_kinds import Page, PageKind


def appeal_list_page() -> Page:
    """The page of all appeals."""
    return Page("appeal-list")


def appeal_page(appeal: Appeal) -> Page:
    """The page of an appeal."""
    return Page("appeal-detail", {"slug": appeal.slug}, appeal.complete_in())


def event_list_page() -> Page:
    """The page of all events."""
    return Page("event-list")


def event_page(event: PublicEvent) -> Page:
    """The page of an event."""
    return Page("event-detail", {"slug": event.slug}, event.complete_in())


def _appeal_list() -> Iterator[Page]:
    yield _indexed_if(appeal_list_page(), indexed=Appeal.objects.published().exists())


def _appeals() -> Iterator[Page]:
    today = civil_date()
    for appeal in Appeal.objects.published().order_by("id"):
        yield _indexed_if(appeal_page(appeal), indexed=appeal.is_current(today))


def _event_list() -> Iterator[Page]:
    events, today = PublicEvent.objects.published(), civil_date()
    yield _indexed_if(event_list_page(), indexed=events.ahead(today).exists() or events.past(today).exists())


def _indexed_if(page: Page, *, indexed: bool) -> Page:
    """As the page's own head says: what is over, and a list of nothing, are there and not to be indexed."""
    return page if indexed else replace(page, complete_in=())


def _events() -> Iterator[Page]:
    yield from map(event_page, PublicEvent.objects.published().order_by("id"))


PAGE_KINDS = (
    PageKind("appeal-list", _appeal_list, depends_on_date=True),
    PageKind("appeal-detail", _appeals, depends_on_date=True),
    PageKind("event-list", _event_list, depends_on_date=True),
    PageKind("event-detail", _events, depends_on_date=True),
)
