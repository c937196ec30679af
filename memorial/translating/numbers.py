"""Numbers and dates of a text, in a form that is the same in both languages."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from typing import Final

_MONTHS: Final = (
    ("январ", "january", "jan"),
    ("феврал", "february", "feb"),
    ("март", "march", "mar"),
    ("апрел", "april", "apr"),
    ("мая|май|мае", "may", "may"),
    ("июн", "june", "jun"),
    ("июл", "july", "jul"),
    ("август", "august", "aug"),
    ("сентябр", "september", "sep|sept"),
    ("октябр", "october", "oct"),
    ("ноябр", "november", "nov"),
    ("декабр", "december", "dec"),
)
_WORDS: Final = {
    word: number
    for number, words in {
        1: "one first один одна одно одного одну",
        2: "two second два две двух",
        3: "three third три трёх трех",
        4: "four fourth четыре четырёх четырех",
        5: "five fifth пять пяти",
        6: "six sixth шесть шести",
        7: "seven seventh семь семи",
        8: "eight eighth восемь восьми",
        9: "nine ninth девять девяти",
        10: "ten tenth десять десяти",
        11: "eleven eleventh одиннадцать",
        12: "twelve twelfth двенадцать",
    }.items()
    for word in words.split()
}
_GROUPED: Final = re.compile(r"(?<=\d)[\s\u00a0\u202f,](?=\d{3}(?!\d))")
_DOTTED: Final = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")


def _month(index: int) -> str:
    russian, full, short = _MONTHS[index]
    stems = "|".join(f"{stem}\\w*" if "|" not in russian else stem for stem in russian.split("|"))
    return f"(?:{stems}|{full}|(?:{short})\\.?)"


_DATES: Final = [
    (
        number,
        re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+{_month(number - 1)}(?:\s+(\d{{4}}))?", re.IGNORECASE),
    )
    for number in range(1, 13)
]
_MONTH_FIRST: Final = [
    (number, re.compile(rf"\b{_month(number - 1)}\s+(\d{{1,2}})(?!\d)(?:,?\s+(\d{{4}}))?", re.IGNORECASE))
    for number in range(1, 13)
]
_MONTH_OF_YEAR: Final = [
    (number, re.compile(rf"\b{_month(number - 1)}\s+(\d{{4}})\b", re.IGNORECASE)) for number in range(1, 13)
]


def numbers_of(text: str) -> Counter[str]:
    """Each date (`14.3.2023`, `14.3`, `3.2023`) and each other number of a plain text, with how often it stands."""
    found: Counter[str] = Counter()

    text = _DOTTED.sub(partial(_dotted, found), text)
    for month, pattern in (*_DATES, *_MONTH_FIRST):
        text = pattern.sub(partial(_day, found, month), text)
    for month, pattern in _MONTH_OF_YEAR:
        text = pattern.sub(partial(_month_of, found, month), text)
    text = _GROUPED.sub("", text)
    for match in _NUMBER.findall(text):
        found[match.replace(",", ".").rstrip(".")] += 1
    return found


def _dotted(found: Counter[str], match: re.Match[str]) -> str:
    found[f"{int(match[1])}.{int(match[2])}.{match[3]}"] += 1
    return " "


def _day(found: Counter[str], month: int, match: re.Match[str]) -> str:
    found[f"{int(match[1])}.{month}" + (f".{match[2]}" if match[2] else "")] += 1
    return " "


def _month_of(found: Counter[str], month: int, match: re.Match[str]) -> str:
    found[f"{month}.{match[1]}"] += 1
    return " "


def numbers_in_words(text: str) -> Counter[str]:
    """Small numbers written as words: they may stand for a figure of the other language."""
    words = re.findall(r"\w+", text.lower())
    return Counter(str(_WORDS[word]) for word in words if word in _WORDS)
