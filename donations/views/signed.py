"""The signed set for machines: mirrors show its accounts, checkers compare them with their own copy."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from donations.signing.current import current_set
from memorial.base.civil_date import civil_date
from memorial.base.public_pages import public_page


@public_page()
def donate_txt(request: HttpRequest) -> HttpResponse:
    """The set that holds today, byte for byte as it was signed. Raises `Http404` where none does."""
    found = current_set(civil_date())
    if found is None:
        raise Http404
    return HttpResponse(found[0].signed_text, content_type="text/plain; charset=utf-8")
