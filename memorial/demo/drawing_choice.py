"""Which drawing stands for whom: none for most. The drawings have no faces and are nobody's."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Final

from memorial.demo.reading import read

_WITH_A_DRAWING: Final = 0.27
_SCARF_FITS: Final = frozenset({"hizb", "readers"})
CREDIT: Final = {"credit_ru": "рисунок для пробных данных", "credit_en": "drawing for trial data"}


@cache
def drawings() -> dict[int, dict[str, str]]:
    """The words of every drawing, by its number."""
    return {
        number: {"alt_ru": row["alt_ru"], "alt_en": row["alt_en"]}
        for row in read("portraits")["portrait"]
        for number in row["names"]
    }


@cache
def _fitting(gender: str, age: str, scarf: bool) -> tuple[int, ...]:
    rows = [
        row
        for row in read("portraits")["portrait"]
        if row["gender"] == gender and age in row["ages"] and row.get("scarf", False) == scarf
    ]
    return tuple(number for row in rows for number in row["names"])


def drawing_for(rng: Random, gender: str, age: str, accusation: str) -> int | None:
    """The number of a drawing, or None: most people have no photograph."""
    if rng.random() > _WITH_A_DRAWING:
        return None
    scarf = accusation in _SCARF_FITS and rng.random() < (0.8 if gender == "f" else 0.3)
    return rng.choice(_fitting(gender, age, scarf))


def drawing_name(number: int) -> str:
    """The file of a drawing without its ending."""
    return f"drawing-{number:02d}"
