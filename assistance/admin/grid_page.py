"""Fifty parcels in a row, as in a spreadsheet: typed, pasted, or loaded from a file. Works without a script."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assistance.admin.grid import Row, Saved, empty_rows, save_rows, sent_rows, set_saved_apart, tidy
from assistance.choices import AidChannel, Currency, Recipient
from assistance.importers.cells import repeat
from assistance.importers.columns import COLUMNS, HEADINGS, MOST_ROWS, keys_of, known_names
from assistance.importers.items_text import HINT
from assistance.models import Client, HumanitarianAid, ItemKind
from memorial.base.evidence import Looking
from memorial.base.looking import record_looking
from memorial.base.table_files import TableRefused, read_table

ROWS_AT_FIRST: Final = 10
MOST_BYTES: Final = 2_000_000
"""A file that is larger would be kept on the disk while it is received."""
RIGHTS: Final = ("assistance.add_humanitarianaid", "assistance.add_aiditem", "assistance.view_client")


class GridPage:
    """Mixed into the admin of humanitarian help: `grid/`."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """The page before Django's own, which would take any path."""
        wrap = self.admin_site.admin_view
        own = path("grid/", wrap(self.grid_view), name="assistance_humanitarianaid_grid")
        return [own, *super().get_urls()]  # type: ignore[misc]

    def grid_view(self, request: HttpRequest) -> HttpResponse:
        """Shows empty rows; adds those of a file; saves what is right and keeps what is not."""
        if not request.user.has_perms(RIGHTS):
            raise PermissionDenied
        if request.method != "POST":
            return self._page(request, _first_rows(request))
        rows = sent_rows(request.POST)
        if "load" in request.POST:
            return self._load(request, rows)
        outcome = save_rows(rows, request.user)
        _record(request, outcome.found)
        if not outcome.waiting:
            return self._after(request, outcome.saved)
        return self._page(request, [*outcome.waiting], outcome.saved, status=400)

    def _after(self, request: HttpRequest, saved: list[Saved]) -> HttpResponse:
        """Everything is saved: the next rows are empty. Nothing was typed: that is said."""
        new = sum(one.is_new for one in saved)
        if new:
            said = ngettext("%(count)s row is saved.", "%(count)s rows are saved.", new)
            messages.success(request, said % {"count": new})
        if before := len(saved) - new:
            said = ngettext(
                "%(count)s row was saved before, and is there once.",
                "%(count)s rows were saved before, and are there once.",
                before,
            )
            messages.success(request, said % {"count": before})
        if not saved:
            messages.warning(request, _("Nothing is typed in any row."))
        return HttpResponseRedirect(reverse("admin:assistance_humanitarianaid_grid"))

    def _load(self, request: HttpRequest, rows: list[Row]) -> HttpResponse:
        """The rows of a file below those that were typed; nothing is saved yet."""
        typed = [row for row in rows if not row.is_empty]
        try:
            loaded, remarks = _loaded_rows(request, after=max((row.place for row in typed), default=-1) + 1)
        except TableRefused as error:
            return self._page(request, typed, refused=str(error), status=400)
        waiting, saved = set_saved_apart(loaded)
        # A key that others' clients have is not told: the database will say so when it is saved.
        if saved:
            _record(request, {}, [one.aid for one in saved])
        return self._page(request, [*typed, *waiting], saved, remarks=remarks)

    def _page(
        self,
        request: HttpRequest,
        rows: list[Row],
        saved: list[Saved] | None = None,
        *,
        remarks: list[str] | None = None,
        refused: str = "",
        status: int = 200,
    ) -> HttpResponse:
        if not rows:
            rows = empty_rows(ROWS_AT_FIRST)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Many parcels"),
            "opts": self.opts,
            "rows": rows,
            "blank": Row(-1, empty_rows(1)[0].key),
            "headings": [HEADINGS[name] for name in COLUMNS],
            "kinds": [str(kind) for kind in ItemKind.objects.all()],
            "hint": HINT,
            "saved": saved or [],
            "wrong": sum(bool(row.wrong) for row in rows),
            "asking": sum(bool(row.asks) for row in rows),
            "remarks": remarks or [],
            "refused": refused,
            "most": MOST_ROWS,
        }
        return TemplateResponse(request, "admin/assistance_grid.html", context, status=status)


def _first_rows(request: HttpRequest) -> list[Row]:
    asked = request.GET.get("rows", "")
    count = min(int(asked), MOST_ROWS) if asked.isdigit() and len(asked) < 5 else ROWS_AT_FIRST
    rows = empty_rows(max(count, 1))
    rows[0].cells.update(
        {
            "client": request.GET.get("client", "")[:20],
            "given_on": f"{timezone.localdate():%d.%m.%Y}",
            "channel": AidChannel.PARCEL.value,
            "for_whom": Recipient.PRISONER.value,
            "currency": Currency.RUB.value,
        }
    )
    return rows


def _loaded_rows(request: HttpRequest, *, after: int) -> tuple[list[Row], list[str]]:
    """The rows of the file, and what of it is not read. Raises `TableRefused`."""
    file = request.FILES.get("file")
    if file is None:
        raise TableRefused(_("Choose a file."))
    if (file.size or 0) > MOST_BYTES:
        raise TableRefused(_("The file is larger than 2 MB: split it."))
    names = known_names()
    table = read_table(file, known=names, most=MOST_ROWS - after)
    columns = {column: names[column] for column in table.header if column in names}
    if "client" not in columns.values():
        raise TableRefused(
            _("No column is called «%(client)s». Columns that are read: %(names)s.")
            % {"client": HEADINGS["client"], "names": ", ".join(str(said) for said in HEADINGS.values())}
        )
    said = [
        {columns[name]: text for name, text in row.cells.items() if name in columns} for row in table.rows
    ]
    keys = keys_of(said)
    rows = [Row(after + place, key) for place, key in enumerate(keys)]
    for row, cells, read in zip(rows, said, table.rows, strict=True):
        # In a table an empty cell says «none»: only the day, the way and for whom are as above.
        row.cells.update(
            dict.fromkeys(("items", "cost"), "—") | {k: v for k, v in cells.items() if v.strip()}
        )
        row.wrong = {columns[name]: [why] for name, why in read.unreadable.items() if name in columns}
        tidy(row.cells)
    if rows:
        _default(rows[0])
    repeat([row.cells for row in rows])
    unknown = [column for column in table.header if column not in names]
    remarks = [_("Columns that are not read: %(names)s.") % {"names": ", ".join(unknown)}] if unknown else []
    return rows, remarks


def _default(row: Row) -> None:
    usual = {"channel": AidChannel.PARCEL, "for_whom": Recipient.PRISONER, "currency": Currency.RUB}
    for name, value in usual.items():
        row.cells[name] = row.cells[name].strip() or value.value


def _record(request: HttpRequest, found: Any, aids: list[int] | None = None) -> None:
    """Writes down whom the names in the rows found, or which help a loaded file showed."""
    rows = sorted({row.pk for rows in found.values() for row in rows}) if aids is None else aids
    record_looking(
        staff=int(request.user.pk or 0),
        kind=Looking.Kind.SEARCHED,
        model=Client if aids is None else HumanitarianAid,
        rows=rows,
        searched=" ".join(sorted(found)),
    )
