"""A refused example of every constraint of the tables of evidence (tests/prisoners/test_constraints.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from memorial.base.evidence import HistoryRemoval, Looking

REMOVAL: dict[str, Any] = {"entries": [1], "reason": "x", "proposed_by": 7}
LOOKING: dict[str, Any] = {"staff": 7, "table": "prisoners_consent", "rows": [], "shown": []}


def removal(**given: Any) -> Callable[[], object]:
    return lambda: HistoryRemoval.objects.create(**REMOVAL | given)


REFUSED: dict[str, list[Callable[[], object]]] = {
    "historyremoval_two_people": [removal(confirmed_by=7)],
    "historyremoval_one_outcome": [removal(confirmed_by=8, declined_by=9)],
    "historyremoval_confirmed_first": [
        removal(carried_out_at=timezone.now()),
        removal(declined_by=8, carried_out_at=timezone.now()),
    ],
    "historyremoval_has_a_reason": [removal(reason="")],
    "historyremoval_names_entries": [removal(entries=[])],
    "looking_kind_known": [lambda: Looking.objects.create(kind="glanced", **LOOKING)],
}
