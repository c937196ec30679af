"""Addresses of people and places."""

from django.urls import URLPattern, path

from memorial.base.opendata.lists import open_data_paths
from prisoners import postcard, poster, regions, share_picture, views
from prisoners.exports.facilities import FACILITY_LIST
from prisoners.exports.people import PEOPLE_LIST
from prisoners.filters.facet_view import PrisonerFilterView
from prisoners.filters.list_view import PrisonerListView
from prisoners.institutions import FacilityListView

app_name = "prisoners"

urlpatterns: list[URLPattern] = [
    path("prisoners/", PrisonerListView.as_view(), name="prisoner-list"),
    path("prisoners/filter/<slug:facet>/", PrisonerFilterView.as_view(), name="prisoner-filter"),
    *open_data_paths("prisoners/", "prisoner-list", PEOPLE_LIST, has_feed=True),
    path("prisoners/<slug:slug>/", views.PrisonerDetailView.as_view(), name="prisoner-detail"),
    path("prisoners/<slug:slug>/poster/", poster.PrisonerPosterView.as_view(), name="prisoner-poster"),
    path(
        "prisoners/<slug:slug>/postcard/", postcard.PrisonerPostcardView.as_view(), name="prisoner-postcard"
    ),
    path(
        "prisoners/<slug:slug>/share.png",
        share_picture.prisoner_share_picture,
        name="prisoner-share-picture",
    ),
    path("facilities/", FacilityListView.as_view(), name="facility-list"),
    *open_data_paths("facilities/", "facility-list", FACILITY_LIST),
    path("facilities/<slug:slug>/", views.FacilityDetailView.as_view(), name="facility-detail"),
    path("regions/<slug:code>/", regions.RegionDetailView.as_view(), name="region-detail"),
]
