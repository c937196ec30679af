"""A person's page as readers will see it, before they can; and only for staff."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from memorial.base.localized import LANGUAGES


class PreviewPages:
    """Mixed into the page of people: both languages in frames, each marked as a preview."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """The preview and its two frames."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/preview/", wrap(self.preview_view), name="prisoners_prisoner_preview"),
            path("<int:pk>/preview/<slug:language>/", wrap(self.frame_view), name="prisoners_prisoner_frame"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Both languages, one under the other on a phone, side by side on a wide screen."""
        self._require_view(request)
        person = get_object_or_404(self.get_queryset(request), pk=pk)  # type: ignore[attr-defined]
        frames = [
            (code, name, reverse("admin:prisoners_prisoner_frame", args=[pk, code]))
            for code, name in self.admin_site.each_context(request)["office_languages"]
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Preview: %(name)s") % {"name": person},
            "opts": self.opts,
            "record": person,
            "record_url": self.record_url(person),  # type: ignore[attr-defined]
            "frames": frames,
        }
        return TemplateResponse(request, "admin/preview.html", context)

    def frame_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """One language: the readers' own template and context, marked at the top."""
        if language not in LANGUAGES:
            raise Http404
        self._require_view(request)
        rows = self.get_queryset(request).for_detail(timezone.localdate())  # type: ignore[attr-defined]
        with translation.override(language):
            person = get_object_or_404(rows, pk=pk)
            return HttpResponse(_render(request, person))

    def _require_view(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied


def _render(request: HttpRequest, person: Any) -> str:
    """The readers' own page of a person, with the mark of a preview above it."""
    from prisoners.views import detail_context

    return render_to_string(
        "admin/preview_frame.html", detail_context(person, timezone.localdate()), request=request
    )
