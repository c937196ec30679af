"""The totals of the invented world: counted from its records, proposed by one party, approved by another."""

from __future__ import annotations

from typing import Final

from assistance.actions.totals import approve_totals, propose_totals
from assistance.totals.periods import FIRST_THREE_YEARS, period_of
from memorial.base.acting import command_actor
from memorial.demo.figures import AS_OF

PERIODS: Final = ("2023", "2024", FIRST_THREE_YEARS, "2025", "2026-1")
"""Those that are published, in the order in which they were over."""
PROPOSES: Final = command_actor("load_demo, who counted the totals")
APPROVES: Final = command_actor("load_demo, who approved the totals")


def publish_totals() -> None:
    """Proposes and approves each period as the office would."""
    for code in PERIODS:
        proposal = propose_totals(period=period_of(code), as_of=AS_OF, by=PROPOSES)
        approve_totals(proposal=proposal, by=APPROVES)
