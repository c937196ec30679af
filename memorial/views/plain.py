"""Files that machines look for at fixed addresses."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from memorial.base.civil_date import civil_date
from memorial.base.public_pages import briefly_kept

_PLAIN = "text/plain; charset=utf-8"


@require_safe
@briefly_kept
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: everything public. The office is not named, or its path would be told."""
    if settings.SITE_ROLE == "staff":
        return HttpResponse("User-agent: *\nDisallow: /\n", content_type=_PLAIN)
    text = f"User-agent: *\nAllow: /\n\nSitemap: {settings.PUBLIC_URL}/sitemap.xml\n"
    return HttpResponse(text, content_type=_PLAIN)


@require_safe
@briefly_kept
def security_txt(request: HttpRequest) -> HttpResponse:
    """How to report a weakness (RFC 9116). It expires between one and two months from now."""
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires_after(civil_date()).isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: ru, en",
        f"Canonical: {settings.PUBLIC_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=_PLAIN)


@require_safe
@briefly_kept
def editors_key(request: HttpRequest) -> HttpResponse:
    """The editors' public PGP key, for those who report an error and may not be read by others."""
    return HttpResponse(settings.EDITORS_PGP_KEY, content_type="application/pgp-keys")


def expires_after(day: date) -> datetime:
    """The first day of the month after the next one: it does not move within a month."""
    months = day.year * 12 + day.month - 1 + 2
    return datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)
