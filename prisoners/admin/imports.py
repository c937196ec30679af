"""Lists on their way in, what was imported by whom, and tables that were taken out."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from memorial.base.admin import ReadOnlyAdmin
from memorial.base.table_kinds import KINDS
from prisoners.admin.import_pages import ImportPages, page_url
from prisoners.importers import kinds
from prisoners.models import Export, ImportMapping, ImportRun, ImportSource, ImportUpload

__all__ = ["kinds"]


def _who(record: Any) -> str:
    accounts = get_user_model()._default_manager
    return str(accounts.filter(pk=record.by).values_list("username", flat=True).first() or "—")


class OfOneKind(ReadOnlyAdmin):
    """Records that say by a code which kind of table they are about."""

    @admin.display(description=_("what the rows are"), ordering="kind")
    def kind_label(self, record: Any) -> str:
        """What the rows of a table are."""
        return str(KINDS[record.kind].label) if record.kind in KINDS else str(record.kind)


@admin.register(ImportUpload)
class ImportUploadAdmin(ImportPages, OfOneKind):
    """Lists that were loaded: each goes on from its own page."""

    change_list_template = "admin/import_list.html"
    list_display = ["go_on", "kind_label", "state", "made_at"]
    list_display_links = None
    list_filter = ["state"]
    search_fields = ["name"]
    fields = ["go_on", "kind_label", "state", "who", "made_at", "publish"]

    @admin.display(description=_("file"), ordering="name")
    def go_on(self, upload: ImportUpload) -> str:
        """The list's own page."""
        return format_html('<a href="{}">{}</a>', page_url(upload, "preview"), upload.name)

    @admin.display(description=_("by"))
    def who(self, upload: ImportUpload) -> str:
        """Who loaded it."""
        return _who(upload)


@admin.register(ImportMapping)
class ImportMappingAdmin(OfOneKind):
    """What the columns of a list mean, kept for the next time."""

    list_display = ["name", "kind_label", "changed_at"]
    search_fields = ["name"]
    fields = ["name", "kind_label", "changed_at", "content"]


@admin.register(ImportSource)
class ImportSourceAdmin(ReadOnlyAdmin):
    """Whose lists we import."""

    list_display = ["title", "code", "licence"]
    ordering = ["code"]
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


@admin.register(Export)
class ExportAdmin(OfOneKind):
    """Who took which table out of the office, how much of it, and by which filter."""

    list_display = ["at", "kind_label", "format", "count", "who"]
    list_filter = ["format"]
    fields = ["at", "kind_label", "format", "filter", "count", "who"]

    @admin.display(description=_("by"))
    def who(self, export: Export) -> str:
        """Who took it out."""
        return _who(export)
