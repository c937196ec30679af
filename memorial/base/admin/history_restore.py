"""«Put back» from the history: a page that says what will happen, and does it as an edit with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from memorial.base.admin.history_reading import Edit, named, names_of_related, rows_of
from memorial.base.admin.history_rights import PastRights
from memorial.base.admin.labels import field_label
from memorial.base.database import our_tables
from memorial.base.models import HistoryEntry
from memorial.base.restoring import Restoration, is_never_restored, plan_restoration, restore


@dataclass(frozen=True, slots=True)
class Line:
    """One field of the preview: what it says now, what it would say, and why not where it cannot."""

    name: str
    label: str
    now: str
    then: str
    refused: str


def offers_restoring(user: Any, edit: Edit) -> bool:
    """Whether «put back» is offered beside an edit. Asks the database nothing."""
    if edit.removed or edit.operation == HistoryEntry.Operation.INSERT or not edit.differences:
        return False
    return is_never_restored(edit.model) is None and _may(user, edit.model, edit.operation)


class RestorePages:
    """Mixed into a ModelAdmin: `<number>/history/<entry>/restore/`."""

    opts: Any
    admin_site: Any
    history_depth: int

    def get_urls(self) -> list[URLPattern]:
        """The page before Django's own, which would take any path."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_restore"
        view = self.admin_site.admin_view(self.restore_view)
        own = path("<path:object_id>/history/<int:entry>/restore/", view, name=name)
        return [own, *super().get_urls()]  # type: ignore[misc]

    def restore_view(self, request: HttpRequest, object_id: str, entry: int) -> HttpResponse:
        """Says what would be put back (GET) and does it (POST).

        Raises `Http404` for an entry of another record, `PermissionDenied` for whoever may not change
        the table or not read its past.
        """
        record = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        found = HistoryEntry.objects.filter(pk=entry).first()
        if record is None or found is None or not self._belongs(found, record):
            raise Http404
        model = next((m for m in our_tables() if m._meta.db_table == found.table), None)
        rights: PastRights = self.past_rights(request, record)  # type: ignore[attr-defined]
        if model is None or rights.only_words or not rights.may_read(model):
            raise PermissionDenied
        if not _may(request.user, model, found.operation):
            raise PermissionDenied
        plan = plan_restoration(found, model, record)
        errors: list[str] = []
        if request.method == "POST":
            try:
                self._restore(request, plan)
            except ValidationError as error:
                errors = error.messages
                plan = plan_restoration(found, model, record)
            else:
                messages.success(request, _("Put back."))
                return HttpResponseRedirect(self._history_url(record))
        return self._restore_page(request, plan, rights, errors)

    def _belongs(self, entry: HistoryEntry, record: models.Model) -> bool:
        return entry.row in rows_of(record, self.history_depth).get(entry.table, set())

    def _restore(self, request: HttpRequest, plan: Restoration) -> None:
        restore(
            plan=plan,
            names=request.POST.getlist("field"),
            seen=request.POST.get("seen", ""),
            reason=request.POST.get("reason", ""),
        )

    def _restore_page(
        self, request: HttpRequest, plan: Restoration, rights: PastRights, errors: list[str]
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Bring this row back") if plan.is_row else _("Put back what stood here"),
            "opts": self.opts,
            "record": plan.record,
            "record_url": self._history_url(plan.record),
            "what": capfirst(str(plan.model._meta.verbose_name)),
            "plan": plan,
            "lines": _lines(plan, rights),
            "errors": errors,
            "reason": request.POST.get("reason", ""),
        }
        return TemplateResponse(request, "admin/restore.html", context, status=400 if errors else 200)

    def _history_url(self, record: models.Model) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", args=[record.pk])


def _may(user: Any, model: type[models.Model], operation: str) -> bool:
    verb = "add" if operation == HistoryEntry.Operation.DELETE else "change"
    return bool(user.has_perm(f"{model._meta.app_label}.{verb}_{model._meta.model_name}"))


def _lines(plan: Restoration, rights: PastRights) -> list[Line]:
    former = plan.entry.before or {}
    said = [
        (field, plan.standing.get(str(field.column)), former.get(str(field.column))) for field in plan.fields
    ]
    related = names_of_related(((field, value) for field, *pair in said for value in pair), rights)
    return [
        Line(
            name=field.name,
            label=field_label(field),
            now=named(field, now, related),
            then=named(field, then, related),
            refused=plan.refused.get(field.name, ""),
        )
        for field, now, then in said
        if not (plan.is_row and then in (None, "", [], {}))
    ]
