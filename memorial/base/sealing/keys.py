"""The pair of keys that signs heads: Ed25519, the private one on the staff host and for the timer alone."""

from __future__ import annotations

import base64
import binascii
import os
from hashlib import sha256
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from memorial.base.sealing.errors import SealingError

KEY_BYTES: Final = 32
_EMBEDDED_KEY: Final = "history-seal.key"


def new_key() -> Ed25519PrivateKey:
    """A new private key."""
    return Ed25519PrivateKey.generate()


def private_text(key: Ed25519PrivateKey) -> str:
    """The private key as HISTORY_SEAL_KEY takes it: 32 bytes in base64."""
    return base64.b64encode(key.private_bytes_raw()).decode()


def public_text(key: Ed25519PublicKey) -> str:
    """The public key as HISTORY_SEAL_PUBLIC_KEY takes it: 32 bytes in base64."""
    return base64.b64encode(key.public_bytes_raw()).decode()


def key_name(key: Ed25519PublicKey) -> str:
    """A short name of a key, written beside what it signed."""
    return sha256(key.public_bytes_raw()).hexdigest()[:16]


def signing_key() -> Ed25519PrivateKey:
    """The key of the settings; beside the embedded database one made once. Raises `SealingError` for none."""
    text = settings.HISTORY_SEAL_KEY
    if not text and settings.EMBEDDED_POSTGRES:
        text = _key_of_embedded(Path(settings.VAR_DIR) / _EMBEDDED_KEY)
    if not text:
        raise SealingError(
            "HISTORY_SEAL_KEY is not set: make a pair with `manage.py seal_history --new-key`"
            " and give the private one to the timer that seals, to nobody else."
        )
    return key_from(text, "HISTORY_SEAL_KEY")


def key_from(text: str, name: str) -> Ed25519PrivateKey:
    """The private key of such a text. Raises `SealingError`, naming the setting but never repeating the text."""
    return Ed25519PrivateKey.from_private_bytes(_bytes_of(text, name))


def verifying_key(text: str = "") -> Ed25519PublicKey:
    """The public key given, or that of the settings. Raises `SealingError` where there is none."""
    text = text or settings.HISTORY_SEAL_PUBLIC_KEY
    if text:
        return Ed25519PublicKey.from_public_bytes(_bytes_of(text, "HISTORY_SEAL_PUBLIC_KEY"))
    if settings.HISTORY_SEAL_KEY or settings.EMBEDDED_POSTGRES:
        return signing_key().public_key()
    raise SealingError("HISTORY_SEAL_PUBLIC_KEY is not set: verifying needs the public key of the pair.")


def _bytes_of(text: str, name: str) -> bytes:
    """Never repeats the text: it may be the private key."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != KEY_BYTES:
        raise SealingError(f"{name} is no key: it is {KEY_BYTES} bytes in base64.")
    return raw


def _key_of_embedded(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(private_text(new_key()))
    return path.read_text(encoding="ascii").strip()
