"""Prints the values of filters: a list has two hundred of them, which a template would take long for."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from memorial.base.facets.definition import Facet
from memorial.base.facets.shown import Chip, FacetValue
from memorial.base.localized import current_language
from memorial.base.templatetags.translated_text import shown
from memorial.base.typography import grouped_number

register = template.Library()

_BOX = (
    '<label class="ck"><input type="checkbox" name="{}" value="{}"{}>'
    '<span>{}</span><span class="num">{}</span></label>'
)


@register.simple_tag
def facet_values(group: Any, facet: Facet | None = None) -> SafeString:
    """A box to tick for each value, with its number."""
    name = (facet or group.facet).name
    return format_html_join("\n", _BOX, (_box(name, value) for value in group.values))


def _box(name: str, value: FacetValue) -> tuple[object, ...]:
    ticked = SafeString(" checked") if value.is_chosen else ""
    return name, value.value, ticked, shown(value.words), grouped_number(value.count, current_language())


@register.simple_tag
def without(chip: Chip, list_url: str) -> SafeString:
    """«Без фильтра „На свободе“ нашлось бы: 12», the number a link where there is anybody."""
    number = chip.count_without or 0
    if not number:
        return format_html(_("Without the filter “{}” there would be nothing either."), shown(chip.words))
    words = _("Without the filter “{}” there would be {}.")
    link = format_html(
        '<a href="{}">{}</a>',
        f"{list_url}?{chip.query}" if chip.query else list_url,
        grouped_number(number, current_language()),
    )
    return format_html(words, shown(chip.words), link)
