"""Charges and penalties of one person as text, both ways."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from cases.actions.read_charge import charge_columns
from cases.actions.read_penalties import ReadPenalty, read_penalties
from cases.choices import CaseKind, PenaltyKind
from cases.display.penalties import penalties_words
from cases.models import Charge, DecisionPerson, Penalty, Prosecution
from cases.models.decision import WITH_MONEY
from cases.references import ArticleReference, StructuredCharge, structure_charges, write_references
from memorial.base.localized import LANGUAGES, in_language
from prisoners.importers.rows import ReadRow

_LENGTH: Final = re.compile(
    r"\b(?:лет|год|мес|сут|дн[ея]|режим|колони|years?|months?|days?|regime|colony)", re.IGNORECASE
)
_NO_LENGTH: Final = frozenset(
    {
        *(*WITH_MONEY, PenaltyKind.RANK_LOSS, PenaltyKind.CITIZENSHIP_LOSS, PenaltyKind.EXPULSION),
        *(PenaltyKind.LIFE, PenaltyKind.DEATH_PENALTY, PenaltyKind.NONE),
    }
)
TABLE_LANGUAGE = "ru"
"""In which penalties stand in a table: one text for all penalties of a person."""


def charges_text(charges: Iterable[Charge], language: str) -> str:
    """Charges in the order of the page: references where they are known, else our source's words."""
    pieces: list[str] = []
    for is_structured, some in groupby(charges, key=lambda charge: charge.is_structured):
        if is_structured:
            pieces.append(
                write_references([ArticleReference(**one.reference_fields()) for one in some], language)
            )
        else:
            pieces += [getattr(one, in_language("wording", language)) for one in some]
    return "; ".join(piece for piece in pieces if piece)


def read_charges(row: ReadRow) -> tuple[list[dict[str, Any]], bool]:
    """The columns of each charge of a row, and whether nothing in them was uncertain.

    What is uncertain, or of no stated code, is one charge in the words of the source.
    """
    texts = {code: text for code in LANGUAGES if (text := row.text(f"charges_{code}"))}
    read = {code: found for code, text in texts.items() if (found := _structured(row, text, code))}
    if not read:
        return [
            {in_language("wording", code): text for code, text in texts.items()}
        ] if texts else [], not texts
    language, first = next(iter(read.items()))
    charges = [charge_columns(one.reference, language) for one in first]
    for code, found in read.items():
        if [one.reference for one in found] == [one.reference for one in first]:
            for columns, one in zip(charges, found, strict=True):
                columns[in_language("wording", code)] = one.wording
    return charges, True


def _structured(row: ReadRow, text: str, language: str) -> list[StructuredCharge] | None:
    names = (row.text(f"charges_code_name_{code}") for code in (language, *LANGUAGES))
    name = next((one for one in names if one), "")
    return structure_charges(text, row.text("charges_code"), language, code_name=name)


def codes_of(row: ReadRow) -> set[str]:
    """The codes of the charges that were read for certain."""
    return {
        one.reference.code
        for code in LANGUAGES
        for one in _structured(row, row.text(f"charges_{code}"), code) or ()
    }


def penalties_text(penalties: Iterable[Penalty]) -> str:
    """Penalties as a table has them, whatever language is spoken."""
    with translation.override(TABLE_LANGUAGE):
        return " ".join(penalties_words(penalties).split())


def read_as_penalties(text: str, case_kind: str) -> list[Penalty]:
    """The penalties of a cell, not yet anybody's. Raises `ValidationError` with what was not understood.

    Nobody looks at each cell of a list, so what a form may leave to its editor is refused here: a
    confiscation «of seven years», a length among the words for what is confiscated.
    """
    read = read_penalties(text, administrative=case_kind == CaseKind.ADMINISTRATIVE)
    for one in read:
        if _LENGTH.search(one.detail) or (one.lengths and one.kind in _NO_LENGTH):
            raise ValidationError(_("Not understood: «%(words)s».") % {"words": text})
    return [Penalty(**_columns(one)) for one in read]


def _columns(read: ReadPenalty) -> dict[str, Any]:
    return read.columns(TABLE_LANGUAGE)


def canonical(text: str, case_kind: str) -> str:
    """A cell's penalties in the words of our tables; as they stand where they cannot be read."""
    try:
        return penalties_text(read_as_penalties(text, case_kind)) if text else ""
    except ValidationError:
        return text


def write_penalties(link: DecisionPerson, text: str, case_kind: str) -> None:
    """Replaces the penalties of one person's decision."""
    read = read_as_penalties(text, case_kind)
    link.penalties.all().delete()
    for penalty in read:
        penalty.decision_person = link
        penalty.save()


def write_charges(prosecution: Prosecution, charges: list[dict[str, Any]]) -> None:
    """Enters the charges of somebody who has none."""
    for order, columns in enumerate(charges):
        Charge.objects.create(prosecution=prosecution, order=order, **columns)
