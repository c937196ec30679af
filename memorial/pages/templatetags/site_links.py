"""Links to pages of staff, in templates: `{% site_links as menus %}`, `{% current link.url %}`."""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from memorial.pages.links import SiteLinks
from memorial.pages.links import site_links as read_links

register = template.Library()
_CURRENT = SafeString(' aria-current="page"')


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
    request = context.get("request")
    return _CURRENT if request is not None and request.path == url else ""
