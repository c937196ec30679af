"""Translated text as it is shown: in the reader's language, or in another one and marked so."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from memorial.base.localized import current_language, in_language, other_languages


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
    for code in [language, *other_languages(language)]:
        if text := getattr(record, in_language(field, code)):
            return ShownText(text, code)
    return ShownText("", language)
