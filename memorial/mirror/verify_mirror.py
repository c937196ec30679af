#!/usr/bin/env python3
"""Is this copy of the site whole, and whose is it? Needs nothing but Python 3.9 or newer.

    python3 verify_mirror.py FOLDER --key PUBLIC_KEY

The public key must reach you on another way than the copy: whoever changed the copy can also change
what the copy says about itself. Answers 0: whole, signed by that key, still valid. 1: something is
wrong, and what. 2: this cannot be read at all.

The check of the signature is Ed25519 as RFC 8032 (section 5.1) defines it, written out here because
Python brings none; it verifies, knows no secret, and so need not hide how long it takes.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import os
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

HEAD = "mirror-manifest.txt"
FILES = "mirror-files.txt"
WITHDRAWN = "mirror-withdrawn.txt"
OWN = frozenset({HEAD, FILES, WITHDRAWN})
FIRST_LINE = "political-prisoners mirror 1"

# --- Ed25519, RFC 8032, 5.1 -------------------------------------------------------------------

_KEY_BYTES, _SIGNATURE_BYTES = 32, 64
_P = 2**255 - 19
_Q = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)


class _Point:
    """A point of the curve in extended coordinates (section 5.1.4)."""

    def __init__(self, x: int, y: int, z: int, t: int) -> None:
        self.x, self.y, self.z, self.t = x, y, z, t

    def __add__(self, other: _Point) -> _Point:
        a = (self.y - self.x) * (other.y - other.x) % _P
        b = (self.y + self.x) * (other.y + other.x) % _P
        c = 2 * self.t * other.t * _D % _P
        d = 2 * self.z * other.z % _P
        e, f, g, h = b - a, d - c, d + c, b + a
        return _Point(e * f % _P, g * h % _P, f * g % _P, e * h % _P)

    def times(self, number: int) -> _Point:
        """This point added to itself so many times."""
        result, point = _Point(0, 1, 1, 0), self
        while number > 0:
            if number & 1:
                result += point
            point += point
            number >>= 1
        return result

    def is_same(self, other: _Point) -> bool:
        """Whether the two are one point, whatever their third coordinate."""
        x = self.x * other.z - other.x * self.z
        y = self.y * other.z - other.y * self.z
        return x % _P == 0 and y % _P == 0


def _x_of(y: int, sign: int) -> int | None:
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    if square == 0:
        return None if sign else 0
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if (x * x - square) % _P:
        return None
    return _P - x if x & 1 != sign else x


def _point(data: bytes) -> _Point | None:
    y = int.from_bytes(data, "little")
    sign = y >> 255
    y &= (1 << 255) - 1
    x = _x_of(y, sign)
    return None if x is None else _Point(x, y, 1, x * y % _P)


# The base point: y is 4/5, x is even.
_BASE_Y = 4 * pow(5, _P - 2, _P) % _P
_BASE_X = _x_of(_BASE_Y, 0) or 0
_BASE = _Point(_BASE_X, _BASE_Y, 1, _BASE_X * _BASE_Y % _P)


def signed_by(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` (64 bytes) is the key's (32 bytes) on the message."""
    if len(key) != _KEY_BYTES or len(signature) != _SIGNATURE_BYTES:
        return False
    public, commitment = _point(key), _point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if public is None or commitment is None or scalar >= _Q:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % _Q
    return _BASE.times(scalar).is_same(commitment + public.times(challenge))


# --- The mirror -------------------------------------------------------------------------------


class Head:
    """The signed head: its words, its signed bytes, its signature."""

    def __init__(self, folder: Path) -> None:
        """Reads it. Raises OSError, and ValueError for what is no head."""
        data = (folder / HEAD).read_bytes()
        self.signed, mark, signature = data.rpartition(b"signature ")
        lines = self.signed.decode("ascii").splitlines()
        if not mark or lines[:1] != [FIRST_LINE] or not signature.endswith(b"\n"):
            raise ValueError("this is no head of a mirror")
        self.words = dict(line.split(" ", 1) for line in lines[1:])
        self.signature = base64.b64decode(signature[:-1], validate=True)

    @property
    def valid_until(self) -> date:
        """The last day on which the copy may be trusted to be what is published."""
        return date.fromisoformat(self.words["valid-until"])


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal, read piece by piece."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()


