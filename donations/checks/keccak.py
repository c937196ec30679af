"""Keccak-256 as Ethereum uses it: SHA-3 before the standard changed its padding, so `hashlib` has it not.

Own code, because the packages that have it bring a whole library of ciphers into the machine that signs;
the same permutation with the standard's padding is compared with `hashlib.sha3_256` in the tests.
"""

from __future__ import annotations

from typing import Final

_RATE: Final = 136  # bytes taken in at a time, for 256 bits out
_MASK: Final = (1 << 64) - 1
_ROUNDS: Final = 24
_KECCAK, _SHA3 = 0x01, 0x06


def keccak_256(data: bytes, *, padding: int = _KECCAK) -> bytes:
    """The digest, 32 bytes. With `padding` 0x06 it is SHA3-256."""
    padded = bytearray(data + bytes(_RATE - len(data) % _RATE))
    padded[len(data)] ^= padding
    padded[-1] ^= 0x80
    lanes = [0] * 25
    for start in range(0, len(padded), _RATE):
        for lane in range(_RATE // 8):
            at = start + 8 * lane
            lanes[lane] ^= int.from_bytes(padded[at : at + 8], "little")
        lanes = _permuted(lanes)
    return b"".join(lane.to_bytes(8, "little") for lane in lanes[:4])


def _permuted(lanes: list[int]) -> list[int]:
    """Keccak-f[1600]: lane (x, y) stands at x + 5y."""
    register = 1
    for _round in range(_ROUNDS):
        columns = [lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20] for x in range(5)]
        turned = [columns[x - 1] ^ _rolled(columns[(x + 1) % 5], 1) for x in range(5)]
        lanes = [lane ^ turned[place % 5] for place, lane in enumerate(lanes)]
        lanes = _moved(lanes)
        lanes = [
            lanes[at] ^ (~lanes[at - at % 5 + (at + 1) % 5] & lanes[at - at % 5 + (at + 2) % 5])
            for at in range(25)
        ]
        for power in range(7):
            if register & 1:
                lanes[0] ^= 1 << ((1 << power) - 1)
            register = register << 1 ^ (0x171 if register & 0x80 else 0)
    return lanes


def _moved(lanes: list[int]) -> list[int]:
    """Every lane turned within itself and put elsewhere (rho and pi)."""
    moved = list(lanes)
    x, y = 1, 0
    for step in range(_ROUNDS):
        lane = _rolled(lanes[x + 5 * y], (step + 1) * (step + 2) // 2 % 64)
        x, y = y, (2 * x + 3 * y) % 5
        moved[x + 5 * y] = lane
    return moved


def _rolled(lane: int, places: int) -> int:
    return (lane << places | lane >> (64 - places)) & _MASK
