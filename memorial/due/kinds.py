"""What kinds of due work there are, and what does them. Parts of the roof register theirs in `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True)
class WorkKind:
    """One kind: its code, its words, and what does it for the number of an object.

    `do` returns a sentence that says what was done. It raises `ValidationError` for what may not be done
    and will not become right by waiting; anything else that it raises is tried again.
    """

    code: str
    label: Any
    do: Callable[[int], str]
    office_page: str = ""
    """The url name of the object's page in the office, which takes its number; "" for none."""


_KINDS: Final[dict[str, WorkKind]] = {}


def register(kind: WorkKind) -> None:
    """Makes a kind known. Raises `ValueError` for a code that another one has."""
    if _KINDS.get(kind.code, kind) != kind:
        raise ValueError(f"Two kinds of due work have one code: {kind.code}")
    _KINDS[kind.code] = kind


def kind_of(code: str) -> WorkKind | None:
    """The kind of a code; None for one that this version of the program does not know."""
    return _KINDS.get(code)
