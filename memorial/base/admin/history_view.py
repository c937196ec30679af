"""The history page of one record, in place of Django's log of who pressed «Save»."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from memorial.base.admin.history_reading import DEEPEST, edits, entries_of, rows_of

HISTORY_PERMISSION = "base.view_historyentry"
EDITS_A_PAGE = 40


class HistoryView:
    """Mixed into a ModelAdmin: differences from the database's own history, for those who may see it."""

    opts: Any
    admin_site: Any
    history_depth = DEEPEST
    """How many steps below the record its history reaches: a penalty is three below its case."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every change of a record and of what belongs to it. Raises `PermissionDenied` without the right."""
        if not request.user.has_perm(HISTORY_PERMISSION):
            raise PermissionDenied
        record = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        page = Paginator(entries_of(rows_of(record, self.history_depth)), EDITS_A_PAGE).get_page(
            request.GET.get("p")
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %(record)s") % {"record": record},
            "edits": list(edits(page.object_list)),
            "page": page,
            "object": record,
            "opts": self.opts,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/object_history.html", context)
