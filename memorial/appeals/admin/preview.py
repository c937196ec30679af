"""An appeal or an event as readers will see it, before they can; for staff alone."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from memorial.base.localized import LANGUAGES


class PreviewPages:
    """Mixed into a ModelAdmin: `preview/` with a frame for each language. `frame_template` extends the readers' page."""

    frame_template: str
    admin_site: Any
    opts: Any

    def readers_context(self, record: Any) -> dict[str, Any]:
        """What the readers' template needs."""
        raise NotImplementedError

    def get_urls(self) -> list[URLPattern]:
        """The preview and its frames, before Django's own pages, which would take any path."""
        wrap, stem = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("<int:pk>/preview/", wrap(self.preview_view), name=f"{stem}_preview"),
            path("<int:pk>/preview/<slug:language>/", wrap(self.frame_view), name=f"{stem}_frame"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Every language as readers will see it."""
        record, stem = self._previewed(request, pk), f"admin:{self.opts.app_label}_{self.opts.model_name}"
        frames = [
            (code, name, reverse(f"{stem}_frame", args=[pk, code]))
            for code, name in self.admin_site.each_context(request)["office_languages"]
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Preview: %(name)s") % {"name": record},
            "opts": self.opts,
            "record": record,
            "record_url": reverse(f"{stem}_change", args=[pk]),
            "frames": frames,
        }
        return TemplateResponse(request, "admin/preview.html", context)

    def frame_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """One language: the readers' own template and context, marked at the top."""
        if language not in LANGUAGES:
            raise Http404
        record = self._previewed(request, pk)
        with translation.override(language):
            page = render_to_string(self.frame_template, self.readers_context(record), request=request)
        return HttpResponse(page)

    def _previewed(self, request: HttpRequest, pk: int) -> Any:
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request), pk=pk)  # type: ignore[attr-defined]
