"""Base58Check, as Bitcoin and Tron write addresses: the last four bytes are a checksum."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

_DIGITS: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_CHECKSUM: Final = 4
_LONGEST: Final = 60  # characters; an address has at most 35


def decode_base58check(text: str) -> bytes | None:
    """What the text stands for, without its checksum; None where the checksum or a sign is wrong."""
    if not text or len(text) > _LONGEST or not set(text) <= set(_DIGITS):
        return None
    number = 0
    for sign in text:
        number = number * 58 + _DIGITS.index(sign)
    zeros = len(text) - len(text.lstrip("1"))
    data = bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")
    payload, checksum = data[:-_CHECKSUM], data[-_CHECKSUM:]
    return payload if payload and _checksum(payload) == checksum else None


def encode_base58check(payload: bytes) -> str:
    """The text of a payload, with its checksum."""
    data = payload + _checksum(payload)
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = _DIGITS[digit] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def _checksum(payload: bytes) -> bytes:
    return sha256(sha256(payload).digest()).digest()[:_CHECKSUM]
