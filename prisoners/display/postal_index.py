"""The stencil postal index of a Russian envelope, which sorting machines read."""

from __future__ import annotations

import re
from dataclasses import dataclass

STEP = 17
"""From the left edge of one digit to that of the next; a digit is 10 wide and 20 high."""
HEIGHT = 32
_SIX_DIGITS = re.compile(r"[0-9]{6}")
# The strokes of each digit on its grid: x 0 or 10, y 9, 19 or 29, as the postal rules draw them.
_STROKES = {
    "0": "0,9 10,9 10,29 0,29 0,9",
    "1": "0,19 10,9 10,29",
    "2": "0,9 10,9 10,19 0,29 10,29",
    "3": "0,9 10,9 0,19 10,19 0,29",
    "4": "0,9 0,19 10,19|10,9 10,29",
    "5": "10,9 0,9 0,19 10,19 10,29 0,29",
    "6": "10,9 0,19 10,19 10,29 0,29 0,19",
    "7": "0,9 10,9 0,19 0,29",
    "8": "0,9 10,9 10,29 0,29 0,9|0,19 10,19",
    "9": "10,19 0,19 0,9 10,9 10,19 0,29",
}
_GRID = "0,9 10,9 10,29 0,29 0,9|0,19 10,19|10,9 0,19|10,19 0,29"
_BAR = "0,3 10,3"
_MARGIN = 3


@dataclass(frozen=True)
class StencilDigit:
    """One digit as SVG paths: the dotted grid below it, its strokes, the bar above."""

    digit: str
    grid: str
    strokes: str
    bar: str


@dataclass(frozen=True)
class PostalIndex:
    """An index as the envelope shows it: in stencil digits, or as plain text where there are none."""

    text: str
    digits: tuple[StencilDigit, ...] = ()

    @property
    def is_stencil(self) -> bool:
        return bool(self.digits)

    @property
    def view_box(self) -> str:
        return f"0 0 {STEP * len(self.digits)} {HEIGHT}"


def postal_index(text: str) -> PostalIndex:
    """The index of an address. Stencil digits for the six of Russia only: Ukraine's five have no stencil."""
    if not _SIX_DIGITS.fullmatch(text):
        return PostalIndex(text)
    digits = enumerate(text)
    return PostalIndex(text, tuple(_digit(digit, _MARGIN + STEP * place) for place, digit in digits))


def _digit(digit: str, left: int) -> StencilDigit:
    return StencilDigit(digit, _path(_GRID, left), _path(_STROKES[digit], left), _path(_BAR, left))


def _path(strokes: str, left: int) -> str:
    """SVG path data of strokes «x,y x,y|x,y x,y», moved to the right."""
    lines = []
    for stroke in strokes.split("|"):
        points = [point.split(",") for point in stroke.split()]
        lines.append("M" + "L".join(f"{int(x) + left} {y}" for x, y in points))
    return "".join(lines)
