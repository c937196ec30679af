"""Pages of the site in the office: written, looked at in both languages, published, withdrawn."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import translation
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from memorial.base.admin import (
    CollapsedInline,
    DeedPages,
    OfficeForm,
    TranslatedByOthers,
    VersionedAdmin,
    both,
)
from memorial.base.localized import LANGUAGES, all_languages, in_language
from memorial.pages.admin.deeds import PAGE_DEEDS
from memorial.pages.display import context_of
from memorial.pages.models import FormerAddress, SitePage


class FormerAddressRows(CollapsedInline):
    """Addresses that lead to the page: its own of former times, and those of a site that was here before."""

    model = FormerAddress
    form = OfficeForm
    group = _("Old addresses")
    fields = ["path"]


@admin.register(SitePage)
class SitePageAdmin(DeedPages, TranslatedByOthers, VersionedAdmin):
    """A page. What is saved while it is published, readers see within a minute."""

    deeds = PAGE_DEEDS
    change_form_template = "admin/site_page_change.html"
    list_display = ["__str__", "slug", "state", "menu", "order", "checked_on"]
    list_filter = ["state", "menu"]
    search_fields = ["slug", *all_languages("title", "summary", "text")]
    prepopulated_fields: ClassVar[Any] = {"slug": (in_language("title", "en"),)}
    fieldsets: ClassVar[Any] = [
        (None, {"fields": both("title", "summary", "text")}),
        (_("Place in the site"), {"fields": [("slug", "purpose"), ("menu", "order"), "checked_on"]}),
    ]
    inlines = [FormerAddressRows]

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """For a translator the texts alone."""
        if self.only_translates(request):
            return [(_("Texts"), {"fields": both("title", "summary", "text")})]
        return self.fieldsets

    def get_inlines(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        """Old addresses of a page that is there; none for a translator."""
        return [] if obj is None or self.only_translates(request) else list(self.inlines)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A suggested address, for a new page only."""
        return {} if obj else self.prepopulated_fields

    def get_urls(self) -> list[URLPattern]:
        """The preview and its frames, one for each language."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/preview/", wrap(self.preview_view), name="pages_sitepage_preview"),
            path("<int:pk>/preview/<slug:language>/", wrap(self.frame_view), name="pages_sitepage_frame"),
            *super().get_urls(),
        ]

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Every language as readers will see it."""
        page = self._seen(request, pk)
        site = self.admin_site.each_context(request)
        context = {
            **site,
            "title": say("Preview: %(name)s") % {"name": page},
            "opts": self.opts,
            "record": page,
            "record_url": self.record_url(page),
            "frames": [
                (code, name, reverse("admin:pages_sitepage_frame", args=[pk, code]))
                for code, name in site["office_languages"]
            ],
        }
        return TemplateResponse(request, "admin/preview.html", context)

    def frame_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """One language: the readers' own template and context, marked at the top."""
        if language not in LANGUAGES:
            raise Http404
        page = self._seen(request, pk)
        with translation.override(language):
            return HttpResponse(render_to_string("admin/site_page_frame.html", context_of(page), request))

    def _seen(self, request: HttpRequest, pk: int) -> SitePage:
        if not self.has_view_permission(request):
            raise PermissionDenied
        page: SitePage = get_object_or_404(self.get_queryset(request), pk=pk)
        return page
