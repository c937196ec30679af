"""No editor overwrites another silently: the version that a page was opened with must still be the row's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.utils import unquote
from django.db import connection, models, transaction
from django.http import HttpRequest, HttpResponse

from memorial.base.admin.conflict import Conflict
from memorial.base.admin.forms import OfficeForm
from memorial.base.admin.options import StaffAdmin
from memorial.base.admin.presence import note_closing, note_opening


class VersionedForm(OfficeForm):
    """Carries the version that the editor saw, and since when the history is news to them."""

    conflict: Conflict | None = None
    opened_since = 0

    version = forms.IntegerField(widget=forms.HiddenInput)
    opened_at = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["version"], self.fields["opened_at"]
            return
        self.initial = {
            **self.initial,
            "version": self.instance.version,
            "opened_at": self.opened_since,
        }
        if self.conflict and self.is_bound:
            self.conflict.rebase(self)

    def clean(self) -> dict[str, Any] | None:
        """What was typed; refused with what changed, when somebody saved meanwhile."""
        cleaned = super().clean()
        if self.conflict:
            for sentence in self.conflict.sentences():
                self.add_error(None, sentence)
        return cleaned


class VersionedAdmin(StaffAdmin):
    """A record with a version: warned at opening, refused at saving, never overwritten unseen."""

    form = VersionedForm

    def get_form(
        self, request: HttpRequest, obj: models.Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        """The form, told of a conflict and of the moment of opening."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.conflict = getattr(request, "office_conflict", None)  # type: ignore[attr-defined]
        form.opened_since = getattr(request, "office_opened_since", 0)  # type: ignore[attr-defined]
        return form

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> models.Model | None:
        """The row; locked while it is being saved, so that two savers wait for each other."""
        if request.method == "POST" and connection.in_atomic_block and object_id.isdigit():
            list(self.model._base_manager.select_for_update().filter(pk=object_id).values_list("pk"))
        return super().get_object(request, object_id, from_field)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The page. Under a lock the version is compared before anything is validated or written."""
        if object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            request.office_opened_since = _oldest_unfinished_transaction()  # type: ignore[attr-defined]
            context = {**(extra_context or {}), "colleagues": []}
            if request.method == "POST":
                self._find_conflict(request, unquote(object_id))
            else:
                context["colleagues"] = self._colleagues(request, unquote(object_id))
            return super().changeform_view(request, object_id, form_url, context)

    def _find_conflict(self, request: HttpRequest, object_id: str) -> None:
        record = self.get_object(request, object_id)
        if record is None or request.POST.get("version") == str(record.version):  # type: ignore[attr-defined]
            return
        since = request.POST.get("opened_at", "")
        request.office_conflict = Conflict(record, int(since) if since.isdigit() else 0)  # type: ignore[attr-defined]
        # What is typed stays; only the version is that of today, so that after reading it can be saved.
        data = request.POST.copy()
        data["version"] = str(record.version)  # type: ignore[attr-defined]
        data["opened_at"] = str(request.office_opened_since)  # type: ignore[attr-defined]
        request.POST = data  # type: ignore[assignment]

    def _colleagues(self, request: HttpRequest, object_id: str) -> list[Any]:
        record = self.get_object(request, object_id)
        if record is None or not self.has_change_permission(request, record):
            return []
        return note_opening(record, int(request.user.pk or 0))

    def _create_formsets(self, request: HttpRequest, obj: models.Model, change: bool) -> Any:
        formsets, inlines = super()._create_formsets(request, obj, change)  # type: ignore[misc]
        conflict: Conflict | None = getattr(request, "office_conflict", None)
        if conflict and request.method == "POST":
            for formset in formsets:
                conflict.rebase_rows(formset)
        return formsets, inlines

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Saves the rows below; whoever saved no longer has the page open."""
        super().save_related(request, form, formsets, change)
        note_closing(form.instance, int(request.user.pk or 0))


def _oldest_unfinished_transaction() -> int:
    """Changes by this transaction or a later one may be missing from what is about to be read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])
