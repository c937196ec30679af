"""Reads and judges what the environment says about mirrors; see docs/mirror.md."""

from __future__ import annotations

import base64
import os
import re
from typing import Final
from urllib.parse import urlsplit

from memorial.errors import Misconfigured

_KEY_BYTES: Final = 32
_BUCKET: Final = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:/[A-Za-z0-9._-]+)*", re.ASCII)


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


def mirror_store() -> str:
    """MIRROR_STORE: a bucket of an S3-compatible store, with a folder in it or none ("copies/site"); empty for none."""
    text = os.environ.get("MIRROR_STORE", "").strip().removeprefix("s3://").rstrip("/")
    if text and not _BUCKET.fullmatch(text):
        raise Misconfigured(f"MIRROR_STORE names {text!r}: write a bucket, or bucket/folder.")
    return text


def mirror_store_endpoint() -> str:
    """MIRROR_STORE_ENDPOINT: where the store answers, https, or http on this machine; empty for Amazon's own."""
    text = os.environ.get("MIRROR_STORE_ENDPOINT", "").strip()
    parts = urlsplit(text)
    if text and not (
        parts.hostname and (parts.scheme == "https" or parts.hostname in {"localhost", "127.0.0.1", "::1"})
    ):
        raise Misconfigured(f"MIRROR_STORE_ENDPOINT is {text!r}: write a whole address, https://….")
    return text
