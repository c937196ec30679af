"""Translators: they get the pages of records, with the texts alone, and of fewer records."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.db.models.options import Options
from django.http import HttpRequest

from memorial.base.choices import State

# A translator works on what is public or about to be; drafts and what was withdrawn stay closed.
STATES_TRANSLATED = (State.READY, State.PUBLISHED)


class TranslatedByOthers:
    """Mixed into a ModelAdmin: translators get the page, with the texts alone and of fewer records."""

    opts: Options

    def only_translates(self, request: HttpRequest) -> bool:
        """Whether somebody changes the texts of these records and nothing else of them."""
        app, model = self.opts.app_label, self.opts.model_name
        user = request.user
        return user.has_perm(f"{app}.translate_{model}") and not user.has_perm(f"{app}.change_{model}")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """All records; for a translator those that are public or about to be."""
        rows: QuerySet = super().get_queryset(request)  # type: ignore[misc]
        return rows.filter(state__in=STATES_TRANSLATED) if self.only_translates(request) else rows

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Editors, and translators for the texts."""
        allowed: bool = super().has_change_permission(request, obj)  # type: ignore[misc]
        return allowed or self.only_translates(request)
