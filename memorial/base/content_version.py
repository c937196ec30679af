"""The version of everything public: the key of caches and ETags.

`(max(id), count(*))` of an insert-only table: the count notices a transaction that
took a lower number and committed later. Read at most once a second per process.
Beside it stands how often something was taken back from readers: what was made before
the last time is not shown to anybody, even while the database is away.
"""

import threading
import time
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Max, Q

from memorial.base.models import ContentVersion
from memorial.base.page_record import note_the_version, page_record, unrecorded

SECONDS_BETWEEN_READS = 1.0


@dataclass(frozen=True)
class Version:
    """`text` names the state of all that is public, `taken_back` that of what was taken away from readers."""

    text: str = ""
    taken_back: str = ""


@dataclass
class _Remembered:
    version: Version = Version()
    at: float = float("-inf")


_remembered: dict[str, _Remembered] = {}
"""By the name of the server: a page and its version are of the same one."""
_lock = threading.Lock()


def read_version() -> Version:
    """Both as the database has them now, in the snapshot of the current transaction."""
    less = Q(takes_back=True)
    with unrecorded():
        row = ContentVersion.objects.aggregate(
            last=Max("id"), rows=Count("id"), last_less=Max("id", filter=less), less=Count("id", filter=less)
        )
    return Version(f"{row['last'] or 0}-{row['rows']}", f"{row['last_less'] or 0}-{row['less']}")


def read_content_version() -> str:
    """The version as the database has it now, in the snapshot of the current transaction."""
    return read_version().text


def content_version() -> str:
    """The version, at most a second old. The page that is being made depends on it."""
    note_the_version()
    return present_version().text


def present_version() -> Version:
    """The version, at most a second old, for what is no part of a page, as its ETag."""
    server = str(getattr(connection, "server_name", ""))
    now = time.monotonic()
    with _lock:
        known = _remembered.setdefault(server, _Remembered())
        if now - known.at >= SECONDS_BETWEEN_READS:
            known.version, known.at = read_version(), now
        return known.version


def forget_content_version() -> None:
    """Makes the next call of `content_version()` ask the database; for tests, whose changes come within a second."""
    with _lock:
        _remembered.clear()


def note_etag(etag: str, version: Version, *, depends_on_date: bool) -> None:
    """Tells the record of the page that is being made what its ETag stands for."""
    if (record := page_record()) is not None:
        record.etag, record.depends_on_date = etag, depends_on_date
        record.version, record.taken_back = version.text, version.taken_back
