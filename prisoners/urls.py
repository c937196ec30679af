"""Addresses of people and places."""

from django.urls import URLPattern, path

from prisoners import postcard, poster, regions, share_picture, views

app_name = "prisoners"

urlpatterns: list[URLPattern] = [
    path("prisoners/", views.PrisonerListView.as_view(), name="prisoner-list"),
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
    path("facilities/<slug:slug>/", views.FacilityDetailView.as_view(), name="facility-detail"),
    path("regions/<slug:code>/", regions.RegionDetailView.as_view(), name="region-detail"),
]
