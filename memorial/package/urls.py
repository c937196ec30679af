"""Addresses of open data as a whole."""

from django.urls import URLPattern, path

from memorial.package import views

urlpatterns: list[URLPattern] = [
    path("data/", views.DataPackageListView.as_view(), name="data-packages"),
]
VERSION = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
"""How a version is named in addresses."""
