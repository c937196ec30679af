"""One line for readers: how much is in English.

{% load translated_share %}
{% english_so_far %}
"""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from memorial.translating.public_line import in_english

register = template.Library()


@register.simple_tag
def english_so_far() -> str:
    """A paragraph with three shares; nothing where nobody is published."""
    found = in_english()
    if found is None:
        return ""
    # Translators: shares in whole per cents, of published people.
    words = _(
        "In English: names – %(names)s%%, short descriptions – %(summaries)s%%, full texts – %(texts)s%%."
    ) % {"names": found.names, "summaries": found.summaries, "texts": found.texts}
    return format_html('<p class="s">{}</p>', words)
