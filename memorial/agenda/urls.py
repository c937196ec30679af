"""Addresses of calendars. They hang on the addresses of cases, people, courts and regions, which are other apps'."""

from django.urls import URLPattern, path

from memorial.agenda import views
from memorial.agenda.exports import HEARING_LIST
from memorial.base.opendata.lists import open_data_paths

urlpatterns: list[URLPattern] = [
    path("calendar/", views.CalendarView.as_view(), name="calendar"),
    *open_data_paths("calendar/", "calendar", HEARING_LIST),
    path("calendar.ics", views.whole_calendar, name="calendar-file"),
    path("cases/<slug:slug>/calendar.ics", views.case_calendar, name="case-calendar"),
    path("prisoners/<slug:slug>/calendar.ics", views.prisoner_calendar, name="prisoner-calendar"),
    path("courts/<slug:slug>/calendar.ics", views.court_calendar, name="court-calendar"),
    path("regions/<slug:code>/calendar.ics", views.region_calendar, name="region-calendar"),
]
