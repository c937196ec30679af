"""What verifying may find, each kind by a name of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What happened to the evidence."""

    FORGED = "forged"
    REMOVED = "removed"
    INSERTED = "inserted"
    MOVED = "moved"
    CUT_OFF = "cut off"
    BLANKED = "blanked without a decision"
    SEAL = "seal changed"
    RESEALED = "sealed anew"
    HEAD = "head not ours"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, in a sentence that names the place."""

    kind: Kind
    sentence: str


@dataclass
class Verdict:
    """What was read and what was found. `notes` are lawful and worth knowing."""

    sealed: int = 0
    waiting: int = 0
    found: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, kind: Kind, sentence: str) -> None:
        """One more thing that is wrong."""
        self.found.append(Finding(kind, sentence))

    @property
    def is_whole(self) -> bool:
        return not self.found
