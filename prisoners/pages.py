"""The page kinds of people and places, for the registry of the whole site."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.http import QueryDict

from cases.selection import PeopleFilter
from memorial.base.civil_date import civil_date
from memorial.base.page_kinds import Page, PageKind
from prisoners.models import Facility, Prisoner
from prisoners.regions import region_pages

_ROWS_AT_A_TIME = 500


def prisoner_page(person: Prisoner) -> Page:
    """The page of one person; without the day of its last event where the person wants quiet."""
    updated = None if person.is_quiet(civil_date()) else person.updated_on
    return Page("prisoners:prisoner-detail", {"slug": person.slug}, person.complete_in(), updated)


def facility_page(facility: Facility) -> Page:
    """The page of one institution."""
    return Page("prisoners:facility-detail", {"slug": facility.slug}, facility.complete_in())


def _list_pages() -> Iterator[Page]:
    yield Page("prisoners:prisoner-list")


def _filter_pages() -> Iterator[Page]:
    for name in PeopleFilter(QueryDict(), civil_date()).with_pages():
        yield Page("prisoners:prisoner-filter", {"facet": name})


def _prisoner_pages() -> Iterator[Page]:
    people = Prisoner.objects.published().for_addresses().order_by("id")
    yield from map(prisoner_page, people.iterator(_ROWS_AT_A_TIME))


def _sheet_pages(url_name: str) -> Iterator[Page]:
    """Sheets to print, of everybody: where there is none, the page says why."""
    slugs = Prisoner.objects.published().order_by("id").values_list("slug", flat=True)
    for slug in slugs.iterator(_ROWS_AT_A_TIME):
        yield Page(url_name, {"slug": slug})


def _facility_list_pages() -> Iterator[Page]:
    yield Page("prisoners:facility-list")


def _facility_pages() -> Iterator[Page]:
    facilities = Facility.objects.published().order_by("id")
    yield from map(facility_page, facilities.iterator(_ROWS_AT_A_TIME))


PAGE_KINDS = (
    PageKind("prisoner-list", _list_pages, depends_on_date=True),
    PageKind("prisoner-filter", _filter_pages, depends_on_date=True, in_sitemap=False),
    PageKind("prisoner-detail", _prisoner_pages, depends_on_date=True),
    PageKind(
        "prisoner-poster",
        partial(_sheet_pages, "prisoners:prisoner-poster"),
        depends_on_date=True,
        in_sitemap=False,
    ),
    PageKind(
        "prisoner-postcard",
        partial(_sheet_pages, "prisoners:prisoner-postcard"),
        depends_on_date=True,
        in_sitemap=False,
    ),
    PageKind("facility-list", _facility_list_pages, depends_on_date=True),
    PageKind("facility-detail", _facility_pages, depends_on_date=True),
    PageKind("region-detail", region_pages, depends_on_date=True),
)
