"""How readers' requests were answered since this process began: for monitoring, and for `make drill`."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum


class Answered(StrEnum):
    """Where an answer came from.

    `COPY` was known to be good, `CHECKED` found to be so by asking its statements again, `MADE` rendered,
    `STALE` the last good copy while the database was away; `OTHER` is what is no public page.
    """

    COPY = "copy"
    CHECKED = "checked"
    MADE = "made"
    STALE = "stale"
    OTHER = "other"


_counts: Counter[Answered] = Counter()
_lock = threading.Lock()


def count(answered: Answered) -> None:
    """One more answer."""
    with _lock:
        _counts[answered] += 1


def counts() -> Mapping[Answered, int]:
    """All so far, those of which there was none as 0."""
    with _lock:
        return {each: _counts[each] for each in Answered}


def share_from_copies(numbers: Mapping[Answered, int]) -> float:
    """The part of all public pages for which nothing was rendered, between 0 and 1; 1 where none was asked for."""
    made = numbers.get(Answered.MADE, 0)
    kept = sum(numbers.get(each, 0) for each in (Answered.COPY, Answered.CHECKED, Answered.STALE))
    return kept / (kept + made) if kept + made else 1.0
