"""Puts structured data into a page: {% json_ld data %}."""

from __future__ import annotations

from typing import Protocol

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


class InScript(Protocol):
    """Data that knows how to stand inside a script element without ending it."""

    def __html__(self) -> str: ...


@register.simple_tag
def json_ld(data: InScript) -> SafeString:
    """A data block: `script-src` does not concern it, because nothing in it is run."""
    return format_html('<script type="application/ld+json">{}</script>', data)
