"""Shares of a whole in whole per cent that say 100 together."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

WHOLE: Final = 100


def shares(parts: Sequence[Decimal]) -> list[int]:
    """The share of each part in per cent: cut, then the largest remainders get what is left.

    Parts that are equal get the rest in their order. No share is off by one per cent or more; all noughts for
    a whole of nothing. Raises `ValueError` for a negative part.
    """
    if any(part < 0 for part in parts):
        raise ValueError("A part of a whole is not negative.")
    whole = sum(parts, Decimal(0))
    if not whole:
        return [0] * len(parts)
    exact = [divmod(part * WHOLE, whole) for part in parts]
    found = [int(quotient) for quotient, _remainder in exact]
    by_remainder = sorted(range(len(parts)), key=lambda place: -exact[place][1])
    for place in by_remainder[: WHOLE - sum(found)]:
        found[place] += 1
    return found