def name_digest(name: str) -> str:
    """How a withdrawn address is written: so that who has the file finds it, and nobody is named."""
    return hashlib.sha256(name.encode()).hexdigest()


def there(folder: Path) -> Iterator[str]:
    """The names of all files, with slashes, whatever the system; links to elsewhere as files too."""
    for where, _folders, names in os.walk(folder):
        for name in names:
            yield (Path(where) / name).relative_to(folder).as_posix()


def listed(folder: Path) -> dict[str, tuple[str, int]]:
    """What the list says of each file: its digest and size. Raises ValueError."""
    found: dict[str, tuple[str, int]] = {}
    with (folder / FILES).open(encoding="ascii") as file:
        for line in file:
            digest, size, name = line.rstrip("\n").split(" ", 2)
            if name in found:
                raise ValueError("a file is listed twice")
            found[name] = (digest, int(size))
    return found


def withdrawn(folder: Path) -> set[str]:
    """The digests of the names of what was withdrawn. Raises ValueError."""
    found = set()
    with (folder / WITHDRAWN).open(encoding="ascii") as file:
        for line in file:
            _day, digest = line.rstrip("\n").split(" ")
            found.add(digest)
    return found


def findings(folder: Path, key: bytes | None = None, today: date | None = None) -> Iterator[str]:
    """What is wrong with a mirror, sentence by sentence; nothing where all is well.

    `key` are the 32 bytes of the public key, None to leave open whose it is. Raises OSError,
    KeyError or ValueError for a folder that cannot be read as a mirror.
    """
    yield from _about_the_head(folder, Head(folder), key, today or datetime.now(UTC).date())
    files, gone, seen = listed(folder), withdrawn(folder), set(OWN)
    for name in there(folder):
        if name_digest(name) in gone:
            yield f"Withdrawn, remove it: {name}"
        elif name not in files and name not in OWN:
            yield f"Not of this mirror: {name}"
        seen.add(name)
    for name, (digest, size) in files.items():
        path = folder.joinpath(*name.split("/"))
        if name not in seen:
            yield f"Missing: {name}"
        elif path.is_symlink() or path.stat().st_size != size or digest_of(path) != digest:
            yield f"Changed: {name}"


def _about_the_head(folder: Path, head: Head, key: bytes | None, today: date) -> Iterator[str]:
    if key is not None and not signed_by(key, head.signed, head.signature):
        yield "The head is not signed by this key: do not trust anything here."
    if head.valid_until < today:
        yield f"This copy was valid until {head.valid_until}: get a newer one."
    for name, said in ((FILES, "files-sha256"), (WITHDRAWN, "withdrawn-sha256")):
        if digest_of(folder / name) != head.words[said]:
            yield f"Changed: {name}"


def _key(text: str | None) -> bytes | None:
    key = base64.b64decode(text, validate=True) if text else None
    if key is not None and len(key) != _KEY_BYTES:
        raise ValueError("a public key is 32 bytes in base64")
    return key


def main(arguments: list[str] | None = None) -> int:
    """Say what is wrong, or that nothing is."""
    parser = argparse.ArgumentParser(description="Checks a copy of the site.")
    parser.add_argument("folder", type=Path, help="the folder of the copy")
    parser.add_argument("--key", help="the public key, in base64, from a source that you trust")
    given = parser.parse_args(arguments)
    wrong = 0
    try:
        for wrong, sentence in enumerate(findings(given.folder, _key(given.key)), start=1):  # noqa: B007
            sys.stdout.write(f"{sentence}\n")
    except (OSError, ValueError, KeyError, binascii.Error) as error:
        sys.stderr.write(f"Cannot be read as a mirror: {error}\n")
        return 2
    if wrong:
        return 1
    unsaid = "" if given.key else " Whose it is was not checked: give the public key with --key."
    sys.stdout.write(f"Whole.{unsaid}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
