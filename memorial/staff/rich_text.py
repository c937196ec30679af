"""The editor of texts with simple markup: a plain text area that becomes more where scripts run."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from django import forms
from django.forms.widgets import Script
from django.utils.translation import gettext as _

_TAG = re.compile(r"<[a-z/][^>]*>", re.IGNORECASE)
_BLANK_LINES = re.compile(r"(?:\r?\n[ \t]*){2,}")


class RichTextArea(forms.Textarea):
    """Without scripts, or where they fail, plain paragraphs may be typed: a blank line begins a new one."""

    media = forms.Media(js=[Script("office/rich_text.js", type="module")])  # type: ignore[list-item]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The text area, with the words of the tool bar in the language of the office."""
        context = super().get_context(name, value, attrs)
        words = {
            "bold": _("Bold"),
            "italic": _("Italic"),
            "heading": _("Heading"),
            "list": _("List"),
            "numbered": _("Numbered list"),
            "quote": _("Quotation"),
            "link": _("Link"),
            "undo": _("Undo"),
            "address": _("Address of the link; empty to remove it"),
        }
        own = {"data-rich-text": json.dumps(words, ensure_ascii=False), "rows": 8}
        context["widget"]["attrs"] = {**context["widget"]["attrs"], **own}
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What was sent; text without any tag becomes paragraphs."""
        value = super().value_from_datadict(data, files, name)
        if not isinstance(value, str) or not value.strip() or _TAG.search(value):
            return value
        return paragraphs(value)


def paragraphs(text: str) -> str:
    """Plain text as HTML: blank lines part paragraphs, single ones become breaks."""
    parts = (part.strip() for part in _BLANK_LINES.split(text.strip()))
    return "".join(
        f"<p>{'<br>'.join(html.escape(part, quote=False).splitlines())}</p>" for part in parts if part
    )
