"""What constraints demand of a row of the attention desk: a link that answered, a pair that somebody has answered."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.db import models

from memorial.attention.models import AfterLook, CheckedLink, SuspectedPair

_NUMBERS = count(900_000)

ATTENTION_SHAPES: dict[type[models.Model], dict[str, Any]] = {
    AfterLook: {"reason": "lgbt", "outcome": "stays", "stands": True},
    CheckedLink: {"failure": "", "failed_since": None, "failed_days": 0},
    SuspectedPair: {
        "one": _NUMBERS.__next__,
        "other": 1_900_000,
        "answer": "different",
    },
}
