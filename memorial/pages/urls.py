"""Addresses of themes, and of pages of staff, which come after everything else of the program."""

from django.urls import URLPattern, path

from memorial.pages import views
from memorial.pages.addresses import PAGE

urlpatterns: list[URLPattern] = [
    path("themes/", views.ThemesView.as_view(), name="themes"),
    path("themes/<slug:theme>/", views.ThemeDetailView.as_view(), name="theme-detail"),
]

last_urlpatterns: list[URLPattern] = [path("<slug:slug>/", views.SitePageView.as_view(), name=PAGE)]
"""They take any one word: behind all others, before the old addresses."""
