"""Addresses of wallets, each with the checksum of its network."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from django.utils.translation import gettext as _

from donations.checks.base58 import decode_base58check
from donations.checks.bech32 import decode_segwit
from donations.checks.keccak import keccak_256
from donations.checks.refused import DetailsRefused

ASSETS: Final[Mapping[str, frozenset[str]]] = {
    "bitcoin": frozenset({"BTC"}),
    "ethereum": frozenset({"ETH", "USDC", "USDT", "DAI"}),
    "tron": frozenset({"TRX", "USDT"}),
}
"""What can be sent over each network (`donations.choices.Network`)."""
_P2PKH, _P2SH, _TRON = 0x00, 0x05, 0x41
_HASH: Final = 20
_ETHEREUM: Final = re.compile(r"0x[0-9a-fA-F]{40}")
_FROM_HERE_CAPITAL: Final = 8


def check_network(network: str) -> None:
    """Raises `DetailsRefused` for a network that this programme cannot check addresses of."""
    if network not in ASSETS:
        raise DetailsRefused(_("Of the network %(name)s no address can be checked.") % {"name": network})


def check_asset(asset: str, network: str) -> None:
    """Raises `DetailsRefused` for a currency that the network does not carry: it would be lost."""
    if asset not in ASSETS.get(network, ()):
        raise DetailsRefused(
            _("%(asset)s is not sent over %(network)s.") % {"asset": asset, "network": network}
        )


def check_address(address: str, network: str) -> None:
    """Raises `DetailsRefused` unless the address is one of this network, its checksum included."""
    check_network(network)
    if not _CHECKS[network](address):
        raise DetailsRefused(
            _("This is no address of %(name)s: one of its characters is wrong.") % {"name": network}
        )


def eip55(address: str) -> str:
    """An Ethereum address with the capitals that are its checksum (EIP-55). The address is `0x` and 40 digits."""
    digits = address[2:].lower()
    capitals = keccak_256(digits.encode("ascii")).hex()
    pairs = zip(digits, capitals, strict=False)
    return "0x" + "".join(
        digit.upper() if int(guide, 16) >= _FROM_HERE_CAPITAL else digit for digit, guide in pairs
    )


def _is_bitcoin(address: str) -> bool:
    """Main network only: a hash of a key or script in base58, or a witness program of a version in use.

    Versions above 1 mean nothing yet: whoever comes first could take what is sent there.
    """
    payload = decode_base58check(address)
    if payload is not None:
        return len(payload) == 1 + _HASH and payload[0] in (_P2PKH, _P2SH)
    program = decode_segwit("bc", address)
    # In lower case only: one address has one spelling in the signed text.
    return program is not None and program.version <= 1 and address == address.lower()


def _is_ethereum(address: str) -> bool:
    """Mixed case required: an address all in small letters has no checksum at all."""
    return bool(_ETHEREUM.fullmatch(address)) and eip55(address) == address


def _is_tron(address: str) -> bool:
    payload = decode_base58check(address)
    return payload is not None and len(payload) == 1 + _HASH and payload[0] == _TRON


_CHECKS: Final[Mapping[str, Callable[[str], bool]]] = {
    "bitcoin": _is_bitcoin,
    "ethereum": _is_ethereum,
    "tron": _is_tron,
}
