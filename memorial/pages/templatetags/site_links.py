"""The menus and the foot of every page: `{% site_links as menus %}`, `{% current link.url %}`, `{% site_foot menus %}`."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import get_urlconf
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from memorial.pages.links import SiteLinks
from memorial.pages.links import site_links as read_links

register = template.Library()
_CURRENT = SafeString(' aria-current="page"')
_MOST_FEET: Final = 128
"""Feet kept in each process, of 6 KB each: one for each language and page that is linked there."""


@register.simple_tag(takes_context=True)
def site_links(context: Context) -> SiteLinks:
    """The links in the reader's language.

    An error page has no request, and perhaps no database: it has none of them, whatever is published, so
    that an absent page and a hidden one stay the same bytes.
    """
    return read_links() if "request" in context else SiteLinks()


@register.simple_tag(takes_context=True)
def current(context: Context, url: str) -> SafeString | str:
    """Says to the ear that a link of a menu leads to the page on which it stands."""
    return _CURRENT if url and url == _here(context) else ""


@register.simple_tag(takes_context=True)
def site_foot(context: Context, menus: SiteLinks) -> SafeString:
    """The foot of a page, which is the same on all but those that it leads to."""
    here = _here(context)
    foot = _foot(get_language(), get_urlconf(), menus, "")
    # What is not linked there cannot be marked there: no path that somebody makes up is kept.
    return _foot(get_language(), get_urlconf(), menus, here) if f'href="{here}"' in foot else foot


def _here(context: Context) -> str:
    """The path of the page that is being made; "" of an error page, which has no request."""
    request = context.get("request")
    return str(context.get("here", "")) if request is None else str(request.path)


@lru_cache(maxsize=_MOST_FEET)
def _foot(_language: str | None, _urlconf: str | None, menus: SiteLinks, here: str) -> SafeString:
    """The foot by all that it says: nothing else can change it, so that it needs no version of its own."""
    return SafeString(render_to_string("_foot.html", {"menus": menus, "here": here}))
