"""What is to be written of one prosecution, before there is any database."""

from __future__ import annotations

from dataclasses import dataclass, field

from memorial.demo.plan import Row


@dataclass
class PlannedCharge:
    """An article as text, and what became of the charge: kind, day, number of the decision that said so."""

    text: str
    columns: Row
    events: list[Row] = field(default_factory=list)
    becomes: int | None = None
    """Which other charge of the prosecution it became."""


@dataclass
class PlannedDecision:
    """A decision and what it means for the person. A court stands by its slug."""

    columns: Row
    meant: Row = field(default_factory=dict)
    penalties: list[Row] = field(default_factory=list)


@dataclass
class PlannedProsecution:
    """One person in one case. People with the same `key` share the case; the first of them brings its row."""

    key: str
    case: Row
    columns: Row
    charges: list[PlannedCharge] = field(default_factory=list)
    decisions: list[PlannedDecision] = field(default_factory=list)
    restraints: list[Row] = field(default_factory=list)
    hearings: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    sources: list[Row] = field(default_factory=list)
    documents: list[Row] = field(default_factory=list)
    term: Row | None = None
    custody: int = 0
    """Which of the person's custodies it led to: recognitions made in that one are of this case."""
    judged: bool = False
    """Whether a judge of the court may be named."""
