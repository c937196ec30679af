"""Typography of displayed text: non-breaking spaces, numbers, quotes, Russian plurals."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

NBSP = "\u00a0"

# One- and two-letter words must not end a line: they belong to the next word.
_SHORT_WORD = re.compile(r"(?<![\w\u2019'-])([А-Яа-яЁё]{1,2}) (?=[\w«„(])")
_BEFORE_DASH = re.compile(r" (?=[—–] )")
_YEAR_OF_BIRTH = re.compile(r"(\d{4}) г\. ?р\.")
_NUMBER_SIGN = re.compile(r"(?<!\w)(№|§|[Сс]т\.|[Чч]\.|[Пп]\.|[Пп]п\.|[Гг]\.|[Уу]л\.|[Дд]\.) (?=[\w«])")
# A number keeps its noun (7 лет, 14 марта, 5 ₽), a month its year.
_NUMBER_NOUN = re.compile(r"(?<=\d) (?=[а-яё₽€$%])(?!(?:ст|ч|пп?)\.)")
_MONTH_YEAR = re.compile(
    r"\b(январ[яь]|феврал[яь]|марта?|апрел[яь]|ма[яй]|июн[яь]|июл[яь]|августа?|"
    r"(?:сентя|октя|ноя|дека)бр[яь]) (?=\d{4})",
    re.IGNORECASE,
)
# A closing single mark, and not the apostrophe of "isn’t".
_INNER_ENGLISH = re.compile(r"‘(.*?)’(?!\w)")
_GROUP = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_SHORT: Final = 160
"""Characters of a text that is kept as it was typeset."""
_PARTICLE = re.compile(r" (?=(?:же|ли|ль|бы|б)(?![\w-]))")


def plural_ru(number: int, one: str, few: str, many: str) -> str:
    """Return the Russian form that goes with a number: 1 год, 2 года, 5 лет, 11 лет, 21 год."""
    last_two, last = abs(number) % 100, abs(number) % 10
    if 11 <= last_two <= 14 or last == 0 or last >= 5:
        return many
    return one if last == 1 else few


def grouped_number(number: int, language: str) -> str:
    """Return a number in groups of three: «1 612» with non-breaking spaces, "1,612"."""
    return f"{number:,}".replace(",", NBSP) if language.startswith("ru") else f"{number:,}"


def typeset(text: str, language: str) -> str:
    """Return plain text with its spaces made non-breaking where a line must not end.

    Russian: after words of one and two letters, before a dash and the particles же, ли, бы, between
    a number and its noun, in dates, «1987 г. р.», «ст. 207.3», «№ 5» and grouped numbers. English:
    before a spaced dash. Letters are never changed, and the text may be typeset again without harm.
    Not for markup.
    """
    if " " not in text:
        return text
    return _typeset_short(text, language) if len(text) <= _SHORT else _typeset(text, language)


def _typeset(text: str, language: str) -> str:
    text = _BEFORE_DASH.sub(NBSP, text)
    if not language.startswith("ru"):
        return text
    text = _YEAR_OF_BIRTH.sub(rf"\1{NBSP}г.{NBSP}р.", text)
    text = _NUMBER_SIGN.sub(rf"\1{NBSP}", text)
    text = _MONTH_YEAR.sub(rf"\1{NBSP}", text)
    for between in (_GROUP, _NUMBER_NOUN, _PARTICLE):
        text = between.sub(NBSP, text)
    return _SHORT_WORD.sub(rf"\1{NBSP}", text)


# A page says the same labels, courts and charges as the page before: eight passes over each are most of its words.
_typeset_short = lru_cache(maxsize=8192)(_typeset)


def curled(text: str, language: str) -> str:
    """Return plain English text with straight quotation marks and apostrophes turned into printed ones.

    Other languages, and marks that are printed ones already, stay as they are. Not for markup.
    """
    if not language.startswith("en"):
        return text
    for straight, opening, closing in (('"', "“", "”"), ("'", "‘", "’")):
        text = re.sub(rf"(?:(?<=[\s(\[{{«“‘—–/\-])|^){straight}(?!\d0s)", opening, text)
        text = text.replace(straight, closing)
    return text


def quoted(text: str, language: str) -> str:
    """Return text in quotation marks, the marks already inside turned into inner ones.

    Russian «ёлочки» with „лапки“ inside; English single marks with double ones inside.
    """
    if language.startswith("ru"):
        return f"«{text.replace('«', '„').replace('»', '“')}»"
    inside = _INNER_ENGLISH.sub(r"“\1”", text)
    return f"‘{inside}’"
