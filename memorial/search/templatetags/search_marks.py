"""Texts whose words are marked, as markup; every part of the text is escaped."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from memorial.search.marking import Part

register = template.Library()


@register.simple_tag
def marked(parts: Iterable[Part]) -> SafeString:
    """The parts of a text one after another, those that were looked for in `<mark>`."""
    text = SafeString()
    for part in parts:
        text += format_html("<mark>{}</mark>", part.text) if part.is_marked else conditional_escape(part.text)
    return text
