"""Due work in the office: to be read. It is planned and taken back on the pages of what it is about."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from memorial.base.admin import ReadOnlyAdmin
from memorial.due.kinds import kind_of
from memorial.due.models import DueWork


class StandingFilter(admin.SimpleListFilter):
    title = _("how it stands")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What somebody may have to look at."""
        return [("open", _("planned")), ("failed", _("failed, tried again")), ("refused", _("not done"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The rows that stand so."""
        chosen: dict[str, dict[str, Any]] = {
            "open": {"outcome": ""},
            "failed": {"outcome": "", "tries__gt": 0},
            "refused": {"outcome": DueWork.Outcome.REFUSED},
        }
        return queryset.filter(**chosen.get(self.value() or "", {}))


@admin.register(DueWork)
class DueWorkAdmin(ReadOnlyAdmin):
    """What is planned, what was done, what failed."""

    list_display = ["what", "due_at", "outcome", "tries", "next_try_at", "said", "record"]
    list_filter = [StandingFilter]
    fields = ["what", "due_at", "next_try_at", "outcome", "done_at", "tries", "said", "record"]
    readonly_fields = ["what", "record"]

    @admin.display(description=_("what"))
    def what(self, work: DueWork) -> str:
        """The kind in words."""
        return work.what

    @admin.display(description=_("record"))
    def record(self, work: DueWork) -> str:
        """The page of what it is about."""
        kind = kind_of(work.kind)
        if kind is None or not kind.office_page:
            return f"#{work.object_id}"
        return format_html(
            '<a href="{}">#{}</a>', reverse(kind.office_page, args=[work.object_id]), work.object_id
        )
