"""Legal help: the stage a lawyer was paid for, and what came of it, day by day."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from assistance.admin.access import HelpRowForm, OfClientAdmin
from assistance.admin.client_rows import prosecutions_of
from assistance.admin.exports import Lines, TakesOut
from assistance.admin.table_lines import lines_of_legal_help
from assistance.models import LegalAid, LegalOutcome
from memorial.base.admin import CollapsedInline

COST: Any = (
    _("Cost"),
    {
        "fields": [("cost", "currency"), ("rate", "rate_to", "rate_on", "rate_source")],
        "classes": ["collapse"],
    },
)


class LegalOutcomes(CollapsedInline):
    model = LegalOutcome
    form = HelpRowForm
    confidential = True
    fields = [("kind", "on"), "note"]


@admin.register(LegalAid)
class LegalAidAdmin(TakesOut, OfClientAdmin):
    """What lawyers were paid for."""

    table_name = "legal-help"
    list_display = ["__str__", "of_client", "stage", "began", "ended", "ongoing"]
    list_filter = ["stage", "ongoing"]
    list_select_related = ["client", "lawyer", "prosecution__case", "prosecution__prisoner"]
    inlines = [LegalOutcomes]
    fieldsets = [
        (None, {"fields": [("stage", "prosecution", "lawyer"), "proceedings"]}),
        (None, {"fields": [("began", "ended", "ongoing"), "note"]}),
        COST,
    ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, which knows whose prosecutions may be chosen."""
        request.help_client = obj.client if obj is not None else None  # type: ignore[attr-defined]
        return super().get_form(request, obj, change=change, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The client's own prosecutions; of a new record none, until it is saved for somebody."""
        if db_field.name == "prosecution":
            kwargs["queryset"] = prosecutions_of(getattr(request, "help_client", None))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def table_lines(self, rows: Any, user: Any) -> Lines:
        """The stages with their lawyers and outcomes."""
        return lines_of_legal_help(rows, user)
