"""Regions and when they were occupied."""

from __future__ import annotations

from typing import Any

from django.contrib import admin

from memorial.base.admin import CollapsedInline, StaffAdmin, both
from memorial.base.localized import all_languages
from prisoners.models import OccupationPeriod, Region


class OccupationInline(CollapsedInline):
    model = OccupationPeriod
    fields = [("began", "ended"), *both("part")]


@admin.register(Region)
class RegionAdmin(StaffAdmin):
    """A region under its own name; occupied ones say so."""

    list_display = ["code", *all_languages("name"), "country", "occupied"]
    list_display_links: Any = all_languages("name")
    list_filter = ["country", "occupied"]
    search_fields = ["code", *all_languages("name", "display_name")]
    fields = [
        ("code", "country", "occupied"),
        *both("name", "display_name", "occupation_note"),
    ]
    ordering = ["country", "name_ru"]
    inlines = [OccupationInline]
