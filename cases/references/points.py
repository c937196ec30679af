"""Points of an article: Russian letters, and English ones by ordinal.

а б в г д е ж з и к … э stand for a b c d e f g h i j … z: twenty-six letters on each side, since
ё, й, ъ, ы, ь, ю and я name no point. «е.1» is "f.1". Ukrainian points are numbers in both languages.
"""

from __future__ import annotations

import re

RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэ"
ENGLISH = "abcdefghijklmnopqrstuvwxyz"
POINT = re.compile(rf"(?:[{RUSSIAN}]|[1-9]\d?)(?:\.[1-9]\d?)?")
"""What a point may be: a Russian letter or a number, with or without a number of its own."""

_TO_ENGLISH = str.maketrans(RUSSIAN, ENGLISH)
_TO_RUSSIAN = str.maketrans(ENGLISH, RUSSIAN)


def english_point(point: str) -> str:
    """Return the point as English texts have it: «д» is "e", «е.1» is "f.1", "6" stays."""
    return point.translate(_TO_ENGLISH)


def russian_point(point: str) -> str:
    """Return the Russian letter of an English point; other letters stay."""
    return point.translate(_TO_RUSSIAN)
