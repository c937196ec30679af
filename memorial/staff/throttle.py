"""Counts of attempts, by account and never by address: behind Tor everybody has the same one.

What is counted is chosen so that nobody outside can lock an account for its owner; see
docs/decisions/0015. Kept in the database, because every process must know the same numbers.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Final

from django.db import connection
from django.utils import timezone

from memorial.staff.models import AttemptCount

MOST: Final = 10
"""Attempts that are allowed within the window."""
WINDOW: Final = timedelta(minutes=15)


class Counted(StrEnum):
    """What was tried: with the right password, with a right code, once more; or a failure that is only noted."""

    PASSWORD_RIGHT = "password"  # noqa: S105 - names a counter
    CODE_RIGHT = "code"
    AGAIN = "again"
    NOTED = "noted"


def is_allowed(what: Counted, account: int) -> bool:
    """Counts an attempt and says whether it is one of those allowed in this window.

    Counted before it is known whether it succeeds, so that a hundred at once are a hundred.
    """
    return count(what, account) <= MOST


def count(what: Counted, account: int) -> int:
    """Adds one attempt and returns how many there are in this window. Safe against races."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO staff_attemptcount AS c (key, begun, count) VALUES (%(key)s, %(now)s, 1)"
            " ON CONFLICT (key) DO UPDATE SET"
            " count = CASE WHEN c.begun <= %(since)s THEN 1 ELSE least(c.count + 1, 1000000) END,"
            " begun = CASE WHEN c.begun <= %(since)s THEN %(now)s ELSE c.begun END"
            " RETURNING count",
            {"key": f"{what}:{account}", "now": now, "since": now - WINDOW},
        )
        return int(cursor.fetchone()[0])


def forget(account: int) -> None:
    """The owner has signed in: what failed before is forgotten."""
    kinds = (Counted.PASSWORD_RIGHT, Counted.CODE_RIGHT, Counted.AGAIN, Counted.NOTED)
    AttemptCount.objects.filter(key__in=[f"{what}:{account}" for what in kinds]).delete()
