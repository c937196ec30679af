"""Prints translated text, marking what is in another language than the page.

{% load translated_text %}
{% text person "summary" %}        plain text: in <span lang> where it is foreign
{% rich_text person "what_happened" %}   sanitised markup in <div class="prose">, its language marked
{% rich_shown part %}                  the same of a text that already knows its language
{% foreign_mark person "what_happened" %}   the words "(in Russian)", or nothing
{% untranslated_note person "summary" "what_happened" %}   one note for the whole block, or nothing
"""

from __future__ import annotations

import re
from datetime import date

from django import template
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from memorial.base.localized import current_language
from memorial.base.partial_date import PartialDate, format_partial_date
from memorial.base.rich_text import clean_html
from memorial.base.shown_text import ShownText, shown_text
from memorial.base.typography import curled, typeset

register = template.Library()
# `clean_html` writes < and > of the text as entities, so what looks like a tag is one.
_TAGS = re.compile(r"(<[^>]*>)")


@register.simple_tag
def text(record: models.Model, field: str) -> str:
    """A translated plain text, typeset, with its language marked where it is not the page's."""
    return shown(shown_text(record, field))


@register.simple_tag
def shown(value: ShownText | str) -> str:
    """A text that already knows its language; a plain string is in the page's own."""
    if isinstance(value, str):
        value = ShownText(value, current_language())
    words = typeset(curled(value.text, value.language), value.language)
    if not value.is_foreign:
        return words
    return format_html('<span lang="{}">{}</span>', value.language, words)


@register.simple_tag
def rich_text(record: models.Model, field: str) -> SafeString:
    """A translated text with markup, sanitised again: a row may have been written past the form."""
    return rich_shown(shown_text(record, field))


@register.simple_tag
def rich_shown(value: ShownText) -> SafeString:
    """The same of a text that already knows its language: a part of one, say."""
    # The one place where markup of ours is trusted, and only what `clean_html` lets through.
    markup = mark_safe(_typeset_markup(clean_html(value.text), value.language))  # noqa: S308
    if not value.is_foreign:
        return format_html('<div class="prose">{}</div>', markup)
    return format_html('<div class="prose" lang="{}">{}</div>', value.language, markup)


def _typeset_markup(markup: str, language: str) -> str:
    """Sanitised markup with the spaces of its text made non-breaking; tags are left as they are."""
    return "".join(part if part.startswith("<") else typeset(part, language) for part in _TAGS.split(markup))


@register.simple_tag
def foreign_mark(record: models.Model, field: str) -> str:
    """«(по-английски)», "(in Russian)" beside a text or its heading; nothing where it is translated."""
    if not shown_text(record, field).is_foreign:
        return ""
    # Translators: of a text that is shown in the other language of the site.
    return format_html('<span class="s">{}</span>', _("(in Russian)"))


@register.simple_tag
def untranslated_note(record: models.Model, *fields: str) -> str:
    """A visible note where any of the fields is shown in the other language; once for a page."""
    if not any(shown_text(record, field).is_foreign for field in fields):
        return ""
    # Translators: in Russian it says the opposite, that the text is not in Russian but in English.
    words = _("Some of the text of this page is not in English yet: it is shown in Russian.")
    return format_html('<p class="note">{}</p>', words)


@register.filter
def day(value: date) -> str:
    """A day in the reader's language: «14 марта 2023»."""
    return format_partial_date(PartialDate.from_date(value), current_language())
