"""What no other address matches: an old path that leads on, a missing last slash, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_safe

from memorial.base.localized import LANGUAGES, current_language
from memorial.base.public_pages import briefly_kept, keep_briefly
from memorial.pages.addresses import PAGE
from memorial.pages.models import SitePage
from prisoners.old_addresses import in_a_language, new_address, new_address_of_query

View = Callable[..., HttpResponseBase]
_FILES = tuple(url.lstrip("/") for url in (settings.STATIC_URL, settings.MEDIA_URL))


@require_safe
@briefly_kept
def old_address(request: HttpRequest, path: str) -> HttpResponse:
    """Redirects an old path to its page of today; raises Http404 where there is none that is public."""
    if (found := _new_address(path)) is not None:
        return HttpResponsePermanentRedirect(in_a_language(found, current_language()))
    return _with_a_slash(f"/{current_language()}/{path}")


@require_safe
@briefly_kept
def without_language(request: HttpRequest, path: str) -> HttpResponse:
    """The same for a path that names no language, as those of the site that was here before.

    Raises Http404 where there is none that is public.
    """
    if not path.startswith(_FILES) and (found := _new_address(path)) is not None:
        return HttpResponsePermanentRedirect(in_a_language(found, _language_asked(request)))
    return _with_a_slash(f"/{path}")


def or_an_old_number(view: View) -> View:
    """Decorates a front page: `?p=123` of the old site leads on. Without a query nothing is looked up."""

    @wraps(view)
    def led_on(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in ("GET", "HEAD") and request.META.get("QUERY_STRING"):
            found = new_address_of_query((name, str(value)) for name, value in request.GET.items())
            if found is not None:
                address = in_a_language(found, _language_asked(request))
                return keep_briefly(HttpResponsePermanentRedirect(address))
        return view(request, *args, **kwargs)

    return led_on


def _new_address(path: str) -> str | None:
    """Where a path led by now leads: of a person, a place, a list; or of a page that staff write."""
    if (found := new_address(path)) is not None or "\0" in path:
        return found
    former = f"{path.strip('/').casefold()}/"
    page = SitePage.objects.published().formerly_at(former).only("slug").first()
    return f"{page.slug}/" if page else None


def _language_asked(request: HttpRequest) -> str:
    """The language of a request whose old address may say it in a query: `?lang=en`."""
    asked = request.GET.get("lang", "")
    return asked if asked in LANGUAGES else current_language()


def _with_a_slash(path: str) -> HttpResponse:
    """Django appends slashes only to addresses that match nothing, and these match everything."""
    if not path.endswith("/") and _leads_to_a_page(f"{path}/"):
        return HttpResponsePermanentRedirect(f"{path}/")
    raise Http404


def _leads_to_a_page(path: str) -> bool:
    try:
        found = resolve(path)
    except Resolver404:
        return False
    if found.url_name == PAGE:  # any one word may be the address of a page
        return SitePage.objects.published().filter(slug=found.kwargs["slug"]).exists()
    return not str(found.url_name).startswith("old-address")
