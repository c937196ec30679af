"""Codes of six figures from a shared secret and the clock: RFC 4226 and 6238, as every telephone knows them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import struct
import time
from typing import Final
from urllib.parse import quote, urlencode

PERIOD: Final = 30
"""Seconds that a code is shown for."""
DIGITS: Final = 6
DRIFT: Final = 1
"""How many periods a telephone's clock may be wrong, either way."""
ISSUER: Final = "Office"
"""What the telephone shows beside the code: nothing that a stranger who looks at it would understand."""


def new_secret() -> str:
    """A fresh secret of 160 bits, in base32."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, step: int) -> str:
    """The code of one period, counted from 1970."""
    key = base64.b32decode(secret, casefold=True)
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = struct.unpack_from(">I", digest, offset)[0] & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_now() -> int:
    """The number of the period that is now."""
    return int(time.time()) // PERIOD


def step_of(secret: str, typed: str) -> int | None:
    """The period whose code was typed, within the drift; None where it is no code of now. Spaces do not matter."""
    code = "".join(typed.split())
    if len(code) != DIGITS or not (code.isascii() and code.isdigit()):
        return None
    now = step_now()
    found = None
    for step in range(now - DRIFT, now + DRIFT + 1):
        # Every period is compared, so that the time taken tells nothing.
        if hmac.compare_digest(code_at(secret, step), code):
            found = step
    return found


def provisioning_uri(secret: str, name: str) -> str:
    """What the QR code holds, for a telephone to set itself up."""
    return f"otpauth://totp/{quote(f'{ISSUER}:{name}')}?{urlencode({'secret': secret, 'issuer': ISSUER})}"


def in_groups(secret: str) -> str:
    """The secret for typing by hand: four letters at a time."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
