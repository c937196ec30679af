"""What editors call a column, its language included."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

_IN_LANGUAGE = {"ru": _("{} (Russian)"), "en": _("{} (English)")}


def field_language(field: models.Field) -> str:
    """The language of a column of a translated field; empty for every other column."""
    return str(getattr(field, "language", "")) if hasattr(field, "translated_field") else ""


def field_label(field: models.Field) -> str:
    """The name of a column: «Surname (Russian)», «Gender»."""
    language = field_language(field)
    if not language:
        return capfirst(str(field.verbose_name))
    original = field.translated_field  # type: ignore[attr-defined]
    label = capfirst(str(original.verbose_name))
    if language in _IN_LANGUAGE:
        return str(_IN_LANGUAGE[language]).format(label)
    return f"{label} ({dict(settings.LANGUAGES)[language]})"
