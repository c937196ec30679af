"""Addresses for readers: where to give, and what happened to the money."""

from django.urls import URLPattern, path, register_converter

from donations.choices import Place
from donations.exports.reports import REPORT_LIST
from donations.views import campaigns, donate, leaving, reports
from memorial.base.opendata.lists import open_data_paths

app_name = "donations"


class PlaceConverter:
    """Where a donor is, as a word of the address. Another word is no place, and perhaps a campaign."""

    regex = "[a-z-]+"

    def to_python(self, value: str) -> Place:
        return Place(value)

    def to_url(self, value: str) -> str:
        return Place(value).value


register_converter(PlaceConverter, "donor_place")

urlpatterns: list[URLPattern] = [
    path("donate/", donate.DonateView.as_view(), name="donate"),
    path("donate/<donor_place:place>/", donate.DonatePlaceView.as_view(), name="donate-place"),
    path("donate/to/<slug:method>/", leaving.DonateToView.as_view(), name="donate-to"),
    path(
        "donate/to/<slug:method>/<donor_place:place>/",
        leaving.DonateToPlaceView.as_view(),
        name="donate-to-place",
    ),
    # Last below donate/: campaigns take any word there but those of donations.choices.RESERVED.
    path("donate/<slug:slug>/", campaigns.CampaignDetailView.as_view(), name="campaign-detail"),
    path("donate/<slug:slug>/bar.svg", campaigns.campaign_bar, name="campaign-bar"),
    path("donate/<slug:slug>/share.png", campaigns.campaign_share_picture, name="campaign-share-picture"),
    path("reports/", reports.ReportListView.as_view(), name="report-list"),
    *open_data_paths("reports/", "report-list", REPORT_LIST),
    path(
        "reports/<slug:fund>/<slug:report_period>/",
        reports.ReportDetailView.as_view(),
        name="report-detail",
    ),
]
