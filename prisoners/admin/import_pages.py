"""Loading a list: the file, what its columns mean, every difference it would make, and one press to write it.

Each step is a page of its own that can be left and come back to; nothing that was loaded or typed is lost.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from memorial.base.formulas import defused
from memorial.base.table_kinds import KINDS, TableKind
from prisoners.admin.import_forms import LoadForm, MappingForm, may_be_html
from prisoners.admin.import_preview import preview_context
from prisoners.importers.errors import ImportRefused
from prisoners.importers.mapping import Mapping
from prisoners.importers.mapping_file import MOST_BYTES, parse_mapping
from prisoners.importers.mapping_text import mapping_text
from prisoners.importers.opening import Reading
from prisoners.importers.portions import apply_portion, lines_of_report, too_many_rejected, try_portion
from prisoners.importers.uploads import (
    add_photos,
    begin_anew,
    forget,
    forget_uploads,
    has_own_columns,
    kind_of,
    load,
    local,
    mapping_of,
    table_at,
)
from prisoners.importers.words_of_columns import Unknown, examples, unknown_words
from prisoners.models import ImportMapping, ImportUpload

State = ImportUpload.State


def loadable(request: HttpRequest) -> list[TableKind]:
    """The kinds of list that somebody may load."""
    return [kind for kind in KINDS.values() if request.user.has_perm(kind.right("import"))]


def page_url(upload: ImportUpload, step: str) -> str:
    """The page of one step."""
    return reverse(f"admin:prisoners_importupload_{step}", args=[upload.pk])


class ImportPages:
    """Mixed into the list of loaded lists."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """The pages of the steps."""
        wrap = self.admin_site.admin_view

        def step(name: str, view: Callable[..., Any], ending: str = "/") -> URLPattern:
            return path(f"<int:pk>/{name}{ending}", wrap(view), name=f"prisoners_importupload_{name}")

        return [
            path("load/", wrap(self.load_view), name="prisoners_importupload_load"),
            step("mapping", self.mapping_view),
            step("preview", self.preview_view),
            step("forget", self.forget_view),
            path("<int:pk>/MAP.toml", wrap(self.map_file_view), name="prisoners_importupload_map_file"),
            path("<int:pk>/report.csv", wrap(self.report_view), name="prisoners_importupload_report"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Lists of the kinds that this person may load."""
        rows: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc]
        return rows.filter(kind__in=[kind.code for kind in loadable(request)])

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, with the button that loads another one."""
        own = {"may_load": bool(loadable(request))}
        answer: HttpResponse = super().changelist_view(request, {**own, **(extra_context or {})})  # type: ignore[misc]
        return answer

    # --- the file -------------------------------------------------------------------------------

    def load_view(self, request: HttpRequest) -> HttpResponse:
        """Takes a file in. It is read once; a file that cannot be a table is refused in one sentence."""
        kinds = loadable(request)
        if not kinds:
            raise PermissionDenied
        form = LoadForm(
            request.POST or None,
            request.FILES or None,
            kinds=kinds,
            initial={"kind": request.GET.get("kind", "")},
        )
        if request.method == "POST" and form.is_valid():
            try:
                upload = self._load(request, form)
            except ImportRefused as error:
                form.add_error(None, str(error).split("\n"))
            else:
                own = has_own_columns(upload) and not upload.mapping
                return HttpResponseRedirect(page_url(upload, "preview" if own else "mapping"))
        context = {**self._context(request, _("Load a list"), None), "form": form}
        return TemplateResponse(
            request, "admin/import_load.html", context, status=400 if form.errors else 200
        )

    @staticmethod
    def _load(request: HttpRequest, form: LoadForm) -> ImportUpload:
        forget_uploads()
        said = form.cleaned_data
        content = _mapping_sent(said)
        how = Reading(sheet=said["sheet"], header=said["header"] or 0)
        upload = load(
            file=said["file"],
            name=said["file"].name,
            size=said["file"].size,
            kind=form.chosen,
            reading=_reading(content, how),
            by=int(request.user.pk or 0),
        )
        upload.mapping = content
        upload.save()
        if said["photos"]:
            try:
                add_photos(upload, said["photos"], said["photos"].size)
                upload.save()
            except ImportRefused as error:
                messages.warning(
                    request, _("The list is loaded, the photos are not: %(why)s") % {"why": error}
                )
        return upload

    # --- what the columns mean ------------------------------------------------------------------

    def mapping_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Says what each column is. What was chosen is kept even where it is not right yet."""
        upload = self._upload(request, pk)
        if upload.state in (State.APPLYING, State.APPLIED):
            return HttpResponseRedirect(page_url(upload, "preview"))
        mistakes: list[str] = []
        words, shown = self._unread_words(upload)
        form = self._mapping_form(upload, words, request.POST or None)
        if request.method == "POST":
            self._keep_mapping(request, upload, form)
            mistakes = _mistakes(upload)
            if not mistakes and "save" not in request.POST:
                return HttpResponseRedirect(page_url(upload, "preview"))
            words, shown = self._unread_words(upload)
            form = self._mapping_form(upload, words, None)
        context = {
            **self._context(request, _("What the columns mean"), upload),
            "form": form,
            "columns": [
                (box, html if _any_html(upload) else None, shown.get(box.label, []))
                for box, html in form.column_fields
            ],
            "mistakes": mistakes,
            "reading": upload.reading,
        }
        return TemplateResponse(
            request, "admin/import_mapping.html", context, status=400 if mistakes else 200
        )

    @staticmethod
    def _mapping_form(upload: ImportUpload, words: list[Unknown], sent: Any) -> MappingForm:
        return MappingForm(
            sent,
            header=upload.reading["header_names"],
            kind=kind_of(upload),
            content=upload.mapping,
            words=words,
        )

    @staticmethod
    def _unread_words(upload: ImportUpload) -> tuple[list[Unknown], dict[str, list[str]]]:
        """Words that are none of ours, and examples of every column."""
        with local(upload.table) as file:
            table = table_at(upload, file)
            mapping = _right_mapping(upload)
            words = unknown_words(table, mapping, kind_of(upload).fields) if mapping else []
            return words, examples(table)

    @staticmethod
    def _keep_mapping(request: HttpRequest, upload: ImportUpload, form: MappingForm) -> None:
        upload.mapping = form.said()
        begin_anew(upload)
        upload.save()
        if name := request.POST.get("keep_as", "").strip()[:120]:
            ImportMapping.objects.update_or_create(
                name=name,
                defaults={"kind": upload.kind, "content": upload.mapping, "by": request.user.pk},
            )
            messages.success(request, _("The mapping is kept as «%(name)s».") % {"name": name})

    def map_file_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The mapping as a file."""
        upload = self._upload(request, pk)
        answer = HttpResponse(mapping_text(upload.mapping), content_type="application/toml; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="MAP.toml"'
        return answer

    # --- what would change ----------------------------------------------------------------------

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Shows what the list would change, or has changed; each press does a portion of the work."""
        upload = self._upload(request, pk)
        refused = ""
        if request.method == "POST":
            try:
                self._press(request, upload)
                return HttpResponseRedirect(page_url(upload, "preview"))
            except ImportRefused as error:
                refused = str(error)
                upload.refresh_from_db()
        context = {
            **self._context(request, upload.name, upload),
            **preview_context(request, upload),
            "mistakes": refused.split("\n") if refused else _mistakes(upload),
            "may_publish": request.user.has_perm(kind_of(upload).right("publish")),
            "too_many": too_many_rejected(upload),
        }
        return TemplateResponse(request, "admin/import_preview.html", context, status=409 if refused else 200)

    @staticmethod
    def _press(request: HttpRequest, upload: ImportUpload) -> None:
        """One press of a button. Raises `ImportRefused`."""
        press = request.POST.get("press", "")
        if press == "try":
            wants = "publish" in request.POST
            if wants and not request.user.has_perm(kind_of(upload).right("publish")):
                raise PermissionDenied
            if upload.state in (State.LOADED, State.TRIED):
                begin_anew(upload)
                upload.publish = wants
                upload.save()
            try_portion(upload)
        elif press == "apply":
            if upload.state == State.TRIED and too_many_rejected(upload) and "accept" not in request.POST:
                raise ImportRefused(
                    _(
                        "More than a tenth of the rows is rejected: mend the list, or say that the others are wanted."
                    )
                )
            apply_portion(upload, int(request.user.pk or 0))

    def report_view(self, request: HttpRequest, pk: int) -> StreamingHttpResponse:
        """Everything that is on the preview, as a table."""
        upload = self._upload(request, pk)
        answer = StreamingHttpResponse(
            _as_csv(lines_of_report(upload)), content_type="text/csv; charset=utf-8"
        )
        answer["Content-Disposition"] = f'attachment; filename="report-{upload.pk}.csv"'
        return answer

    def forget_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Removes a loaded list at once. What it has written stays."""
        upload = self._upload(request, pk)
        if request.method == "POST":
            forget(upload)
            messages.success(request, _("The loaded list is removed. What it has written stays."))
        return HttpResponseRedirect(reverse("admin:prisoners_importupload_changelist"))

    # --- what all of them need ------------------------------------------------------------------

    def _upload(self, request: HttpRequest, pk: int) -> ImportUpload:
        upload: ImportUpload = get_object_or_404(ImportUpload, pk=pk)
        if upload.kind not in KINDS or not request.user.has_perm(kind_of(upload).right("import")):
            raise PermissionDenied
        return upload

    def _context(self, request: HttpRequest, title: str, upload: ImportUpload | None) -> dict[str, Any]:
        own = {"title": title, "opts": self.opts, "record": upload, "upload": upload}
        if upload:
            own |= {"record_url": page_url(upload, "preview"), "kind": kind_of(upload)}
        return {**self.admin_site.each_context(request), **own}


def _mapping_sent(said: dict[str, Any]) -> dict[str, Any]:
    """The content of the mapping that came with a file, or that was kept from another time."""
    if file := said["map_file"]:
        if file.size > MOST_BYTES:
            raise ImportRefused(_("The mapping is too large."))
        return parse_mapping(file.read())
    stored = said["stored"]
    return dict(stored.content) if stored else {}


def _reading(content: dict[str, Any], how: Reading) -> Reading:
    """How the file is read: as somebody says now, else as the mapping says."""
    file = content.get("file", {})
    if not isinstance(file, dict):
        return how
    marks = {"comma": ",", "semicolon": ";", "tab": "\t"}
    said: dict[str, Any] = {
        "encoding": file.get("encoding", "") if file.get("encoding") in ("utf-8", "windows-1251") else "",
        "delimiter": marks.get(str(file.get("delimiter", "")), ""),
        "sheet": how.sheet or str(file.get("sheet", "")),
        "header": how.header or (file["header"] if isinstance(file.get("header"), int) else 0),
    }
    return Reading(**said)


def _right_mapping(upload: ImportUpload) -> Mapping | None:
    """The mapping, if there is one without mistakes."""
    try:
        return mapping_of(upload) if upload.mapping else None
    except ImportRefused:
        return None


def _mistakes(upload: ImportUpload) -> list[str]:
    """What is wrong with the mapping, a sentence each."""
    try:
        mapping_of(upload)
    except ImportRefused as error:
        # Of several the first line only says that there are some.
        _head, *rest = lines = str(error).split("\n")
        return rest or lines
    return []


def _any_html(upload: ImportUpload) -> bool:
    kind = kind_of(upload)
    return any(may_be_html(kind, name) for name in kind.fields)


def _as_csv(lines: Iterator[tuple[str, ...]]) -> Iterator[str]:
    target = io.StringIO()
    writer = csv.writer(target)
    yield "\ufeff"
    for line in lines:
        writer.writerow([defused(cell) for cell in line])
        yield target.getvalue()
        target.seek(0)
        target.truncate()
