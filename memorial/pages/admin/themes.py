"""Texts of themes in the office."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from memorial.base.admin import DeedPages, TranslatedByOthers, VersionedAdmin, both
from memorial.base.localized import all_languages
from memorial.pages.admin.deeds import THEME_DEEDS
from memorial.pages.models import ThemeText


@admin.register(ThemeText)
class ThemeTextAdmin(DeedPages, TranslatedByOthers, VersionedAdmin):
    """What readers are told of a theme. The word itself stands among the vocabularies."""

    deeds = THEME_DEEDS
    change_form_template = "admin/facility_change.html"
    list_display = ["__str__", "state", "checked_on"]
    list_filter = ["state"]
    list_select_related = ["theme"]
    autocomplete_fields = ["theme"]
    search_fields = ["theme__code", *all_languages("theme__label", "summary", "text")]
    fieldsets: ClassVar[Any] = [(None, {"fields": ["theme", *both("summary", "text"), "checked_on"]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """The text of one theme does not become that of another."""
        return ["theme"] if obj else []

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """For a translator the texts alone."""
        if self.only_translates(request):
            return [(_("Texts"), {"fields": both("summary", "text")})]
        return self.fieldsets
