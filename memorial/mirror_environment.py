"""Reads and judges what the environment says about mirrors; see docs/mirror.md."""

from __future__ import annotations

import base64
import os
from typing import Final
from urllib.parse import urlsplit

from memorial.errors import Misconfigured

_KEY_BYTES: Final = 32


def mirror_key(*, is_web: bool) -> str:
    """MIRROR_KEY: the private key that signs mirrors, 32 bytes in base64; empty where none are built.

    Raises Misconfigured in a process that answers requests: who breaks into it could sign a forgery.
    """
    key = os.environ.get("MIRROR_KEY", "").strip()
    if key and is_web:
        raise Misconfigured(
            "MIRROR_KEY is set for a process that answers requests: give it to the timer that runs"
            " build_mirror, and to nothing else."
        )
    return key


def mirror_public_key() -> str:
    """MIRROR_PUBLIC_KEY: what readers check a copy with; raises Misconfigured for what is no key."""
    text = os.environ.get("MIRROR_PUBLIC_KEY", "").strip()
    try:
        is_key = not text or len(base64.b64decode(text, validate=True)) == _KEY_BYTES
    except ValueError:
        is_key = False
    if not is_key:
        raise Misconfigured(
            "MIRROR_PUBLIC_KEY is no key: write the 32 bytes in base64 that build_mirror --new-key printed."
        )
    return text


def mirror_addresses() -> tuple[str, ...]:
    """MIRRORS: where copies of the site can be read, with commas between; https, or http of an onion service."""
    addresses = tuple(filter(None, (text.strip() for text in os.environ.get("MIRRORS", "").split(","))))
    for address in addresses:
        parts = urlsplit(address)
        if not parts.hostname or (parts.scheme != "https" and not parts.hostname.endswith(".onion")):
            raise Misconfigured(f"MIRRORS names {address!r}: write whole addresses, https://….")
    return addresses
