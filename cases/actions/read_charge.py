"""A charge as editors type it: «п. «д» ч. 2 ст. 207.3 УК РФ»."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from cases.models import Article, Charge
from cases.references import ArticleReference, read_references, write_reference
from memorial.base.localized import LANGUAGES, current_language, in_language

REFERENCE_COLUMNS = (
    "article",
    "code",
    *(in_language("code_name", code) for code in LANGUAGES),
    "number",
    "part",
    "points",
    "attempt",
    "complicity",
    "episodes",
    "edition_law",
)
"""The columns of a charge that its reference tells."""


def read_charge(text: str, language: str = "ru") -> ArticleReference:
    """The one reference of a text.

    Raises `ValidationError` saying what was not understood, that no code is stated (it is never
    guessed), or that there are several.
    """
    reading = read_references(text, language)
    if reading.not_understood or not reading.found:
        words = [f"«{one.text.strip()}»" for one in reading.not_understood] or [f"«{text}»"]
        raise ValidationError(
            _("Not understood: %(words)s. Type it like: «п. «д» ч. 2 ст. 207.3 УК РФ».")
            % {"words": get_text_list(words, _("and"))}
        )
    if len(reading.references) > 1:
        raise ValidationError(
            _("These are %(number)d charges: one in each row.") % {"number": len(reading.references)}
        )
    reference = reading.references[0]
    if not reference.code:
        understood = write_reference(reference, current_language())
        raise ValidationError(
            _("Understood: %(reference)s. Of which code? It is never guessed: add «УК РФ» or «КоАП РФ».")
            % {"reference": understood}
        )
    return reference


def charge_columns(reference: ArticleReference, language: str = "ru") -> dict[str, Any]:
    """The columns of a charge for a reference: its article where our table has it, else code and number."""
    article = None
    if reference.code != "other":
        article = Article.objects.filter(code=reference.code, number=reference.article).first()
    columns: dict[str, Any] = {
        "article": article,
        "code": "" if article else reference.code,
        **{in_language("code_name", code): "" for code in LANGUAGES},
        "number": "" if article else reference.article,
        "part": reference.part,
        "points": list(reference.points),
        "attempt": str(reference.attempt),
        "complicity": reference.complicity,
        "episodes": reference.episodes,
        "edition_law": reference.edition,
    }
    if reference.code_name and not article:
        columns[in_language("code_name", language)] = reference.code_name
    return columns


def no_reference() -> dict[str, Any]:
    """The columns of a charge that is kept in our source's words only."""
    empty = Charge()
    return {name: getattr(empty, name) for name in REFERENCE_COLUMNS}


def typed_reference(charge: Charge, language: str) -> str:
    """The charge as it would be typed; "" for one in words only, or one that no grammar allows."""
    if not charge.is_structured:
        return ""
    try:
        return write_reference(ArticleReference(**charge.reference_fields()), language)
    except ValueError:
        return ""
