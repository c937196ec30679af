"""Prints a person's name whose second part wraps as a group.

{% load person_names %}
{% person_name card.name %}
"""

from __future__ import annotations

from django import template
from django.utils.html import format_html

from memorial.base.localized import current_language
from memorial.base.typography import typeset
from prisoners.names import PersonName

register = template.Library()


@register.simple_tag
def person_name(name: PersonName) -> str:
    """«Рождественская-Переверзева <span class="giv">Александра Константиновна</span>», its language
    marked where it is not the page's.
    """
    first = typeset(name.first, name.language)
    words = format_html('{} <span class="giv">{}</span>', first, name.rest) if name.rest else first
    if name.language == current_language():
        return words
    return format_html('<span lang="{}">{}</span>', name.language, words)
