"""Pages of staff and pages of themes, for readers."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.generic import DetailView, TemplateView

from memorial.base.civil_date import civil_date
from memorial.base.public_pages import public_page
from memorial.pages.display import context_of
from memorial.pages.models import SitePage
from memorial.pages.themes import ThemePage, shown_themes, theme_list_context, theme_of
from memorial.views.old_addresses import old_address


@method_decorator(public_page(depends_on_date=False), name="dispatch")
class SitePageView(DetailView):
    """A page of staff. Where none is, the address may be an old one."""

    queryset = SitePage.objects.published()
    template_name = "pages/page_detail.html"
    object: SitePage

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            return old_address(request, path=f"{self.kwargs['slug']}/")  # type: ignore[return-value]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | context_of(self.object)


@method_decorator(public_page(), name="dispatch")
class ThemesView(TemplateView):
    """All themes that have anybody or anything to show."""

    template_name = "pages/themes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | theme_list_context(shown_themes())


@method_decorator(public_page(), name="dispatch")
class ThemeDetailView(TemplateView):
    """One theme: its text, how many people, some of them, its cases."""

    template_name = "pages/theme_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        theme = theme_of(self.kwargs["theme"])
        if theme is None:
            raise Http404
        shown = ThemePage(theme, civil_date())
        return super().get_context_data(**kwargs) | {"shown": shown, "head": shown.head}
