"""The admin's own pages record who was shown what is confidential (`memorial.base.looking`)."""

from __future__ import annotations

import json
from typing import Any

from django.apps import apps
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import SEARCH_VAR
from django.db import models
from django.http import HttpRequest, HttpResponse

from memorial.base.evidence import Looking
from memorial.base.looking import is_recorded, record_looking


def record_autocomplete(request: HttpRequest, response: HttpResponse) -> None:
    """Writes what an autocomplete showed of a confidential table: it answers who is there."""
    if response.status_code != 200 or request.method not in ("GET", "HEAD"):
        return
    asked = apps.get_model(request.GET["app_label"], request.GET["model_name"])
    target = asked._meta.get_field(request.GET["field_name"]).related_model
    words = request.GET.get("term", "")
    if isinstance(target, type) and is_recorded(target):
        record_looking(
            staff=int(request.user.pk or 0),
            kind=Looking.Kind.SEARCHED if words.strip() else Looking.Kind.LISTED,
            model=target,
            rows=[one["id"] for one in json.loads(response.content)["results"]],
            searched=words,
        )


def record_seen(request: HttpRequest, record: models.Model, *also: type[models.Model]) -> None:
    """Writes that a page or a file of the office's own showed one record, and rows of further tables."""
    model = type(record)
    record_looking(
        staff=int(request.user.pk or 0),
        kind=Looking.Kind.SEEN,
        model=model,
        rows=[record.pk],
        shown=[model, *also],
    )


class RecordsLooking:
    """Mixed into a ModelAdmin: one row for each list and each page that shows something confidential.

    A page of a public record counts by its confidential rows: a note, a consent, a hidden place. Where
    a page shows confidential rows outside of inlines, it names their tables in `also_shows`.
    """

    model: Any
    also_shows: tuple[type[models.Model], ...] = ()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list; whose rows are confidential, it is written down which ones were on the page."""
        response: HttpResponse = super().changelist_view(request, extra_context)  # type: ignore[misc]
        found = (getattr(response, "context_data", None) or {}).get("cl")
        if found is not None and is_recorded(self.model):
            words = request.GET.get(SEARCH_VAR, "")
            kind = Looking.Kind.SEARCHED if words.strip() else Looking.Kind.LISTED
            self._record(request, kind, [row.pk for row in found.result_list], searched=words)
        return response

    def render_change_form(  # noqa: PLR0917 - Django's own signature
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: models.Model | None = None,
    ) -> HttpResponse:
        """The page of a record, with whatever confidential it shows."""
        if obj is not None and obj.pk is not None:
            self._record(request, Looking.Kind.SEEN, [obj.pk], shown=self._shown(context))
        return super().render_change_form(request, context, add, change, form_url, obj)  # type: ignore[misc]

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The question before a deletion, which names the record and what goes with it."""
        response: HttpResponse = super().delete_view(request, object_id, extra_context)  # type: ignore[misc]
        if getattr(response, "context_data", None):
            self._record(request, Looking.Kind.SEEN, [unquote(object_id)])
        return response

    def _shown(self, context: dict[str, Any]) -> list[type[models.Model]]:
        inlines = [one.formset for one in context.get("inline_admin_formsets") or []]
        filled = [formset.model for formset in inlines if formset.initial_form_count()]
        return [one for one in (self.model, *filled, *self.also_shows) if is_recorded(one)]

    def _record(
        self,
        request: HttpRequest,
        kind: Looking.Kind,
        rows: list[Any],
        shown: list[type[models.Model]] | None = None,
        searched: str = "",
    ) -> None:
        if shown is None:
            shown = [self.model] if is_recorded(self.model) else []
        if shown:
            record_looking(
                staff=int(request.user.pk or 0),
                kind=kind,
                model=self.model,
                rows=rows,
                shown=shown,
                searched=searched,
            )
