"""Taking a table out of the office: chosen records, or all that the list shows, as CSV or XLSX.

Who did it, how many rows and by which filter is written into the database first, so into the history.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.base.table_kinds import KINDS, TableKind
from memorial.staff.fresh import freshly_signed_in
from prisoners.importers.export_files import FORMATS, csv_lines, write_workbook
from prisoners.models import Export

_BLOCK = 1 << 16
_LONGEST_FILTER = 1000


class ExportPages:
    """Mixed into a ModelAdmin: two actions for chosen records, and `export.<format>` for the whole list."""

    export_kind = ""
    admin_site: Any
    opts: Any

    @property
    def _kind(self) -> TableKind:
        return KINDS[self.export_kind]

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Whether this person may take tables out."""
        return request.user.has_perm(self._kind.right("export"))

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Django's actions, and taking out what is chosen."""
        found: dict[str, Any] = super().get_actions(request)  # type: ignore[misc]
        if self.has_export_permission(request):
            for ending, label in _LABELS.items():
                found[f"export_{ending}"] = (_action(ending), f"export_{ending}", label)
        return found

    def get_urls(self) -> list[URLPattern]:
        """The address of the whole table."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        own = path("export.<slug:ending>", self.admin_site.admin_view(self.export_view), name=name)
        return [own, *super().get_urls()]  # type: ignore[misc]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, with the way to take out all that it shows."""
        own: dict[str, Any] = {}
        if self.has_export_permission(request):
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_export"
            own["exports"] = [(reverse(name, args=[ending]), label) for ending, label in _WHOLE.items()]
        if request.user.has_perm(self._kind.right("import")):
            own["load_url"] = reverse("admin:prisoners_importupload_load") + f"?kind={self._kind.code}"
        answer: HttpResponse = super().changelist_view(request, {**own, **(extra_context or {})})  # type: ignore[misc]
        return answer

    def export_view(self, request: HttpRequest, ending: str) -> HttpResponseBase:
        """All that the list shows with this filter, whatever page of it."""
        if request.method != "POST" or ending not in FORMATS:
            return HttpResponseRedirect(
                reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
            )
        if not self.has_export_permission(request):
            raise PermissionDenied
        request.GET = _filter_of(request)
        changes = self.get_changelist_instance(request)  # type: ignore[attr-defined]
        chosen = self.get_queryset(request).filter(pk__in=changes.queryset.values("pk"))  # type: ignore[attr-defined]
        return self.export(request, chosen, ending, request.GET.urlencode())

    @method_decorator(freshly_signed_in)
    def export(
        self, request: HttpRequest, rows: QuerySet[Any], ending: str, by_filter: str
    ) -> HttpResponseBase:
        """Notes that a table is taken out, and gives it."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        plain = self._kind_model()._default_manager.filter(pk__in=rows.values("pk")).order_by("pk")
        Export.objects.create(
            kind=self._kind.code,
            format=ending,
            filter=by_filter[:_LONGEST_FILTER],
            count=plain.count(),
            by=request.user.pk,
        )
        lines = self._kind.exported(plain)
        pieces = csv_lines(lines) if ending == "csv" else _workbook(lines)
        answer = StreamingHttpResponse(pieces, content_type=FORMATS[ending])
        name = f"{self._kind.code}-{timezone.localdate():%Y-%m-%d}.{ending}"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        answer["Cache-Control"] = "no-store"
        return answer

    def _kind_model(self) -> Any:
        return self.opts.model


_LABELS = {
    "csv": gettext_lazy("Take out as a table: CSV"),
    "xlsx": gettext_lazy("Take out as a table: XLSX"),
}
_WHOLE = {"csv": gettext_lazy("Take out all as CSV"), "xlsx": gettext_lazy("Take out all as XLSX")}


def _action(ending: str) -> Callable[..., Any]:
    def take_out(page: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponseBase | None:
        if not queryset.exists():
            messages.warning(request, _("Nothing is chosen."))
            return None
        return page.export(request, queryset, ending, _("chosen by hand"))

    return admin.action(description=_LABELS[ending])(take_out)


def _filter_of(request: HttpRequest) -> Any:
    """The filter of the list, without what only says which page of it is seen."""
    asked = request.GET.copy()
    for name in ("p", "all", "o", "e"):
        asked.pop(name, None)
    return asked


def _workbook(lines: Iterator[tuple[str, ...]]) -> Iterator[bytes]:
    """A workbook is a zip, whose list of contents comes last: it is written to a file, then sent."""
    with tempfile.TemporaryDirectory(prefix="memorial-export-") as folder:
        target = Path(folder) / "table.xlsx"
        write_workbook(lines, target)
        with target.open("rb") as file:
            while block := file.read(_BLOCK):
                yield block
