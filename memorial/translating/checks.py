"""What a translation is warned about: agreed words, fixed spellings, numbers and dates. Nothing is blocked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.utils.translation import gettext as _

from memorial.base.rich_text import plain_text
from memorial.translating.catalogue import ORIGINAL, column
from memorial.translating.models import GlossaryTerm
from memorial.translating.numbers import numbers_in_words, numbers_of

_PARTS: Final = re.compile(r"\s+/\s+|;\s*|\s+—\s+")
_ASIDE: Final = re.compile(r"\([^)]*\)")
_WORD: Final = re.compile(r"[\w’'-]+", re.UNICODE)
_ENDING: Final = re.compile(r"(?:ая|яя|ое|ее|ые|ие|ый|ий|ой|[аяоеыиьй])$")
"""Endings of the nominative, as glossaries and names have it."""
_FOLDED: Final = str.maketrans("ёЁ’", "еЕ'")
# Names of two letters and adjectives of a place find too much.
_LEAST: Final = 4
_SPELLINGS: Final = (
    ("prisoners_prisoner", "surname", "r.state = 'published' AND NOT r.initials_only"),
    ("cases_official", "surname", "r.state = 'published'"),
    ("cases_court", "name", "r.state = 'published'"),
    ("prisoners_facility", "name", "r.state = 'published'"),
    ("prisoners_region", "name", "true"),
)
"""Whose names have one spelling in English: table, field, and which rows readers see."""
_MOST: Final = 12


@dataclass(frozen=True)
class Remark:
    """What to look at: the words of the Russian text, and what is expected in the translation."""

    russian: str
    sentence: str


def warnings(russian: str, translation: str, language: str) -> list[Remark]:
    """What a translation is warned about, in the order numbers, names, words. Empty for an empty one."""
    source, target = plain_text(russian), plain_text(translation)
    if not target.strip():
        return []
    found = [*_numbers(source, target), *_spellings(source, target, language), *_terms(source, target)]
    return found[:_MOST]


def _numbers(source: str, target: str) -> Iterator[Remark]:
    here, there = numbers_of(source), numbers_of(target)
    for number in here - there:
        if not numbers_in_words(target)[number]:
            yield Remark(
                number, _("%(what)s stands in the Russian and not in the translation.") % {"what": number}
            )
    for number in there - here:
        if not numbers_in_words(source)[number]:
            yield Remark(
                number, _("%(what)s stands in the translation and not in the Russian.") % {"what": number}
            )


def _spellings(source: str, target: str, language: str) -> Iterator[Remark]:
    seen = set()
    for russian, spelt in _names_in(source, language):
        pattern = stem_pattern(russian)
        # A name is a name only with its capital letter: «Лев» and «лев».
        if pattern is None or spelt in seen or not re.search(pattern, source.translate(_FOLDED)):
            continue
        seen.add(spelt)
        if _plain(spelt) not in _plain(target):
            words = {"name": russian, "spelling": spelt}
            yield Remark(russian, _("“%(name)s” is spelt “%(spelling)s” on this site.") % words)


def _names_in(source: str, language: str) -> list[tuple[str, str]]:
    """Names whose beginning stands in the text, with their English; the words are compared afterwards."""
    parts = [
        f"SELECT r.{column(field, ORIGINAL)}, r.{column(field, language)} FROM {table} r WHERE {when}"  # noqa: S608
        f" AND char_length(r.{column(field, ORIGINAL)}) >= {_LEAST} AND r.{column(field, language)} <> ''"
        f" AND strpos(%s, left(translate(r.{column(field, ORIGINAL)}, 'ёЁ', 'еЕ'), {_LEAST})) > 0"
        for table, field, when in _SPELLINGS
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ".join(parts), [source.translate(_FOLDED)] * len(parts))
        return [(russian, spelt) for russian, spelt in cursor.fetchall()]


def _terms(source: str, target: str) -> Iterator[Remark]:
    folded, said = source.translate(_FOLDED), _plain(target)
    for term in GlossaryTerm.objects.all():
        for russian in forms_of(term.russian):
            pattern = stem_pattern(russian)
            if pattern is None or not (match := re.search(pattern, folded, re.IGNORECASE)):
                continue
            if not any(_is_said(english, said) for english in forms_of(term.english)):
                words = {"term": match[0], "english": term.english}
                yield Remark(match[0], _("“%(term)s”: the glossary has “%(english)s”.") % words)
            break


def forms_of(entry: str) -> list[str]:
    """The forms of an entry of the glossary, what is in brackets left out: «следствие (предварительное)»."""
    return [form.strip() for form in _PARTS.split(_ASIDE.sub("", entry)) if form.strip()]


def stem_pattern(russian: str) -> str | None:
    """A pattern for a Russian name or term in any case and number; None for what is too short to be told."""
    words = _WORD.findall(russian.translate(_FOLDED))
    if not words or max(map(len, words)) < _LEAST:
        return None
    stems = [_stem(word) for word in words]
    return r"\b" + r"\W+".join(stems) + r"\b"


def _stem(word: str) -> str:
    if word.isupper():
        return re.escape(word)
    kept = _ENDING.sub("", word) if len(word) >= _LEAST else word
    return re.escape(kept) + (r"\w{0,4}" if kept != word else r"\w{0,3}")


def _is_said(english: str, said: str) -> bool:
    return all(_beginning(word) in said for word in _WORD.findall(_plain(english)) if len(word) > 2)


def _beginning(word: str) -> str:
    return word[: max(_LEAST, len(word) - 2)]


def _plain(text: str) -> str:
    return " ".join(text.translate(_FOLDED).lower().split())


def terms_in(source: str, terms: Iterable[GlossaryTerm]) -> list[GlossaryTerm]:
    """The terms of the glossary that stand in a Russian text, for the translator to see."""
    folded = plain_text(source).translate(_FOLDED)
    patterns = ((term, [stem_pattern(form) for form in forms_of(term.russian)]) for term in terms)
    return [
        term
        for term, forms in patterns
        if any(form and re.search(form, folded, re.IGNORECASE) for form in forms)
    ]
