"""The file of a document in the office: uploaded, looked at page by page, its redaction checked."""

from __future__ import annotations

import io
from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.documents import check_redaction, hidden_people, take_document_file
from cases.documents.pdf import page_of
from cases.models import Document, DocumentOriginal
from memorial.base.admin.looking import record_seen
from prisoners.models import Prisoner

_FAINT = [0 if shade == 0 else round(255 * (shade / 255) ** 0.3) for shade in range(256)]
"""Lifts what is nearly black, so that letters under a cover that is not quite opaque can be seen."""
PAGES_SHOWN = 25


class FileForm(forms.Form):
    """A file of a document. Whatever is hidden in it stays behind."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
        help_text=gettext_lazy(
            "PDF, JPEG or PNG, up to 40 MB and 300 pages. Cover names and addresses before you upload it:"
            " with black boxes, never with a marker that shines through."
        ),
    )


class DocumentPages:
    """Mixed into the page of documents: `<number>/file/`, `<number>/pages/` and what they show."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """Addresses of the file's pages."""
        wrap = self.admin_site.admin_view
        own = (
            ("<int:pk>/file/", self.file_view, "file"),
            ("<int:pk>/pages/", self.pages_view, "pages"),
            ("<int:pk>/pages/<int:number>.png", self.page_view, "page"),
            ("<int:pk>/original/", self.original_view, "original"),
        )
        return [
            *(path(route, wrap(view), name=f"cases_document_{name}") for route, view, name in own),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Takes a file in and goes on to its pages."""
        _require(request, "cases.change_document", "cases.change_documentoriginal")
        document = get_object_or_404(Document, pk=pk)
        form = FileForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            by = int(request.user.pk or 0)
            try:
                take_document_file(document=document, data=file.read(), name=str(file.name), by=by)
            except ValidationError as error:
                form.add_error("file", error)
            else:
                messages.success(request, _("The file is taken in. Look at its pages now."))
                return HttpResponseRedirect("../pages/")
        context = self._file_context(request, _("File: %(document)s") % {"document": document}, document)
        return TemplateResponse(request, "admin/document_file.html", {**context, "form": form})

    def pages_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The pages as readers will get them; POST says that nothing in them must stay hidden."""
        _require(request, "cases.view_documentoriginal")
        document = get_object_or_404(Document, pk=pk)
        original = _original(pk)
        record_seen(request, original)
        errors: list[str] = []
        if request.method == "POST":
            _require(request, "cases.change_documentoriginal")
            try:
                seen = request.POST.get("seen", "")
                check_redaction(document=document, by=int(request.user.pk or 0), seen=seen)
            except ValidationError as error:
                errors = error.messages
            else:
                messages.success(request, _("Noted: the redaction is checked."))
                return HttpResponseRedirect(self.record_url(document))  # type: ignore[attr-defined]
        context = self._file_context(request, _("Pages: %(document)s") % {"document": document}, document)
        own = _shown_pages(request, original) | {
            "original": original,
            "errors": errors,
            "hidden": Prisoner.objects.filter(pk__in=hidden_people(document)),
            "may_check": request.user.has_perm("cases.change_documentoriginal"),
        }
        return TemplateResponse(
            request, "admin/document_pages.html", {**context, **own}, status=400 if errors else 200
        )

    def page_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """One page as a picture; with `?faint=1`, what is nearly black made visible."""
        _require(request, "cases.view_documentoriginal")
        try:
            with _original(pk).rendering.open("rb") as file:
                picture = page_of(file.file, number).picture()
        except (OSError, IndexError):
            raise Http404
        if request.GET.get("faint"):
            picture = picture.point(_FAINT * len(picture.getbands()))
        target = io.BytesIO()
        picture.save(target, "PNG", compress_level=1)
        return HttpResponse(target.getvalue(), content_type="image/png")

    def original_view(self, request: HttpRequest, pk: int) -> FileResponse:
        """The original, to be saved: an untrusted file is never opened in the office's own page."""
        _require(request, "cases.view_documentoriginal")
        original = _original(pk)
        record_seen(request, original)
        ending = PurePath(str(original.file)).suffix
        return FileResponse(
            original.file.open("rb"),
            as_attachment=True,
            filename=f"original{ending}",
            content_type="application/octet-stream",
        )

    def _file_context(self, request: HttpRequest, title: str, document: Document) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "record": document,
            "record_url": self.record_url(document),  # type: ignore[attr-defined]
        }


def _shown_pages(request: HttpRequest, original: DocumentOriginal) -> dict[str, Any]:
    """Which pages are looked at now: 25 at a time, so that a phone can bear it."""
    count = original.rendering_pages or 0
    asked = request.GET.get("from", "1")
    first = int(asked) if asked.isdecimal() and len(asked) < 5 else 1
    first = min(max(first, 1), max(count, 1))
    last = min(first + PAGES_SHOWN - 1, count)
    return {
        "numbers": range(first, last + 1),
        "parts": [(start, min(start + PAGES_SHOWN - 1, count)) for start in range(1, count + 1, PAGES_SHOWN)],
        "first": first,
        "next": last + 1,
        "is_last": last == count,
        "is_faint": bool(request.GET.get("faint")),
    }


def _original(document: int) -> DocumentOriginal:
    return get_object_or_404(DocumentOriginal.objects.exclude(rendering=""), document=document)


def _require(request: HttpRequest, *rights: str) -> None:
    if not request.user.has_perms(rights):
        raise PermissionDenied
