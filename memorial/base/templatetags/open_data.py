"""The links to the data under a list."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from memorial.base.localized import current_language
from memorial.base.typography import grouped_number

register = template.Library()
_OF_THE_PAGE = frozenset({"page", "view"})


@register.inclusion_tag("_downloads.html")
def downloads(list_url: str, number: int, query: str = "", what: str = "") -> dict[str, Any]:
    """Links to the whole selection in each format. `query` is the page's own, as its head has it.

    `what` says what is downloaded where it is not the whole of what the page lists.
    """
    counted = {"count": grouped_number(number, current_language())}
    return {
        "number": number,
        "what": what or _("Download"),
        "rows": ngettext("%(count)s row", "%(count)s rows", number) % counted,
        "csv": _address(list_url, "csv", query),
        "json": _address(list_url, "json", query),
        "xlsx": _address(list_url, "xlsx", query),
        "feed": _address(list_url, "feed", query),
    }


@register.simple_tag
def feed_link(list_url: str, query: str = "") -> SafeString:
    """For the head of a page: the feed of its selection."""
    return format_html(
        '<link rel="alternate" type="application/atom+xml" title="{}" href="{}">',
        _("Newest changes"),
        _address(list_url, "feed", query),
    )


def _address(list_url: str, suffix: str, query: str) -> str:
    """The address of a format with the selection of the page; "" where the list has no such format."""
    kept = [pair for pair in parse_qsl(query) if pair[0] not in _OF_THE_PAGE]
    try:
        path = reverse(f"{list_url}-{suffix}")
    except NoReverseMatch:
        return ""
    return f"{path}?{urlencode(kept)}" if kept else path
