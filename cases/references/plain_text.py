"""Text as the reader of references sees it, and the way back to what was typed.

Small letters, one kind of space, hyphen and quotation mark, no invisible marks, and Russian letters
where Latin ones that look the same were typed. Each character knows where it stood.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

QUOTES = frozenset("«»„“”‟\"'‘’‚‹›`´″′")
"""Quotation marks of every kind, and what is typed in their place."""
_DASHES = frozenset("‐‑‒–—―−")
LOOKALIKES = dict(zip("ABCEHKMOPTXYaceopxyk", "авсенкмортхуасеорхук", strict=True))
"""Latin letters that look like Russian ones, with the Russian small letter meant."""

_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[а-яёіїєґ]", re.IGNORECASE)
_WHOLLY_LATIN = frozenset(["ст", "ук", "кк", "рф"])


@dataclass(frozen=True, slots=True)
class PlainText:
    """The plain characters, and for each the place in the original text where it stood."""

    plain: str
    original: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the plain text stood in the original."""
        return (self.places[start], self.places[end - 1] + 1) if end > start else (0, 0)

    def source(self, start: int, end: int) -> str:
        """Return the stretch as it was typed."""
        first, last = self.span(start, end)
        return self.original[first:last]


def plain_text(text: str) -> PlainText:
    """Return the plain form of any text at all; as long as the original, or shorter."""
    typed = _without_lookalikes(text)
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(typed):
        if is_invisible(character) and not character.isspace():
            continue
        plain = _plain(character)
        if plain in " \n" and characters and characters[-1] in " \n":
            if plain == "\n":
                characters[-1] = "\n"
            continue
        characters.append(plain)
        places.append(place)
    return PlainText("".join(characters), text, tuple(places))


def is_invisible(character: str) -> bool:
    """Whether a character is no letter, figure or mark that a reader sees: joiners, soft hyphens, accents."""
    return unicodedata.category(character) in ("Cf", "Mn", "Cc")


def _plain(character: str) -> str:
    if character in QUOTES:
        return '"'
    if character in _DASHES:
        return "-"
    if character.isspace():
        return "\n" if character in "\n\r\u2028\u2029\x0b\x0c\x85" else " "
    small = character.lower()
    return small if len(small) == 1 else character


def _without_lookalikes(text: str) -> str:
    return _WORD.sub(lambda found: _russian(found.group()), text)


def _russian(word: str) -> str:
    """Return a word with its Latin lookalikes made Russian, if it is meant to be Russian."""
    latin = [letter for letter in word if not _CYRILLIC.match(letter)]
    if not latin or any(letter not in LOOKALIKES for letter in latin):
        return word
    folded = "".join(LOOKALIKES.get(letter, letter) for letter in word)
    return folded if len(latin) < len(word) or folded in _WHOLLY_LATIN else word
