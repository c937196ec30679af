"""Which addresses may be asked: never one of our own network, whatever an editor typed or a site sends us to."""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

PORTS: Final = {"http": 80, "https": 443}
_NEVER: Final = (
    ".local",
    ".localhost",
    ".internal",
    ".intranet",
    ".lan",
    ".home",
    ".corp",
    ".onion",
    ".arpa",
)
_NAME: Final = re.compile(
    r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*"
)


class AddressRefused(ValueError):
    """The address is no page of the open web."""


@dataclass(frozen=True)
class Target:
    """A page that may be asked: its host as ASCII, the port of its scheme, the rest of its address."""

    scheme: str
    host: str
    path: str

    @property
    def port(self) -> int:
        return PORTS[self.scheme]

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host}{self.path}"


def target_of(url: str) -> Target:
    """Reads an address. Raises `AddressRefused` for another scheme, a port, a password, a number, a bare name."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        host = (parts.hostname or "").rstrip(".").encode("idna").decode("ascii").lower()
    except (ValueError, UnicodeError) as error:
        raise AddressRefused(url) from error
    if parts.scheme not in PORTS or port not in (None, PORTS[parts.scheme]) or parts.username is not None:
        raise AddressRefused(url)
    # A host that ends in a figure is a number in one of its many spellings: 127.1, 0x7f.1, 2130706433.
    if not _NAME.fullmatch(host) or host.endswith(_NEVER):
        raise AddressRefused(url)
    path = _ascii((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    return Target(parts.scheme, host, path)


def open_addresses(host: str, port: int) -> list[str]:
    """The numbers of a host. Raises `AddressRefused` if any of them is not of the open network, `OSError` for none.

    The caller connects to what was looked at here and resolves nothing anew: between two answers of a name
    server the number could become one of ours.
    """
    found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    if not found or not all(_is_open(number) for number in found):
        raise AddressRefused(host)
    return sorted(found, key=lambda number: ":" in number)


def _is_open(number: str) -> bool:
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if inner := address.ipv4_mapped or address.sixtofour:
            return _is_open(str(inner))
        if address in ipaddress.ip_network("64:ff9b::/96"):
            return _is_open(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
    return address.is_global and not address.is_multicast


def _ascii(path: str) -> str:
    """The path as it goes over the wire: letters of other alphabets as percent signs, no blanks, no line ends."""
    return "".join(
        sign if "!" <= sign <= "~" else "".join(f"%{byte:02X}" for byte in sign.encode("utf-8", "replace"))
        for sign in path
    )
