"""Addresses that every page's frame needs."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.utils.http import urlencode

from memorial.base.page_head import Alternate, PageHead
from memorial.base.page_kinds import Page

register = template.Library()


@register.simple_tag(takes_context=True)
def language_switches(context: template.Context) -> list[Alternate]:
    """This page in the other languages; the home page where the page is an error and has no address."""
    head: Any = context.get("head")
    if isinstance(head, PageHead):
        return head.switches
    return PageHead("", "", Page("home")).switches


@register.simple_tag
def query(**parameters: Any) -> str:
    """The query of a link, "?letter=А&page=2", of those parameters that have a value; "" of none.

    The first page is the list itself and needs no number. Only what a page knows comes into its
    links: Django's own tag would repeat whatever was asked.
    """
    if parameters.get("page") == 1:
        del parameters["page"]
    return _query(*((name, value) for name, value in parameters.items() if value not in (None, "")))


@register.simple_tag
def query_with(narrowed: str, **parameters: Any) -> str:
    """The query of a link to another page or view of the same selection; `narrowed` is its canonical query."""
    more = query(**parameters).removeprefix("?")
    both = "&".join(sorted(part for part in (*narrowed.split("&"), *more.split("&")) if part))
    return f"?{both}" if both else ""


@lru_cache(maxsize=1024)
def _query(*parameters: tuple[str, Any]) -> str:
    """Kept, because a page has the same forty links for every reader."""
    return f"?{urlencode(parameters)}" if parameters else ""
