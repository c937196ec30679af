"""Synonyms in the office. The searched texts themselves are made by the database and edited by nobody."""

from __future__ import annotations

from django.contrib import admin

from memorial.base.admin import StaffAdmin
from memorial.search.models import Synonym


@admin.register(Synonym)
class SynonymAdmin(StaffAdmin):
    """Words that mean the same to whoever searches."""

    list_display = ["word", "language", "means"]
    list_filter = ["language"]
    search_fields = ["word", "means"]
    fields = ["language", "word", "means"]
