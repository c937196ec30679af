"""One question to one link: through the proxy if there is one, and then never without it. No text is read."""

from __future__ import annotations

import http.client
import socket
import ssl
from contextlib import closing
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

from memorial.attention.links.addresses import AddressRefused, Target, open_addresses, target_of
from memorial.attention.models.link import Failure

TIMEOUT: Final = 15
"""Seconds for each step of a question."""
MOST_REDIRECTS: Final = 5
_REFUSES_HEAD: Final = frozenset({400, 403, 404, 405, 406, 501, 503})
_GONE: Final = frozenset({404, 410})
_HEADERS: Final = {
    "User-Agent": "Mozilla/5.0 (compatible; link check)",
    "Accept": "*/*",
    "Connection": "close",
}


class ProxyFailed(RuntimeError):
    """The proxy does not answer. Nothing is said about any link, and nothing is asked without it."""


@dataclass(frozen=True)
class Answer:
    """What came back: the status of the last page, and why the link leads nowhere, or ""."""

    status: int | None
    failure: str


@dataclass(frozen=True)
class Proxy:
    """An HTTP proxy that also makes tunnels (CONNECT)."""

    host: str
    port: int


def read_proxy(text: str) -> Proxy | None:
    """Reads `http://host:port`; None for an empty text. Raises `ValueError` for anything else."""
    if not text:
        return None
    parts = urlsplit(text)
    if parts.scheme != "http" or not parts.hostname or parts.port is None or parts.username is not None:
        raise ValueError("LINK_CHECK_PROXY is written http://host:port")
    return Proxy(parts.hostname, parts.port)


def ask(url: str, proxy: Proxy | None, timeout: float = TIMEOUT) -> Answer:
    """Whether a link leads to a page. Follows at most five redirects, each looked at like the first address.

    What is closed to programs (401, 403, 429) counts as there. Raises `ProxyFailed`.
    """
    try:
        for _step in range(MOST_REDIRECTS + 1):
            target = target_of(url)
            status, location = _status(target, proxy, timeout)
            if status not in (301, 302, 303, 307, 308) or not location:
                return Answer(status, _failure(status))
            url = urljoin(target.url, location)
    except AddressRefused:
        return Answer(None, Failure.FORBIDDEN)
    except (OSError, http.client.HTTPException, UnicodeError):
        return Answer(None, Failure.UNREACHABLE)
    return Answer(None, Failure.REDIRECTS)


def _failure(status: int) -> str:
    if status in _GONE:
        return Failure.GONE
    return Failure.SERVER if status >= 500 else ""


def _status(target: Target, proxy: Proxy | None, timeout: float) -> tuple[int, str]:
    """By HEAD; once more by GET where a server will not have it. The text of the answer is never read."""
    status, location = _once("HEAD", target, proxy, timeout)
    if status in _REFUSES_HEAD:
        status, location = _once("GET", target, proxy, timeout)
    return status, location


def _once(method: str, target: Target, proxy: Proxy | None, timeout: float) -> tuple[int, str]:
    connection = _connection(target, proxy, timeout)
    # A proxy is told the whole address where no tunnel hides it.
    path = target.url if proxy and target.scheme == "http" else target.path
    with closing(connection):
        connection.request(method, path, headers={"Host": target.host, **_HEADERS})
        answer = connection.getresponse()
        if proxy and answer.status == 407:
            raise ProxyFailed("the proxy asks for a password")
        return answer.status, answer.headers.get("Location") or ""


def _connection(target: Target, proxy: Proxy | None, timeout: float) -> http.client.HTTPConnection:
    """A connection that stands already: to the proxy, or to a number that was looked at. Raises `OSError`."""
    connection = http.client.HTTPConnection(target.host, target.port, timeout=timeout)
    sock = _through(target, proxy, timeout) if proxy else _direct(target, timeout)
    if target.scheme == "https":
        try:
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=target.host)
        except OSError:
            sock.close()
            raise
    connection.sock = sock
    return connection


def _direct(target: Target, timeout: float) -> socket.socket:
    return socket.create_connection((open_addresses(target.host, target.port)[0], target.port), timeout)


def _through(target: Target, proxy: Proxy, timeout: float) -> socket.socket:
    """To the proxy, and for https through it. It resolves the name, so it must keep our own network closed."""
    try:
        sock = socket.create_connection((proxy.host, proxy.port), timeout)
    except OSError as error:
        raise ProxyFailed("the proxy does not answer") from error
    if target.scheme == "http":
        return sock
    try:
        sock.sendall(f"CONNECT {target.host}:443 HTTP/1.1\r\nHost: {target.host}:443\r\n\r\n".encode("ascii"))
        status = _tunnel_status(sock)
    except OSError:
        sock.close()
        raise
    if status != 200:
        sock.close()
        if status == 407:
            raise ProxyFailed("the proxy asks for a password")
        raise ConnectionError(f"no tunnel: {status}")
    return sock


def _tunnel_status(sock: socket.socket) -> int:
    """The proxy's status, its headers read to their end byte by byte: what follows is the other host's."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = sock.recv(1)
        if not byte or len(head) > 8192:
            raise ConnectionError("no answer of the proxy")
        head += byte
    words = head.split(b"\r\n", 1)[0].split()
    if len(words) < 2 or not words[1].isdigit():
        raise ConnectionError("no answer of the proxy")
    return int(words[1])
