"""Addresses. Everything readable lives under /ru/ and /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    *i18n_patterns(path("", include("prisoners.urls")), prefix_default_language=True),
]

if settings.SERVES_STAFF:
    from django.contrib import admin

    urlpatterns.insert(0, path(settings.ADMIN_PATH, admin.site.urls))
