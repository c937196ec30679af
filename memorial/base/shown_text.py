"""Translated text as it is shown: in the reader's language, or in another one and marked so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db import models

from memorial.base.localized import current_language, in_language, other_languages

_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


@dataclass(frozen=True)
class ShownText:
    """A text and the language that it is in."""

    text: str
    language: str

    @property
    def is_foreign(self) -> bool:
        """Whether it is in another language than the page."""
        return bool(self.text) and self.language != current_language()

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


def shown_text(record: models.Model, field: str) -> ShownText:
    """A translated field in the reader's language, else in the other; empty where it has neither.

    Raises AttributeError where the field has no language columns.
    """
    language = current_language()
    if text := getattr(record, in_language(field, language)):
        return ShownText(text, language)
    for code in other_languages(language):
        if text := getattr(record, in_language(field, code)):
            return ShownText(text, code)
    return ShownText("", language)


def text_by_script(text: str) -> ShownText:
    """A text whose language nobody has noted (a title, a pseudonym), in the language of its letters.

    Cyrillic as Russian and Latin as English: perhaps not the true one, but a voice that can read it.
    """
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if cyrillic == latin:
        return ShownText(text, current_language())
    return ShownText(text, "ru" if cyrillic > latin else "en")
