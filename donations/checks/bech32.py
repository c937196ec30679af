"""Bech32 and Bech32m, as Bitcoin writes addresses of witness programs (BIP 173, BIP 350)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

_DIGITS: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32, _BECH32M = 1, 0x2BC830A3
_CHECKSUM: Final = 6
_LONGEST: Final = 90
_HIGHEST_VERSION: Final = 16
_PROGRAM: Final = range(2, 41)
_PROGRAM_OF_VERSION_0: Final = (20, 32)
_PRINTABLE: Final = range(33, 127)


@dataclass(frozen=True)
class WitnessProgram:
    """Where coins go: a version and 2 to 40 bytes."""

    version: int
    program: bytes


def decode_segwit(prefix: str, address: str) -> WitnessProgram | None:
    """The program of an address of the network `prefix`; None for whatever is wrong with it."""
    decoded = _decode(address)
    if decoded is None or decoded[0] != prefix or not decoded[1]:
        return None
    _prefix, digits, constant = decoded
    version, program = digits[0], _regroup(digits[1:])
    if program is None or len(program) not in _PROGRAM or version > _HIGHEST_VERSION:
        return None
    if version == 0 and len(program) not in _PROGRAM_OF_VERSION_0:
        return None
    return WitnessProgram(version, program) if constant == (_BECH32M if version else _BECH32) else None


def _decode(text: str) -> tuple[str, list[int], int] | None:
    if len(text) > _LONGEST or text not in (text.lower(), text.upper()):
        return None
    if not all(ord(sign) in _PRINTABLE for sign in text):
        return None
    prefix, one, data = text.lower().rpartition("1")
    if not (prefix and one) or len(data) < _CHECKSUM or not set(data) <= set(_DIGITS):
        return None
    digits = [_DIGITS.index(sign) for sign in data]
    constant = _polymod([*_expanded(prefix), *digits])
    return (prefix, digits[:-_CHECKSUM], constant) if constant in (_BECH32, _BECH32M) else None


def encode_segwit(prefix: str, version: int, program: bytes) -> str:
    """The address of a program."""
    digits = [version, *_digits_of(program)]
    constant = _BECH32M if version else _BECH32
    rest = _polymod([*_expanded(prefix), *digits, *[0] * _CHECKSUM]) ^ constant
    checksum = [(rest >> 5 * (_CHECKSUM - 1 - place)) & 31 for place in range(_CHECKSUM)]
    return prefix + "1" + "".join(_DIGITS[digit] for digit in (*digits, *checksum))


def _expanded(prefix: str) -> list[int]:
    return [ord(sign) >> 5 for sign in prefix] + [0] + [ord(sign) & 31 for sign in prefix]


def _polymod(digits: Iterable[int]) -> int:
    rest = 1
    for digit in digits:
        top, rest = rest >> 25, (rest & 0x1FFFFFF) << 5 ^ digit
        for place, factor in enumerate(_GENERATOR):
            rest ^= factor if top >> place & 1 else 0
    return rest


def _regroup(digits: Sequence[int]) -> bytes | None:
    """Digits of five bits as bytes; None where what is left over is a whole digit, or is not zero."""
    number = 0
    for digit in digits:
        number = number << 5 | digit
    over = len(digits) * 5 % 8
    if over >= 5 or number & ((1 << over) - 1):
        return None
    return (number >> over).to_bytes(len(digits) * 5 // 8, "big")


def _digits_of(program: bytes) -> list[int]:
    bits = len(program) * 8
    padded = -bits % 5
    number = int.from_bytes(program, "big") << padded
    return [number >> place & 31 for place in range(bits + padded - 5, -1, -5)]
