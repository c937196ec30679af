"""Text drawn into a picture with the site's own fonts, each of which is cut in several files by script.

Pillow knows nothing of `unicode-range`, so a line is split into runs, each drawn with the first
file that has its letters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final

from django.conf import settings
from PIL import ImageDraw, ImageFont

# Digits and punctuation first: other cuts hold some of them too, in another width.
_CUTS: Final = ("num", "lat", "cyr", "lat-ext", "cyr-ext")
_OTHER_FAMILIES: Final = ("text", "sans")
_NO_LETTER: Final = "\uffff"
_INK: Final = 24


@dataclass(frozen=True)
class Face:
    """How a text is set: family («display», «text», «sans»), height in pixels, weight where it varies."""

    family: str
    size: int
    weight: int = 400


def can_draw(text: str, face: Face) -> bool:
    """Whether our fonts have every letter of a text; what they lack would be drawn as an empty box."""
    letters = unicodedata.normalize("NFC", text)
    return all(_has(_font_of(letter, face), letter) for letter in letters)


def width_of(text: str, face: Face) -> float:
    """How wide a line is, in pixels."""
    return sum(font.getlength(run) for font, run in _runs(text, face))


def draw_line(canvas: ImageDraw.ImageDraw, at: tuple[float, float], text: str, face: Face) -> float:
    """Draws a line from a point on its baseline and returns where it ends."""
    x, baseline = at
    for font, run in _runs(text, face):
        canvas.text((x, baseline), run, font=font, fill=_INK, anchor="ls")
        x += font.getlength(run)
    return x


def wrapped(text: str, face: Face, width: float) -> list[str]:
    """The lines of a text: broken at spaces and hyphens, inside a word only if it is wider than a line."""
    lines, line = [], ""
    for piece in _pieces(text, face, width):
        if line and width_of((line + piece).rstrip(), face) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def fitted(texts: Iterable[str], faces: Sequence[Face], width: float, most: int) -> tuple[Face, list[str]]:
    """The first face in which the texts, each from a new line, take so few lines; else the last, cut off."""
    parts = [text for text in texts if text]
    for face in faces:
        lines = [line for text in parts for line in wrapped(text, face, width)]
        if len(lines) <= most:
            return face, lines
    return faces[-1], [*lines[: most - 1], f"{lines[most - 1][:-1]}…"]


def _pieces(text: str, face: Face, width: float) -> list[str]:
    words = text.replace("-", "-\0").replace(" ", " \0").split("\0")
    return [piece for word in words for piece in _narrow(word, face, width)]


def _narrow(word: str, face: Face, width: float) -> list[str]:
    if width_of(word.rstrip(), face) <= width:
        return [word]
    half = len(word) // 2
    return [*_narrow(word[:half], face, width), *_narrow(word[half:], face, width)]


def _runs(text: str, face: Face) -> list[tuple[ImageFont.FreeTypeFont, str]]:
    letters = unicodedata.normalize("NFC", text)
    by_font = groupby(letters, key=lambda letter: _font_of(letter, face))
    return [(font, "".join(run)) for font, run in by_font]


@cache
def _font_of(letter: str, face: Face) -> ImageFont.FreeTypeFont:
    """The first file that has the letter, in another family where this one lacks it."""
    for family in (face.family, *_OTHER_FAMILIES):
        for cut in _CUTS:
            font = _font(family, cut, face.size, face.weight)
            if _has(font, letter):
                return font
    return _font(face.family, _CUTS[0], face.size, face.weight)


@cache
def _has(font: ImageFont.FreeTypeFont, letter: str) -> bool:
    if letter.isspace():
        return font.getlength(letter) > 0 and not bytes(font.getmask(letter))
    return bytes(font.getmask(letter)) != bytes(font.getmask(_NO_LETTER))


@cache
def _font(family: str, cut: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """Raises OSError where the file is missing or Pillow was built without WOFF2."""
    path = Path(settings.BASE_DIR) / "static" / "fonts" / f"{family}-{cut}.woff2"
    font = ImageFont.truetype(str(path), size)
    if family != "display":  # the one family without a variable weight
        font.set_variation_by_axes([weight])
    return font
