"""The difference of two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from memorial.base.rich_text import plain_text

_PIECES: Final = re.compile(r"\w+|\s+|[^\w\s]", re.UNICODE)
SAME, ADDED, REMOVED = "same", "added", "removed"
_MOST: Final = 6000
"""Pieces beyond which two texts are not compared: it would take seconds."""


@dataclass(frozen=True)
class Piece:
    """Words that stand in both texts, or only in the newer or the older one. Plain text, never markup."""

    kind: str
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """What became of a text, in its order; markup is left out, each block is a line.

    Of texts that are too long to compare, the old one as removed and the new one as added.
    """
    old, new = _PIECES.findall(plain_text(before)), _PIECES.findall(plain_text(after))
    if len(old) + len(new) > _MOST:
        return [Piece(REMOVED, "".join(old)), Piece(ADDED, "".join(new))]
    return list(_pieces(old, new))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    compared = SequenceMatcher(a=old, b=new, autojunk=False)
    for what, old_from, old_to, new_from, new_to in compared.get_opcodes():
        if what == "equal":
            yield Piece(SAME, "".join(new[new_from:new_to]))
            continue
        if old_from < old_to:
            yield Piece(REMOVED, "".join(old[old_from:old_to]))
        if new_from < new_to:
            yield Piece(ADDED, "".join(new[new_from:new_to]))
