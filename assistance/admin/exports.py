"""Help taken out as a table: what the list shows, of those who are theirs to see, once more proved who asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from memorial.base.evidence import Looking
from memorial.base.looking import record_looking
from memorial.base.table_files import TYPES, written_table
from memorial.staff.fresh import freshly_signed_in

Lines = Iterator[tuple[str, ...]]


class TakesOut:
    """Mixed into the admin of a kind of help: `export.csv`, `export.xlsx` of what the list shows.

    The admin says in `table_lines()` what stands in the table, the headings first.
    """

    admin_site: Any
    model: Any
    opts: Any
    table_name = "help"

    def table_lines(self, rows: Any, user: Any) -> Lines:
        """The lines of the table, of rows that this person may see."""
        raise NotImplementedError

    def get_urls(self) -> list[URLPattern]:
        """The address of the table."""
        wrap = self.admin_site.admin_view
        name = f"assistance_{self.opts.model_name}_export"
        return [path("export.<slug:ending>", wrap(self.export_view), name=name), *super().get_urls()]  # type: ignore[misc]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, with the way to take out all that it shows."""
        labels = {"csv": _("Take out all as CSV"), "xlsx": _("Take out all as XLSX")}
        address = f"admin:assistance_{self.opts.model_name}_export"
        own = {"exports": [(reverse(address, args=[ending]), label) for ending, label in labels.items()]}
        answer: HttpResponse = super().changelist_view(request, {**own, **(extra_context or {})})  # type: ignore[misc]
        return answer

    def export_view(self, request: HttpRequest, ending: str) -> HttpResponseBase:
        """The table, to whoever may see its rows; by POST, so that no link takes it out."""
        if not request.user.has_perm(f"assistance.view_{self.opts.model_name}"):
            raise PermissionDenied
        if request.method != "POST" or ending not in TYPES:
            return HttpResponseRedirect(reverse(f"admin:assistance_{self.opts.model_name}_changelist"))
        return self._export(request, ending)

    @method_decorator(freshly_signed_in)
    def _export(self, request: HttpRequest, ending: str) -> HttpResponseBase:
        asked = request.GET.copy()
        for name in ("p", "all", "o", "e"):
            asked.pop(name, None)
        request.GET = asked  # type: ignore[assignment]
        listed = self.get_changelist_instance(request).queryset  # type: ignore[attr-defined]
        chosen = self.model.objects.visible_to(request.user).filter(pk__in=listed.values("pk"))
        keys = list(chosen.order_by("pk").values_list("pk", flat=True))
        record_looking(
            staff=int(request.user.pk or 0), kind=Looking.Kind.EXPORTED, model=self.model, rows=keys
        )
        # Read before the answer streams: the rules of rows hold for this request's own connection.
        rows = self.model.objects.filter(pk__in=keys).select_related("client").order_by("pk")
        lines = list(self.table_lines(rows, request.user))
        answer = StreamingHttpResponse(written_table(lines, ending), content_type=TYPES[ending])
        name = f"{self.table_name}-{timezone.localdate():%Y-%m-%d}.{ending}"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        answer["Cache-Control"] = "no-store"
        return answer
