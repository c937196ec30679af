"""The first page, and the one place that asks which language a browser prefers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from memorial.base.civil_date import civil_date
from memorial.base.page_head import PageHead
from memorial.base.page_kinds import Page
from memorial.base.public_pages import keep_briefly, public_page
from memorial.home.overview import HomePage
from memorial.views.old_addresses import or_an_old_number


@require_safe
@or_an_old_number
def choose_language(request: HttpRequest) -> HttpResponse:
    """Sends a reader of `/` to the language that the browser asks for; Russian where it asks for another."""
    asked = request.headers.get("Accept-Language", "")
    language = next((code for code in _preferred(asked) if code in dict(settings.LANGUAGES)), "ru")
    response = HttpResponseRedirect(f"/{language}/")
    patch_vary_headers(response, ["Accept-Language"])
    keep_briefly(response)
    return response


def _preferred(header: str) -> list[str]:
    """Bare language codes in the order in which a browser prefers them."""
    # Django's own function would look for a cookie first, and there is none on this site.
    parsed = parse_accept_lang_header(header)
    return [code.split("-")[0] for code, quality in parsed if quality > 0]


@method_decorator(or_an_old_number, name="dispatch")
@method_decorator(public_page(), name="dispatch")
class HomeView(TemplateView):
    """What this is, how many people it is about, one of them today, and the way to everybody."""

    template_name = "home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        on = civil_date()
        said = _(
            "People deprived of liberty in Russia for political reasons: who they are and what happened."
        )
        return super().get_context_data(**kwargs) | {
            "head": PageHead(_("Encyclopaedia"), said, Page("home")),
            "home": HomePage(on),
            "on": on,
        }
