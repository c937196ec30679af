"""The looks that `manage.py doctor` takes, in the order in which an operator needs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final


class Level(IntEnum):
    """How grave a finding is; the gravest is the exit code, and a look that was not taken counts as fine."""

    SKIPPED = -1
    FINE = 0
    WARNING = 1
    BROKEN = 2


@dataclass(frozen=True)
class Finding:
    """One sentence about the site, and what to do. Names nobody: it goes into mails and logs."""

    level: Level
    said: str
    mend: str = ""


Look = Callable[[], Iterable[Finding]]


@dataclass(frozen=True)
class Check:
    """A look by its name. One that `asks_database` is not taken while the database is away, one of the
    `office` not on the readers' host.
    """

    name: str
    look: Look
    asks_database: bool
    office: bool


CHECKS: Final[dict[str, Check]] = {}


def check(name: str, *, asks_database: bool = False, office: bool = False) -> Callable[[Look], Look]:
    """Puts a look into the registry. Raises `ValueError` for a name that another one has."""

    def register(look: Look) -> Look:
        if name in CHECKS:
            raise ValueError(f"Two checks have one name: {name}")
        CHECKS[name] = Check(name, look, asks_database, office)
        return look

    return register


def fine(said: str) -> Finding:
    """All is well here; the sentence says what was seen."""
    return Finding(Level.FINE, said)


def warning(said: str, mend: str) -> Finding:
    """Something will go wrong, or is less than it should be."""
    return Finding(Level.WARNING, said, mend)


def broken(said: str, mend: str) -> Finding:
    """Something is wrong now."""
    return Finding(Level.BROKEN, said, mend)


def skipped(said: str) -> Finding:
    """Nobody looked, and why."""
    return Finding(Level.SKIPPED, said)
