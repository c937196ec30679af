"""Keys of signed sets. The private one lives on the machine that signs, in a file of its own."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.utils.translation import gettext_lazy as _

from donations.checks.refused import DetailsRefused

_BYTES: Final = 32
_NAME: Final = 16  # hexadecimal digits of the SHA-256 of the public key


def public_text(key: Ed25519PublicKey) -> str:
    """How a public key is written in DONATE_PUBLIC_KEYS: 32 bytes in base64."""
    return base64.b64encode(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).decode("ascii")


def key_id(key: Ed25519PublicKey) -> str:
    """The name of a key in signed texts: 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:_NAME]


def public_keys(texts: list[str] | tuple[str, ...]) -> Mapping[str, Ed25519PublicKey]:
    """The keys of such texts, by name. Raises `DetailsRefused` for what is no key, without repeating it."""
    keys = [_public_key(text) for text in texts]
    named = {key_id(key): key for key in keys}
    if len(named) != len(keys):
        raise DetailsRefused(_("One key is there twice."))
    return named


def _public_key(text: str) -> Ed25519PublicKey:
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        data = b""
    if len(data) != _BYTES or base64.b64encode(data).decode("ascii") != text:
        raise DetailsRefused(_("A public key is 32 bytes in base64, as make_payment_key prints it."))
    return Ed25519PublicKey.from_public_bytes(data)


def write_new_key(file: Path, passphrase: bytes) -> Ed25519PublicKey:
    """Makes a pair and writes the private key to a new file that only its owner may read; returns the public one.

    PEM (PKCS 8), encrypted where there is a passphrase. Raises `FileExistsError`: no key is ever overwritten.
    """
    key = Ed25519PrivateKey.generate()
    how: KeySerializationEncryption = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(pem)
    return key.public_key()


def is_encrypted(file: Path) -> bool:
    """Whether a passphrase is needed. Raises `OSError`."""
    return b"ENCRYPTED PRIVATE KEY" in file.read_bytes()


def read_private_key(file: Path, passphrase: bytes = b"") -> Ed25519PrivateKey:
    """The private key of a file. Raises `OSError`, or `DetailsRefused` for a wrong passphrase or another kind."""
    try:
        key = load_pem_private_key(file.read_bytes(), passphrase or None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise DetailsRefused(_("The file holds no private key, or the passphrase is wrong.")) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise DetailsRefused(_("The key is not an Ed25519 key."))
    return key
