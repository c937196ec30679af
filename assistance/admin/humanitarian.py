"""Parcels, orders, transfers; the grid in which many are entered, their costs, and the table of them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from assistance.admin.access import HelpRowForm, OfClientAdmin
from assistance.admin.costs_page import CostsPage
from assistance.admin.exports import Lines, TakesOut
from assistance.admin.grid_page import GridPage
from assistance.admin.legal import COST
from assistance.admin.table_lines import lines_of_parcels
from assistance.models import AidItem, HumanitarianAid
from memorial.base.admin import CollapsedInline


class Items(CollapsedInline):
    model = AidItem
    form = HelpRowForm
    confidential = True
    fields = [("kind", "quantity", "unit", "expires_on"), ("cost", "currency"), "note"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """The things with their kinds, so that their number adds no query."""
        return super().get_queryset(request).select_related("kind")


@admin.register(HumanitarianAid)
class HumanitarianAidAdmin(GridPage, CostsPage, TakesOut, OfClientAdmin):
    """What was sent. Entered by the grid, corrected here."""

    change_list_template = "admin/assistance_humanitarianaid_list.html"
    list_display = ["__str__", "of_client", "given_on", "channel", "for_whom"]
    list_filter = ["channel", "for_whom"]
    inlines = [Items]
    fieldsets = [(None, {"fields": [("given_on", "channel", "for_whom"), "note"]}), COST]

    def table_lines(self, rows: Any, user: Any) -> Lines:
        """The parcels with what was in them."""
        return lines_of_parcels(rows)
