"""Addresses of the API, and of the page that explains it."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path, re_path

from memorial.api import page, views
from memorial.api.registry import RESOURCES
from memorial.api.resources import Resource

ROOT: Final = "api/v1/"


def _of(resource: Resource) -> list[URLPattern]:
    key = resource.key_pattern.removeprefix("^").removesuffix("$")
    whole = rf"^{ROOT}{resource.name}/(?P<{resource.argument}>{key})/$"
    return [
        path(f"{ROOT}{resource.name}/", views.list_view(resource), name=f"api-{resource.name}"),
        re_path(whole, views.detail_view(resource), name=f"api-{resource.name}-detail"),
    ]


urlpatterns: list[URLPattern] = [
    path(ROOT, views.index, name="api-index"),
    path(f"{ROOT}openapi.json", views.openapi, name="api-openapi"),
    *(pattern for resource in RESOURCES for pattern in _of(resource)),
    path(f"{ROOT}<path:path>", views.nothing, name="api-nothing"),
]
page_urlpatterns: list[URLPattern] = [path("api/", page.ApiView.as_view(), name="api")]
"""Below a language."""
