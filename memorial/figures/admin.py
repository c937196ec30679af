"""Figures of others in the office. Our own are counted, and edited by nobody."""

from __future__ import annotations

from django.contrib import admin

from memorial.base.admin import StaffAdmin, both
from memorial.base.localized import all_languages
from memorial.figures.models import PublishedFigure


@admin.register(PublishedFigure)
class PublishedFigureAdmin(StaffAdmin):
    """A figure with its source, in both languages. Readers see it as soon as it is saved."""

    list_display = ["__str__", "source_name", "told_on", "order"]
    search_fields = all_languages("value", "what", "source_name")
    fields = [*both("value", "what", "source_name"), "source_url", ("told_on", "order")]
