"""The version of everything public: the key of caches and ETags.

`(max(id), count(*))` of an insert-only table: the count notices a transaction that
took a lower number and committed later. Read at most once a second per process.
"""

import threading
import time
from dataclasses import dataclass

from django.db.models import Count, Max

from memorial.base.models import ContentVersion

SECONDS_BETWEEN_READS = 1.0


@dataclass
class _Remembered:
    text: str = ""
    at: float = float("-inf")


_remembered = _Remembered()
_lock = threading.Lock()


def read_content_version() -> str:
    """The version as the database has it now, in the snapshot of the current transaction."""
    row = ContentVersion.objects.aggregate(last=Max("id"), rows=Count("id"))
    return f"{row['last'] or 0}-{row['rows']}"


def content_version() -> str:
    """The version, at most a second old."""
    now = time.monotonic()
    with _lock:
        if now - _remembered.at >= SECONDS_BETWEEN_READS:
            _remembered.text, _remembered.at = read_content_version(), now
        return _remembered.text


def forget_content_version() -> None:
    """Makes the next call of `content_version()` ask the database; for tests, whose changes come within a second."""
    with _lock:
        _remembered.at = float("-inf")
