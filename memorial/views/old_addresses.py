"""What no other address matches: an old path that leads on, a missing last slash, or nothing."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_safe

from memorial.base.localized import current_language
from memorial.base.public_pages import briefly_kept
from prisoners.old_addresses import new_address


@require_safe
@briefly_kept
def old_address(request: HttpRequest, path: str) -> HttpResponse:
    """Redirects an old path to its page of today; raises Http404 where there is none that is public."""
    prefix = f"/{current_language()}/"
    if (found := new_address(path)) is not None:
        return HttpResponsePermanentRedirect(prefix + found)
    # Django appends slashes only to addresses that match nothing, and this one matches everything.
    if not path.endswith("/") and _leads_to_a_page(f"{prefix}{path}/"):
        return HttpResponsePermanentRedirect(f"{prefix}{path}/")
    raise Http404


def _leads_to_a_page(path: str) -> bool:
    try:
        return resolve(path).url_name != "old-address"
    except Resolver404:
        return False
