"""Charges that came as text, made into references where nothing about them is uncertain."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from cases.references.reading import FoundReference, read_references
from cases.references.value import ArticleReference, is_article_number
from prisoners.choices import LegalCode

_GENERAL_PARTS = {
    LegalCode.UK_RF: 105,
    LegalCode.UK_UA: 109,
    LegalCode.UK_DNR: 105,
    LegalCode.UK_LNR: 105,
}
"""The first article of the special part: what stands before it defines no offence."""

_CRIMINAL_CODES = frozenset(_GENERAL_PARTS)
_WHOLE = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class StructuredCharge:
    """One reference, and the words of the source that it was read from."""

    reference: ArticleReference
    wording: str


def structure_charges(
    text: str, code: str = "", language: str = "ru", *, code_name: str = ""
) -> list[StructuredCharge] | None:
    """Return the charges in a text; None if anything in it is uncertain: then staff decide.

    `code` is the code stated beside the text (a column, a field), "" where none is; it stands for
    references that state none of their own. None is returned for words that were not understood, no
    code stated, a code beside the text that contradicts it, an article of the general part, and the
    same reference twice.
    """
    reading = read_references(text, language)
    if not reading.found or reading.not_understood:
        return None
    stated = [_with_code(found, code, code_name) for found in reading.found]
    references = [reference for reference in stated if reference and _may_be_charged(reference)]
    if len(references) < len(stated) or len(set(references)) < len(references):
        return None
    places = zip(references, reading.found, strict=True)
    return [StructuredCharge(reference, text[found.start : found.end].strip()) for reference, found in places]


def _with_code(found: FoundReference, code: str, code_name: str) -> ArticleReference | None:
    """Return the reference with the code that it states itself, or else the one beside the text."""
    reference = found.reference
    if reference.code:
        return reference
    if not code or not _agrees(found, code) or not is_article_number(reference.article, code):
        return None
    try:
        return replace(reference, code=code, code_name=code_name if code == LegalCode.OTHER else "")
    except ValueError:
        return None


def _agrees(found: FoundReference, code: str) -> bool:
    """Whether «УК» or «КоАП» without a state, or silence, goes with the code beside the text."""
    if found.kind == "other":
        return False
    if found.kind == "criminal":
        return code in _CRIMINAL_CODES
    return found.kind is None or code == LegalCode.KOAP_RF


def _may_be_charged(reference: ArticleReference) -> bool:
    """Whether the article can define an offence: in a criminal code, one of its special part."""
    whole = _WHOLE.match(reference.article)
    first = _GENERAL_PARTS.get(LegalCode(reference.code)) if reference.code else None
    if reference.code == LegalCode.KOAP_RF:
        return "." in reference.article
    return whole is not None and (first is None or int(whole.group()) >= first)
