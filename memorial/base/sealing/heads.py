"""Signed heads: lines appended to a file outside the database, which operators copy away.

A head says how long the chain is and how it ends. Whoever rewrites the database afterwards cannot
rewrite the copies. One line is one JSON object; `signature` is Ed25519 over the same object without
it, keys sorted, no spaces.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from memorial.base.sealing.keys import key_name

SEALED: Final = "sealed"
RESTORED: Final = "restored"
_TAIL_BYTES: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain at a moment.

    `horizon`: every transaction with a lower number was over and is sealed. `cluster` tells the server
    that counted them. A head of the kind `restored` says that after a restore the heads behind
    `position` are given up, and why.
    """

    kind: str
    position: int
    chain: str
    horizon: int
    cluster: str
    at: str
    reason: str = ""

    def line(self, key: Ed25519PrivateKey) -> str:
        """The signed line of the file."""
        said = {**asdict(self), "key": key_name(key.public_key())}
        signature = base64.b64encode(key.sign(_signed_bytes(said))).decode()
        return json.dumps({**said, "signature": signature}, sort_keys=True, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class ReadHead:
    """A line of a file of heads: where it stands, what it says; `fault` instead where it cannot be believed."""

    place: str
    head: Head | None
    fault: str = ""


def now_text() -> str:
    """This moment, as heads write it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def append_head(path: Path, head: Head, key: Ed25519PrivateKey) -> None:
    """Adds a line that is on the disk when this returns. Raises `OSError` where the file cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # A line cut short by a crash must not swallow the next one.
    begins = "" if _tail(path)[-1:] in (b"", b"\n") else "\n"
    with os.fdopen(
        os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(f"{begins}{head.line(key)}\n")
        file.flush()
        os.fsync(file.fileno())


def read_heads(path: Path, key: Ed25519PublicKey) -> Iterator[ReadHead]:
    """The heads of a file, in its order; a file that is not there has none."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                place = f"{path.name}, line {number}"
                head = _believed(line, key)
                yield ReadHead(place, head) if head else ReadHead(place, None, "its signature is not ours")


def last_head(path: Path, key: Ed25519PublicKey) -> Head | None:
    """The last head that is ours; None where nothing was signed yet."""
    lines = _tail(path).decode(errors="replace").splitlines()
    found = (_believed(line, key) for line in reversed(lines))
    return next((head for head in found if head), None)


def _tail(path: Path) -> bytes:
    """The end of the file, of some hundred lines: it grows for years."""
    if not path.exists():
        return b""
    with path.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL_BYTES))
        return file.read()


def still_claimed(heads: Iterable[Head]) -> list[Head]:
    """Heads that hold: those that a later restore gave up are gone."""
    held: list[Head] = []
    for head in heads:
        if head.kind == RESTORED:
            held = [one for one in held if one.position <= head.position]
        held.append(head)
    return held


def _believed(line: str, key: Ed25519PublicKey) -> Head | None:
    try:
        said: dict[str, Any] = json.loads(line)
        signature = base64.b64decode(said.pop("signature"), validate=True)
        key.verify(signature, _signed_bytes(said))
        return Head(**{field.name: said[field.name] for field in fields(Head)})
    except (ValueError, TypeError, KeyError, AttributeError, InvalidSignature):
        return None


def _signed_bytes(said: dict[str, Any]) -> bytes:
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
