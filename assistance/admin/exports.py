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

from assistance.importers.columns import COLUMNS, heading
from assistance.importers.items_text import items_in_words
from assistance.models import HumanitarianAid
from memorial.base.evidence import Looking
from memorial.base.looking import record_looking
from memorial.base.partial_date import format_partial_date
from memorial.base.table_files import TYPES, written_table
from memorial.staff.fresh import freshly_signed_in


class TakesOut:
    """Mixed into the admin of humanitarian help: `export.csv`, `export.xlsx` of what the list shows."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """The address of the table."""
        wrap = self.admin_site.admin_view
        name = "assistance_humanitarianaid_export"
        return [path("export.<slug:ending>", wrap(self.export_view), name=name), *super().get_urls()]  # type: ignore[misc]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, with the way to take out all that it shows."""
        labels = {"csv": _("Take out all as CSV"), "xlsx": _("Take out all as XLSX")}
        address = "admin:assistance_humanitarianaid_export"
        own = {"exports": [(reverse(address, args=[ending]), label) for ending, label in labels.items()]}
        answer: HttpResponse = super().changelist_view(request, {**own, **(extra_context or {})})  # type: ignore[misc]
        return answer

    def export_view(self, request: HttpRequest, ending: str) -> HttpResponseBase:
        """The table, to whoever may see its rows; by POST, so that no link takes it out."""
        if not request.user.has_perm("assistance.view_humanitarianaid"):
            raise PermissionDenied
        if request.method != "POST" or ending not in TYPES:
            return HttpResponseRedirect(reverse("admin:assistance_humanitarianaid_changelist"))
        return self._export(request, ending)

    @method_decorator(freshly_signed_in)
    def _export(self, request: HttpRequest, ending: str) -> HttpResponseBase:
        asked = request.GET.copy()
        for name in ("p", "all", "o", "e"):
            asked.pop(name, None)
        request.GET = asked  # type: ignore[assignment]
        listed = self.get_changelist_instance(request).queryset  # type: ignore[attr-defined]
        chosen = HumanitarianAid.objects.visible_to(request.user).filter(pk__in=listed.values("pk"))
        keys = list(chosen.order_by("pk").values_list("pk", flat=True))
        record_looking(
            staff=int(request.user.pk or 0), kind=Looking.Kind.EXPORTED, model=HumanitarianAid, rows=keys
        )
        # Read before the answer streams: the rules of rows hold for this request's own connection.
        lines = list(_lines(HumanitarianAid.objects.filter(pk__in=keys).order_by("pk")))
        answer = StreamingHttpResponse(written_table(lines, ending), content_type=TYPES[ending])
        name = f"help-{timezone.localdate():%Y-%m-%d}.{ending}"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        answer["Cache-Control"] = "no-store"
        return answer


def _lines(rows: Any) -> Iterator[tuple[str, ...]]:
    """The columns that the grid reads: the number stands for the client, and the name goes with it."""
    yield tuple(heading(column) for column in COLUMNS)
    for row in rows.select_related("client").prefetch_related("items__kind"):
        yield (
            f"№ {row.client_id} {row.client.name}",
            format_partial_date(row.given_on, "en", "editing"),
            str(row.get_channel_display()),
            str(row.get_for_whom_display()),
            items_in_words(list(row.items.all())),
            "" if row.cost is None else f"{row.cost}",
            row.currency,
            str(row.note),
        )
