"""Imports are run by a command; here they are only looked at."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from memorial.base.admin import ReadOnlyAdmin
from prisoners.models import ImportRun, ImportSource


@admin.register(ImportSource)
class ImportSourceAdmin(ReadOnlyAdmin):
    """Whose lists we import."""

    list_display = ["title", "code", "licence"]
    search_fields = ["code", "title"]
    fields = ["code", "title", "url", "licence"]


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    """Which file was imported, how far it came, what was rejected."""

    list_display = ["started_at", "source", "state", "rows_done"]
    list_filter = ["state", "source"]
    fields = ["source", "state", "started_at", "rows_done", "file_digest", "report"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Runs with their source."""
        return super().get_queryset(request).select_related("source")
