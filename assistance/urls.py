"""Addresses for readers: what we do."""

from django.urls import URLPattern, path

from assistance.exports.totals import TOTALS_LIST
from assistance.views.stories import StoryDetailView, StoryListView
from assistance.views.what_we_do import WhatWeDoView
from memorial.base.opendata.lists import open_data_paths

app_name = "assistance"

urlpatterns: list[URLPattern] = [
    path("what-we-do/", WhatWeDoView.as_view(), name="what-we-do"),
    *open_data_paths("what-we-do/", "what-we-do", TOTALS_LIST),
    path("what-we-do/stories/", StoryListView.as_view(), name="story-list"),
    path("what-we-do/stories/<slug:slug>/", StoryDetailView.as_view(), name="story-detail"),
    path("what-we-do/<slug:period>/", WhatWeDoView.as_view(), name="what-we-do-period"),
]
