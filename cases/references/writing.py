"""Writing references: «п. «а», «д» ч. 2 ст. 207.3 УК РФ», "Art. 207.3(2)(a, e) of the Russian Criminal Code".

Whatever is written here is read back as the same by `reading`, in both languages, short and full.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import groupby

from cases.references.codes import ENGLISH_NAMES, RUSSIAN_NAMES, is_familiar
from cases.references.edition import edition_words
from cases.references.points import english_point
from cases.references.value import ARTICLE_33, ATTEMPT_PARTS, ArticleReference, Attempt
from memorial.base.typography import NBSP, plural_ru
from prisoners.choices import LegalCode


class ReferenceStyle(StrEnum):
    """How a reference is written."""

    SHORT = "short"
    """«ч. 2 ст. 207.3 УК РФ»"""
    FULL = "full"
    """In whole words, for readers and for those who listen: «часть 2 статьи 207.3 Уголовного кодекса РФ»."""


def write_reference(
    reference: ArticleReference,
    language: str,
    *,
    style: str = ReferenceStyle.SHORT,
    with_code: bool = True,
    inside_quotes: bool = False,
) -> str:
    """Return one reference; `inside_quotes` turns «ёлочки» into „лапки“.

    `with_code=False` is for places that have said the code; it cannot then be read back.
    """
    return write_references(
        [reference], language, style=style, with_code=with_code, inside_quotes=inside_quotes
    )


def write_references(
    references: Sequence[ArticleReference],
    language: str,
    *,
    style: str = ReferenceStyle.SHORT,
    with_code: bool = True,
    inside_quotes: bool = False,
) -> str:
    """Return a list; a code is said once, after all the references that stand before it.

    References to different codes, and those whose code is not stated, are set apart by a semicolon.
    """
    russian, full = language.startswith("ru"), style == ReferenceStyle.FULL
    runs = [
        _run(list(run), russian=russian, full=full, with_code=with_code)
        for _code, run in groupby(references, key=lambda reference: (reference.code, reference.code_name))
    ]
    written = "; ".join(runs)
    return written.replace("«", "„").replace("»", "“") if russian and inside_quotes else written


def _run(references: list[ArticleReference], *, russian: bool, full: bool, with_code: bool) -> str:
    """Write references to one code. What is added in brackets stands before the code of several."""
    code = _code(references[0], russian=russian, full=full) if with_code else ""
    written = [_place(reference, russian=russian, full=full) for reference in references]
    added = [_added(reference, russian=russian) for reference in references]
    if len(references) == 1:
        return written[0] + code + added[0]
    return ", ".join(place + addition for place, addition in zip(written, added, strict=True)) + code


def _place(reference: ArticleReference, *, russian: bool, full: bool) -> str:
    """Write everything but the code: «ч. 5 ст. 33, ч. 3 ст. 30, п. «а» ч. 2 ст. 205»."""
    places = [*_general_part(reference), (reference.article, reference.part, reference.points)]
    if russian:
        write = _russian_full if full else _russian
    else:
        write = _english_full if full else _english
    return ", ".join(write(*place) for place in places)


Points = tuple[str, ...]


def _general_part(reference: ArticleReference) -> Iterable[tuple[str, str, Points]]:
    """Arts 33 and 30, in the order in which courts name them."""
    if reference.complicity:
        parts = "" if reference.complicity == ARTICLE_33 else reference.complicity.replace(",", ", ")
        yield "33", parts, ()
    if reference.attempt:
        yield "30", ATTEMPT_PARTS[Attempt(reference.attempt)], ()


def _russian(article: str, part: str, points: Points) -> str:
    words = [f"п.{NBSP}{', '.join(f'«{point}»' for point in points)}"] if points else []
    words += [f"ч.{NBSP}{part}"] if part else []
    return " ".join([*words, f"ст.{NBSP}{article}"])


def _russian_full(article: str, part: str, points: Points) -> str:
    words = []
    if points:
        words.append(f"{'пункты' if len(points) > 1 else 'пункт'}{NBSP}{', '.join(f'«{p}»' for p in points)}")
    if part:
        many = "," in part
        nominative, genitive = ("части", "частей") if many else ("часть", "части")
        words.append(f"{genitive if words else nominative}{NBSP}{part}")
    return " ".join([*words, f"{'статьи' if words else 'статья'}{NBSP}{article}"])


def _english(article: str, part: str, points: Points) -> str:
    letters = ", ".join(english_point(point) for point in points)
    if points and not part and any(point[0].isdecimal() for point in points):
        return f"{'points' if len(points) > 1 else 'point'}{NBSP}{letters} of Art.{NBSP}{article}"
    return f"Art.{NBSP}{article}" + (f"({part})" if part else "") + (f"({letters})" if points else "")


def _english_full(article: str, part: str, points: Points) -> str:
    words = []
    if points:
        letters = ", ".join(english_point(point) for point in points)
        words.append(f"{'points' if len(points) > 1 else 'point'}{NBSP}{letters}")
    if part:
        words.append(f"{'Parts' if ',' in part else 'Part'}{NBSP}{part}")
    return " of ".join([*words, f"Article{NBSP}{article}"])


def _added(reference: ArticleReference, *, russian: bool) -> str:
    """Write «(2 эпизода, в ред. ФЗ от 04.03.2022 № 32-ФЗ)», or nothing."""
    words = []
    if reference.episodes is not None:
        number = reference.episodes
        noun = plural_ru(number, "эпизод", "эпизода", "эпизодов") if russian else _counts(number)
        words.append(f"{number}{NBSP}{noun}")
    if reference.edition:
        words.append(edition_words(reference.edition, "ru" if russian else "en"))
    return f" ({', '.join(words)})" if words else ""


def _counts(number: int) -> str:
    return "count" if number == 1 else "counts"


def _code(reference: ArticleReference, *, russian: bool, full: bool) -> str:
    """Write the code with the space before it; nothing where none is stated."""
    if not reference.code:
        return ""
    if reference.code == LegalCode.OTHER:
        return _other_code(reference.code_name, russian=russian)
    names = RUSSIAN_NAMES if russian else ENGLISH_NAMES
    name = names[LegalCode(reference.code)][full]
    return f" {name}" if russian else f" of {name}"


def _other_code(name: str, *, russian: bool) -> str:
    """Write the name as it is where the reader of references knows such names, else in quotes."""
    is_english = name.isascii()
    bare = is_familiar(name) and russian != is_english
    if russian:
        return f" {name}" if bare else f" кодекса «{name}»"
    if bare:
        return f" of the {name}"
    return f" of the code ‘{name}’"
