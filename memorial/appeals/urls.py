"""Addresses of urgent appeals and events, their data and feeds."""

from django.urls import URLPattern, path

from memorial.appeals import views
from memorial.appeals.opendata import APPEAL_LIST, EVENT_LIST
from memorial.base.opendata.lists import open_data_paths

urlpatterns: list[URLPattern] = [
    path("urgent/", views.AppealListView.as_view(), name="appeal-list"),
    *open_data_paths("urgent/", "appeal-list", APPEAL_LIST, has_feed=True),
    path("urgent/<slug:slug>/", views.AppealDetailView.as_view(), name="appeal-detail"),
    path("events/", views.EventListView.as_view(), name="event-list"),
    *open_data_paths("events/", "event-list", EVENT_LIST),
    path("events/<slug:slug>/", views.EventDetailView.as_view(), name="event-detail"),
    path("events/<slug:slug>/event.ics", views.event_calendar, name="event-calendar"),
]
