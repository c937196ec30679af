"""The staff office's own AdminSite: the «today» page, the language switch. Its door is in memorial.staff.site."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.i18n import set_language

from memorial.base.admin.looking import record_autocomplete
from memorial.base.admin.today import Panel, answers

OFFICE_LANGUAGES = (("ru", "Русский"), ("en", "English"))


class StaffSite(admin.AdminSite):
    """The office, in both languages, with nothing from another host."""

    site_header = _("Political Prisoners. Memorial — office")
    site_title = _("Office")
    index_title = _("Today")
    index_template = "admin/today.html"
    enable_nav_sidebar = False
    empty_value_display = "—"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.panels: list[Panel] = []
        # One row or a hundred: nobody deletes people by ticking them in a list.
        self.disable_action("delete_selected")

    @property
    def site_url(self) -> str:
        """Where «View site» leads: the readers' site, which has a host of its own."""
        return f"{settings.PUBLIC_URL}/"

    @site_url.setter
    def site_url(self, value: str) -> None:
        raise AttributeError("The readers' address is PUBLIC_URL.")

    def add_panels(self, *panels: Panel) -> None:
        """Puts questions on the «today» page; each app asks its own."""
        self.panels.extend(panels)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """What may be chosen; of confidential records it is written down who was shown."""
        response = super().autocomplete_view(request)
        record_autocomplete(request, response)
        return response

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Django's addresses and the language switch, which the sign-in page needs too."""
        return [path("language/", set_language, name="language"), *super().get_urls()]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """What every page of the office shows: the languages."""
        return {**super().each_context(request), "office_languages": OFFICE_LANGUAGES}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The day's page: what waits, and for whom it waits."""
        day = timezone.localdate()
        found = {"panels": answers(self.panels, request.user, day), "day": day}
        return super().index(request, {**found, **(extra_context or {})})
