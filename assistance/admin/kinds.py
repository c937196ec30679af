"""Lawyers, and the kinds of things that are sent."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from assistance.admin.access import HelpAdmin
from assistance.admin.finding import number_in
from assistance.models import ItemKind, Lawyer
from memorial.base.admin import VersionedAdmin, both
from memorial.base.localized import all_languages


@admin.register(ItemKind)
class ItemKindAdmin(VersionedAdmin):
    """Kinds of things. Their names are what the grid of parcels understands."""

    list_display = [*all_languages("label"), "code", "expires", "order"]
    fields = [*both("label"), ("code", "order"), "expires"]


@admin.register(Lawyer)
class LawyerAdmin(HelpAdmin):
    """Lawyers with whom the organisation works; found exactly, for their names endanger them."""

    list_display = ["__str__", "name", "bar_region"]
    list_select_related = ["bar_region"]
    autocomplete_fields = ["bar_region"]
    fields = ["name", "contact", "bar_region", "note"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Exactly who is named."""
        if not search_term.strip():
            return queryset, False
        if number := number_in(search_term):
            return queryset.filter(pk=number), False
        return queryset.filter(pk__in=Lawyer.objects.matching(search_term).values("pk")), False
