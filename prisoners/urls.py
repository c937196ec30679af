"""Addresses of people and places."""

from django.urls import URLPattern

app_name = "prisoners"

urlpatterns: list[URLPattern] = []
