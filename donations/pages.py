"""The page kinds of donations, for the registry of the whole site."""

from __future__ import annotations

from collections.abc import Iterator

from donations.choices import Place
from donations.models import Campaign, FundReport, PaymentMethod
from memorial.base.page_kinds import Page, PageKind


def donate_page() -> Page:
    """The page of donations: the warning, «where are you?», ways and places."""
    return Page("donations:donate")


def donate_place_page(place: Place) -> Page:
    """The ways to give for one place."""
    return Page("donations:donate-place", {"place": place.value})


def donate_to_page(method: PaymentMethod) -> Page:
    """One way to give, before a place is chosen."""
    return Page("donations:donate-to", {"method": method.slug})


def donate_to_place_page(method: PaymentMethod, place: Place) -> Page:
    """The last page before somebody else's: one way for one place."""
    return Page("donations:donate-to-place", {"method": method.slug, "place": place.value})


def _donate() -> Iterator[Page]:
    yield donate_page()


def _donate_places() -> Iterator[Page]:
    yield from map(donate_place_page, Place)


def _donate_to() -> Iterator[Page]:
    yield from map(donate_to_page, PaymentMethod.objects.published().for_list())


def _donate_to_places() -> Iterator[Page]:
    for method in PaymentMethod.objects.published().for_list():
        yield from (donate_to_place_page(method, place) for place in Place)


def campaign_page(campaign: Campaign) -> Page:
    """The page of one campaign."""
    return Page("donations:campaign-detail", {"slug": campaign.slug}, campaign.complete_in())


def _campaigns() -> Iterator[Page]:
    yield from (campaign_page(campaign) for campaign in Campaign.objects.published().order_by("pk"))


def report_list_page() -> Page:
    """The page of all reports."""
    return Page("donations:report-list")


def report_page(fund: str, period: str) -> Page:
    """The page of the report on a fund's period."""
    return Page("donations:report-detail", {"fund": fund, "report_period": period})


def _report_list() -> Iterator[Page]:
    yield report_list_page()


def _reports() -> Iterator[Page]:
    """One page a period, however often it was corrected."""
    periods = (
        FundReport.objects.published().order_by("fund", "period").values_list("fund", "period").distinct()
    )
    yield from (report_page(fund, period) for fund, period in periods)


PAGE_KINDS: tuple[PageKind, ...] = (
    PageKind("donate", _donate, depends_on_date=True),
    # Nobody comes to these from a search: the warning is on the page before them.
    PageKind("donate-place", _donate_places, depends_on_date=True, in_sitemap=False),
    PageKind("donate-to", _donate_to, depends_on_date=True, in_sitemap=False),
    PageKind("donate-to-place", _donate_to_places, depends_on_date=True, in_sitemap=False),
    PageKind("campaign-detail", _campaigns, depends_on_date=True),
    PageKind("report-list", _report_list),
    PageKind("report-detail", _reports),
)
