"""Help in detention: the right that was violated, what was done, and what came of it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin

from assistance.admin.access import HelpRowForm, OfClientAdmin
from assistance.admin.exports import Lines, TakesOut
from assistance.admin.legal import COST
from assistance.admin.table_lines import lines_of_help_in_detention
from assistance.models import DetentionAid, DetentionOutcome
from memorial.base.admin import CollapsedInline


class DetentionOutcomes(CollapsedInline):
    model = DetentionOutcome
    form = HelpRowForm
    confidential = True
    fields = [("kind", "on"), "note"]


@admin.register(DetentionAid)
class DetentionAidAdmin(TakesOut, OfClientAdmin):
    """Rights defended."""

    table_name = "help-in-detention"
    list_display = ["__str__", "of_client", "right", "facility", "began", "ongoing"]
    list_filter = ["right", "ongoing"]
    list_select_related = ["client", "facility"]
    autocomplete_fields = ["facility"]
    inlines = [DetentionOutcomes]
    fieldsets = [
        (None, {"fields": [("right", "facility"), ("began", "ended", "ongoing"), "action", "note"]}),
        COST,
    ]

    def table_lines(self, rows: Any, user: Any) -> Lines:
        """The rights defended, with what came of it."""
        return lines_of_help_in_detention(rows, user)
