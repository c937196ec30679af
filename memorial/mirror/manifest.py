"""The signed head of a mirror and its two lists: what is in it, and what is not to be in any copy of it.

The head is short, so that whoever checks it needs no memory; it names the digests of the lists.
What was withdrawn is written as the digest of its name: a holder of a copy finds the file that is to
go, and the list itself names nobody.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final, TextIO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from memorial.base.sealing.keys import key_name
from memorial.mirror import verify_mirror as form
from memorial.mirror.ledger import Made

DAYS_WITHDRAWN: Final = 400
"""How long a withdrawn name stays in the list: longer than anybody keeps a copy that has expired."""


@dataclass(frozen=True)
class Head:
    """What is said of a mirror as a whole."""

    made: datetime
    valid_until: date
    origin: str

    def lines(self, files: int, folder: Path, key: Ed25519PrivateKey) -> list[str]:
        """The signed lines, the digests of the lists among them."""
        return [
            form.FIRST_LINE,
            f"made {self.made.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            f"valid-until {self.valid_until.isoformat()}",
            f"origin {self.origin}",
            f"files {files}",
            f"files-sha256 {form.digest_of(folder / form.FILES)}",
            f"withdrawn-sha256 {form.digest_of(folder / form.WITHDRAWN)}",
            f"key {key_name(key.public_key())}",
        ]


def write_manifest(
    folder: Path, files: Iterable[Made], gone: dict[str, date], head: Head, key: Ed25519PrivateKey
) -> int:
    """Writes the lists and then the head that signs them; returns how many files there are."""
    number = 0
    with _written(folder / form.FILES) as lines:
        for made in files:
            number += 1
            lines.write(f"{made.digest} {made.size} {made.file}\n")
    with _written(folder / form.WITHDRAWN) as lines:
        for digest, day in sorted(gone.items()):
            lines.write(f"{day.isoformat()} {digest}\n")
    signed = "".join(f"{line}\n" for line in head.lines(number, folder, key)).encode("ascii")
    signature = base64.b64encode(key.sign(signed)).decode("ascii")
    with _written(folder / form.HEAD) as text:
        text.write(signed.decode("ascii") + f"signature {signature}\n")
    return number


@contextmanager
def _written(path: Path) -> Iterator[TextIO]:
    """A text file that is there whole or as it was before."""
    new = path.with_name(path.name + ".new")
    with new.open("w", encoding="ascii", newline="\n") as file:
        yield file
    new.replace(path)


def withdrawn_before(folder: Path, today: date) -> dict[str, date]:
    """What the mirror's list says was withdrawn, less what is so old that no valid copy can hold it."""
    path = folder / form.WITHDRAWN
    if not path.exists():
        return {}
    lines = (line.split() for line in path.read_text(encoding="ascii").splitlines())
    rows = ((digest, date.fromisoformat(day)) for day, digest in lines)
    return {digest: day for digest, day in rows if (today - day).days <= DAYS_WITHDRAWN}


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal, as in the list of files."""
    return hashlib.sha256(data).hexdigest()
