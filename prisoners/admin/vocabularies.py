"""Open vocabularies: staff may add a word; its code stays for ever."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from memorial.base.admin import StaffAdmin, both
from memorial.base.localized import all_languages
from prisoners.models import Community, PrisonerList, Profession, Theme, Vulnerability


@admin.register(Theme, Community, Profession, PrisonerList)
class VocabularyAdmin(StaffAdmin):
    """A word in both languages, and in both genders where the languages have them."""

    list_display = ["code", *all_languages("label"), "order"]
    list_display_links: Any = all_languages("label")
    search_fields = ["code", *all_languages("label")]
    fields = ["code", *both("label"), ("label_m_ru", "label_f_ru"), "order"]
    ordering = ["order", "code"]

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[str]:
        """Files, addresses and mappings name the code: it is given once."""
        return ["code"] if obj else []


@admin.register(Vulnerability)
class VulnerabilityAdmin(VocabularyAdmin):
    """A vulnerability also says which consent it needs."""

    list_display = [*VocabularyAdmin.list_display, "consent_scope"]
    fields = [*VocabularyAdmin.fields, "consent_scope"]
