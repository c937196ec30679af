"""Texts that only the staff host can read: sealed before they reach the database, opened after they leave it.

AES-256-GCM under a key of its own for every place (`table.column`), derived by HKDF-SHA256 from the
keys of the setting FIELD_KEYS: the first seals, all of them open. A sealed text is

    e1:<name of the key, 8 hex digits>:<base64url of nonce, ciphertext and tag>

The place is bound to the text, the row is not: docs/decisions/0014. An empty text stays empty, so that the
database can demand that something is there; lengths are hidden in steps of 32 bytes.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import re
import struct
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

VERSION: Final = "e1"
SHAPE: Final = r"^(e1:[0-9a-f]{8}:[A-Za-z0-9_-]{80,})?$"
"""What a column of sealed texts may hold, as a regular expression of PostgreSQL and of Python."""
KEY_BYTES: Final = 32
DIGEST_LETTERS: Final = 32
"""Hexadecimal digits of a digest: 128 bits."""
_NONCE: Final = 12
_STEP: Final = 32
_LENGTH: Final = struct.Struct(">I")
_SHAPE: Final = re.compile(SHAPE)


class CannotOpenError(ValueError):
    """A sealed text that does not open: its key is not there, it was changed, or it was moved here."""


class NoKeysError(RuntimeError):
    """This process has no keys, as the readers' process must not: it can neither seal nor open."""


def seal(text: str, place: str) -> str:
    """The text as the database keeps it; every call gives another one. Raises `NoKeysError`."""
    if not text:
        return ""
    key = _keys()[0]
    nonce = os.urandom(_NONCE)
    body = AESGCM(_derived(key, f"seal:{place}")).encrypt(nonce, _padded(text), place.encode())
    return f"{VERSION}:{key_name(key)}:{base64.urlsafe_b64encode(nonce + body).rstrip(b'=').decode()}"


def unseal(sealed: str, place: str) -> str:
    """The text. Raises `CannotOpenError` for what was not sealed for this place with a key we have."""
    if not sealed:
        return ""
    if not is_sealed(sealed):
        raise CannotOpenError("This is not a sealed text.")
    _version, name, blob = sealed.split(":")
    key = next((key for key in _keys() if key_name(key) == name), None)
    if key is None:
        raise CannotOpenError(f"The key {name} is not among FIELD_KEYS.")
    try:
        raw = base64.urlsafe_b64decode(blob + "=" * (-len(blob) % 4))
        opened = AESGCM(_derived(key, f"seal:{place}")).decrypt(raw[:_NONCE], raw[_NONCE:], place.encode())
    except (binascii.Error, InvalidTag) as error:
        raise CannotOpenError("The sealed text was changed, or belongs to another place.") from error
    return _unpadded(opened)


def is_sealed(text: str) -> bool:
    """Whether it looks like a sealed text; only opening tells whether it is one."""
    return bool(text) and _SHAPE.match(text) is not None


def is_current(sealed: str) -> bool:
    """Whether it is sealed with the first key, or empty."""
    return not sealed or sealed.startswith(current_prefix())


def current_prefix() -> str:
    """How every text begins that the first key has sealed."""
    return f"{VERSION}:{key_name(_keys()[0])}:"


def digests(text: str, place: str) -> list[str]:
    """Keyed digests of a normalised text, one for each key, the current one first. Raises `NoKeysError`.

    Equal texts of one place have equal digests; without the key nobody can try words out.
    """
    return [
        hmac.new(_derived(key, f"digest:{place}"), text.encode(), hashlib.sha256).hexdigest()[:DIGEST_LETTERS]
        for key in _keys()
    ]


def digest(text: str, place: str) -> str:
    """The digest by which a text is found, made with the current key."""
    return digests(text, place)[0]


@lru_cache(maxsize=64)
def key_name(key: bytes) -> str:
    """How a key is called in what it sealed: eight hexadecimal digits that tell nothing of it."""
    return _derived(key, "name").hex()[:8]


def _keys() -> tuple[bytes, ...]:
    keys: tuple[bytes, ...] = tuple(settings.FIELD_KEYS)
    if not keys:
        raise NoKeysError("This process has no FIELD_KEYS: only the staff office can read or write this.")
    return keys


@lru_cache(maxsize=1024)
def _derived(key: bytes, purpose: str) -> bytes:
    info = f"memorial field encryption 1\0{purpose}".encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(key)


def _padded(text: str) -> bytes:
    body = text.encode()
    whole = _LENGTH.pack(len(body)) + body
    return whole + b"\0" * (-len(whole) % _STEP)


def _unpadded(whole: bytes) -> str:
    length = _LENGTH.unpack_from(whole)[0]
    return whole[_LENGTH.size : _LENGTH.size + length].decode()
