"""The desk in the office: drafts, which nobody edits but through the desk's pages, and the glossary."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from memorial.base.acting import staff_actor
from memorial.base.admin import Panel, ReadOnlyAdmin, StaffAdmin
from memorial.translating.desk import DeskPages, field_label, text_url
from memorial.translating.models import Draft, GlossaryTerm


@admin.register(Draft)
class DraftAdmin(DeskPages, ReadOnlyAdmin):
    """Every translation on its way and what became of it, for leads and auditors."""

    list_display = ["__str__", "step", "holder", "reviewed_by", "published_by", "changed_at"]
    list_filter = ["step", "language"]
    ordering = ["-id"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Draft]:
        return super().get_queryset(request).order_by("-id")


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(StaffAdmin):
    """The agreed words. Translations are checked against them, and nothing is refused."""

    list_display = ["russian", "english", "note"]
    search_fields = ["russian", "english", "note"]
    fields = ["russian", "english", "note"]


def _line(draft: Draft) -> str:
    return field_label(draft.table, draft.field)


def _target(draft: Draft) -> str:
    return text_url(draft.table, draft.row, draft.field, draft.language)


def _offered(_day: date) -> QuerySet[Draft]:
    return Draft.objects.waiting_for_review()


def _own(account: int) -> QuerySet[Draft]:
    return Draft.objects.open().of(staff_actor(account)).order_by("until", "id")


def _cleared(account: int) -> QuerySet[Draft]:
    return _own(account).exclude(cleared_digest="")


def _none(_day: date) -> Any:
    return Draft.objects.none()


admin.site.add_panels(  # type: ignore[attr-defined]
    Panel(
        title=_("Translations to review"),
        empty=_("No translation waits for review."),
        permission="translating.review_draft",
        rows=_offered,
        line=_line,
        target=_target,
        changelist="translating_draft_queue",
    ),
    Panel(
        title=_("My translations"),
        empty=_("You have taken no text."),
        permission="translating.translate_texts",
        rows=_none,
        rows_for=_own,
        line=_line,
        target=_target,
        changelist="translating_draft_mine",
    ),
    Panel(
        title=_("Texts cleared for you"),
        empty=_("No text has been cleared for you yet."),
        permission="translating.volunteer_for_texts",
        rows=_none,
        rows_for=_cleared,
        line=_line,
        target=_target,
        changelist="translating_draft_mine",
    ),
)
