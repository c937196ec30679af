"""The key by which names are sorted and compared, the same in Python and in PostgreSQL.

The SQL twin is `memorial_sort_key(text)` in memorial/base/sql/names.sql. Both work from the fixed
lists below, not from a locale or a Unicode table, so that every server and every index agree.
"""

from __future__ import annotations

import unicodedata

# Capital letters of the scripts that names here are written in: Latin with its European and
# Azerbaijani letters, Cyrillic with those of the peoples of Russia, Ukraine and Central Asia.
_CAPITAL_RANGES = ((0x41, 0x5A), (0xC0, 0x17F), (0x18F, 0x18F), (0x400, 0x42F), (0x48A, 0x52F))
_ONE_LETTER_APART = {"İ": "i", "Ё": "е", "ё": "е"}

CAPITALS = "".join(
    letter
    for first, last in _CAPITAL_RANGES
    for letter in map(chr, range(first, last + 1))
    if letter not in _ONE_LETTER_APART and len(letter.lower()) == 1 and letter.lower() != letter
)
LETTERS_FROM = CAPITALS + "".join(_ONE_LETTER_APART)
LETTERS_TO = CAPITALS.lower() + "".join(_ONE_LETTER_APART.values())

# Dropped without a trace: apostrophes, quotes, the stress mark, invisible characters.
DROPPED = (
    "'\"`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a"
    "\u02b9\u02bb\u02bc\u02bd\u2032\u2033\u0301\u00ad\u200b\u200c\u200d\u2060\ufeff"
)
# Read as a space: hyphens and dashes, other punctuation, every kind of space.
SPACES = (
    "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212.,;:!?()[]{}<>/\\|_*+=#&@\u2026\u2116\u00b7"
    "\t\n\r\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
)
_TABLE = str.maketrans(LETTERS_FROM + SPACES, LETTERS_TO + " " * len(SPACES), DROPPED)


def sort_key(text: str) -> str:
    """Return a name as it is sorted and compared.

    Lower case, ё as е, without quotes and apostrophes, hyphens and other punctuation as one space:
    «Кара-Мурза» and «КАРА МУРЗА» are equal, «Алёна» stands beside «Алена».
    """
    folded = unicodedata.normalize("NFC", text).translate(_TABLE)
    return " ".join(part for part in folded.split(" ") if part)
