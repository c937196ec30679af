"""Typography of displayed text: non-breaking spaces, numbers, quotes, Russian plurals."""

from __future__ import annotations

import re

NBSP = "\u00a0"

# One- and two-letter words must not end a line: they belong to the next word.
_SHORT_WORD = re.compile(r"(?<![\w\u2019'-])([А-Яа-яЁё]{1,2}) (?=[\w«„(])")
_BEFORE_DASH = re.compile(r" (?=[—–] )")
_YEAR_OF_BIRTH = re.compile(r"(\d{4}) г\. ?р\.")
_NUMBER_SIGN = re.compile(r"(№|§|[Сс]т\.|[Чч]\.|[Пп]\.|[Пп]п\.|[Гг]\.|[Уу]л\.|[Дд]\.) (?=[\w«])")
_YEAR_WORD = re.compile(r"(\d{4}) (?=(?:г\.|гг\.|год))")
_GROUP = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
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


def counted_ru(number: int, one: str, few: str, many: str) -> str:
    """Return a number with its noun, kept on one line: «1 612 человек»."""
    return f"{grouped_number(number, 'ru')}{NBSP}{plural_ru(number, one, few, many)}"


def typeset(text: str, language: str) -> str:
    """Return plain text with its spaces made non-breaking where a line must not end.

    Russian: after words of one and two letters, before a dash and the particles же, ли, бы, in
    «1987 г. р.», «ст. 207.3», «№ 5», «2023 г.» and grouped numbers. English: before a spaced dash.
    Letters are never changed, and the text may be typeset again without harm. Not for markup.
    """
    text = _BEFORE_DASH.sub(NBSP, text)
    if not language.startswith("ru"):
        return text
    text = _YEAR_OF_BIRTH.sub(rf"\1{NBSP}г.{NBSP}р.", text)
    for before in (_YEAR_WORD, _NUMBER_SIGN):
        text = before.sub(rf"\1{NBSP}", text)
    for between in (_GROUP, _PARTICLE):
        text = between.sub(NBSP, text)
    # Twice: of two short words in a row the second is not seen while the first is joined.
    for _pass in range(2):
        text = _SHORT_WORD.sub(rf"\1{NBSP}", text)
    return text


def quoted(text: str, language: str) -> str:
    """Return text in quotation marks, the marks already inside turned into inner ones.

    Russian «ёлочки» with „лапки“ inside; English single marks with double ones inside.
    """
    if language.startswith("ru"):
        return f"«{text.replace('«', '„').replace('»', '“')}»"
    return f"‘{text.replace('‘', '“')}’"
