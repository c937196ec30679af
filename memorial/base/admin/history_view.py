"""The history page of one record, in place of Django's log of who pressed «Save»."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from memorial.base.admin.history_reading import DEEPEST, Edit, edits, entries_of, rows_of
from memorial.base.admin.history_restore import RestorePages, offers_restoring
from memorial.base.admin.history_rights import PastRights
from memorial.base.evidence import Looking
from memorial.base.looking import is_recorded, record_looking

EDITS_A_PAGE = 40


class HistoryView(RestorePages):
    """Mixed into a ModelAdmin: differences from the database's own history, each for those who may see it."""

    opts: Any
    admin_site: Any
    model: Any
    history_depth = DEEPEST
    """How many steps below the record its history reaches: a penalty is three below its case."""

    def past_rights(self, request: HttpRequest, record: models.Model) -> PastRights:
        """What this person may read of the record's past; of a translator's records, the texts alone."""
        only_translates = getattr(self, "only_translates", None)
        words = None
        if only_translates is not None and only_translates(request):
            words = self._words(request, record)
        return PastRights(request.user, of=self.model, words=words)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every change of a record and of what belongs to it, as far as this person may see these fields.

        Raises `PermissionDenied` for whoever may not see the record.
        """
        record = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if not self.has_view_or_change_permission(request, record):  # type: ignore[attr-defined]
            raise PermissionDenied
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        rights = self.past_rights(request, record)
        page = self._page_of_history(request, record, rights)
        shown = self._edits(request, page, rights)
        self._record_history_seen(request, record, shown)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %(record)s") % {"record": record},
            "edits": shown,
            "page": page,
            "object": record,
            "opts": self.opts,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/object_history.html", context)

    def _page_of_history(self, request: HttpRequest, record: models.Model, rights: PastRights) -> Page:
        read = set(rights.tables())
        rows = {t: keys for t, keys in rows_of(record, self.history_depth).items() if t in read}
        return Paginator(entries_of(rows), EDITS_A_PAGE).get_page(request.GET.get("p"))

    def _edits(self, request: HttpRequest, page: Page, rights: PastRights) -> list[Edit]:
        found = edits(page.object_list, rights)
        return [
            replace(edit, can_restore=offers_restoring(request.user, edit))
            for edit in found
            # What a translator may not see of a change is not even said to have changed.
            if edit.differences or not rights.only_words
        ]

    def _record_history_seen(self, request: HttpRequest, record: models.Model, shown: list[Edit]) -> None:
        confidential = [edit.model for edit in shown if is_recorded(edit.model)]
        if confidential:
            record_looking(
                staff=int(request.user.pk or 0),
                kind=Looking.Kind.SEEN,
                model=self.model,
                rows=[record.pk],
                shown=confidential,
            )

    def _words(self, request: HttpRequest, record: models.Model) -> frozenset[str]:
        """The language columns among what a translator edits; none of a person shown by initials."""
        if getattr(record, "initials_only", False):
            return frozenset()
        fieldsets = self.get_fieldsets(request, record)  # type: ignore[attr-defined]
        names = set(flatten_fieldsets(fieldsets))
        return frozenset(
            field.column
            for field in self.model._meta.concrete_fields
            if field.name in names and hasattr(field, "translated_field")
        )
