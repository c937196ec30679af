"""Copies in a Redis that the hosts share, and up to which withdrawal they know. Away, it is done without.

What stands there is signed with the site's key: whoever takes the cache over can neither put a page of theirs
before readers, nor run a program here, as `pickle` would let them.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable
from functools import cache
from typing import Final, TypeVar

from django.conf import settings
from django.core.cache import caches
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from memorial.copies.page_copy import PageCopy, unpacked

LEFT_ALONE: Final = 3.0
"""Seconds during which a cache that has failed is not asked."""
_TAKEN_BACK: Final = "taken-back"
_LONGEST: Final = 2_000_000
Answer = TypeVar("Answer")


class SignedBytes:
    """Bytes with a signature before them: what Django's Redis backend writes and reads."""

    def dumps(self, value: bytes) -> bytes:
        """What is written."""
        return _signature(value) + value

    def loads(self, data: bytes) -> bytes | None:
        """What was written; None for what this site has not signed."""
        length = hashlib.sha256().digest_size
        value = data[length:]
        return value if hmac.compare_digest(data[:length], _signature(value)) else None


class SharedCopies:
    """Copies by address, for all hosts. Raises nothing: whatever fails is left alone for a moment."""

    def __init__(self) -> None:
        self._away_until = float("-inf")

    def get(self, address: str) -> PageCopy | None:
        """The copy at an address; None where there is none, or none can be got."""
        found = self._tried(lambda: caches["pages"].get(_key(address)))
        copy = unpacked(found) if found else None
        return copy if copy is not None and copy.address == address else None

    def put(self, copy: PageCopy) -> None:
        """Keep a copy for the other hosts."""
        content = copy.packed()
        if len(content) <= _LONGEST:
            self._tried(lambda: caches["pages"].set(_key(copy.address), content))

    def tell_taken_back(self, taken_back: str) -> None:
        """Let the other hosts know, for when the database is away, up to where things were taken back."""
        self._tried(lambda: caches["pages"].set(_TAKEN_BACK, taken_back.encode(), timeout=None))

    def taken_back(self) -> str:
        """What some host has told last; "" where nothing is known."""
        return (self._tried(lambda: caches["pages"].get(_TAKEN_BACK)) or b"").decode()

    def _tried(self, ask: Callable[[], Answer]) -> Answer | None:
        if time.monotonic() < self._away_until:
            return None
        try:
            return ask()
        except (RedisError, OSError):
            self._away_until = time.monotonic() + LEFT_ALONE
            return None


@cache
def shared_copies() -> SharedCopies | None:
    """Those of this site; None where no Redis is named."""
    return SharedCopies() if settings.PAGE_COPIES_SHARED else None


def _key(address: str) -> str:
    # What readers looked for stands in no key either.
    return hashlib.sha256(address.encode()).hexdigest()


def _signature(value: bytes) -> bytes:
    return salted_hmac("memorial.copies.shared", value, algorithm="sha256").digest()
