"""Reads and judges what the environment says about running the site: logs, alerts, metrics; see docs/deploy.md."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from memorial.environment import flag
from memorial.errors import Misconfigured

LOG_FORMATS: Final = ("plain", "json")
ALERT_HOURS: Final = {
    "seal": 1,
    "due": 1,
    "backup": 30,
    "mirror": 26,
    "payments": 336,
    "package": 816,
    "restored": 2400,
}
"""Hours after which something is older than it should be; of `payments`, how many must be left.

A seal every five minutes, due work every minute, a backup every night, a mirror every hour, a package
every 30 days, a backup restored on trial every quarter; payment details are signed for 90 days.
"""


@dataclass(frozen=True)
class MailServer:
    """Where alerts are handed over. `is_tls` from the first byte; else STARTTLS, but on this very host."""

    host: str
    port: int
    user: str
    password: str
    is_tls: bool

    @property
    def is_local(self) -> bool:
        """Whether it is on this host, where nobody listens on the way."""
        return self.host in ("localhost", "127.0.0.1", "::1")


def log_format() -> str:
    """LOG_FORMAT: plain lines, or one JSON object a line. Raises Misconfigured for another word."""
    text = os.environ.get("LOG_FORMAT", "").strip() or "plain"
    if text not in LOG_FORMATS:
        raise Misconfigured(f"LOG_FORMAT is {text!r}: write plain or json.")
    return text


def folder(name: str) -> Path | None:
    """A folder that a variable names, None where it names none. Raises Misconfigured for one that is not absolute."""
    text = os.environ.get(name, "").strip()
    if text and not Path(text).is_absolute():
        raise Misconfigured(f"{name} is {text!r}: write the whole path, beginning with /.")
    return Path(text) if text else None


def alert_hours() -> dict[str, int]:
    """The hours with what ALERT_HOURS changes in them, as in "backup=50,payments=500"; else Misconfigured."""
    hours = dict(ALERT_HOURS)
    for item in filter(None, map(str.strip, os.environ.get("ALERT_HOURS", "").split(","))):
        name, _equals, number = item.partition("=")
        if name not in hours or not (number.isascii() and number.isdecimal()) or int(number) < 1:
            raise Misconfigured(
                f"ALERT_HOURS holds {item!r}: name one of {', '.join(hours)} and whole hours, as in backup=30."
            )
        hours[name] = int(number)
    return hours


def mail_server() -> MailServer | None:
    """ALERT_SMTP, as in smtps://user:password@host:465; None where alerts are not mailed; else Misconfigured."""
    text = os.environ.get("ALERT_SMTP", "").strip()
    if not text:
        return None
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        # The text is not repeated: it holds a password.
        raise Misconfigured("ALERT_SMTP is no mail server: write smtps://user:password@host:465.")
    is_tls = parts.scheme == "smtps"
    return MailServer(
        host=parts.hostname,
        port=port or (465 if is_tls else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_tls=is_tls,
    )


def alert_addresses() -> tuple[str, ...]:
    """ALERT_MAIL_TO: who is written to, with commas between; Misconfigured for what is no address."""
    found = tuple(filter(None, map(str.strip, os.environ.get("ALERT_MAIL_TO", "").split(","))))
    for address in found:
        name, _at, host = address.partition("@")
        if not name or not host or "@" in host or not address.isprintable() or " " in address:
            raise Misconfigured(f"ALERT_MAIL_TO holds {address!r}: write addresses like ops@example.org.")
    if found and not os.environ.get("ALERT_SMTP", "").strip():
        raise Misconfigured(
            "ALERT_MAIL_TO is set and ALERT_SMTP is not: name the server that takes the mail."
        )
    return found


def metrics_bind() -> tuple[str, int] | None:
    """METRICS_BIND: address and port of the figures, None where they are not served.

    Raises Misconfigured for an address that the world may reach, unless METRICS_OPEN=1 says that this is
    meant, and for the address on which the site itself answers.
    """
    text = os.environ.get("METRICS_BIND", "").strip()
    if not text:
        return None
    host, _colon, port = text.rpartition(":")
    try:
        address = ipaddress.ip_address(host.strip("[]"))
        number = int(port)
    except ValueError:
        number, address = 0, ipaddress.ip_address("127.0.0.1")
    if not 0 < number < 65536:
        raise Misconfigured(f"METRICS_BIND is {text!r}: write an address and a port, as in 127.0.0.1:9108.")
    is_private = address.is_private and not address.is_unspecified
    if not is_private and not flag("METRICS_OPEN"):
        raise Misconfigured(
            f"METRICS_BIND is {text!r}, which others may reach: use 127.0.0.1 or an address of your own network,"
            " or set METRICS_OPEN=1 where a firewall keeps strangers away."
        )
    site = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
    if site.rpartition(":")[2] == str(number):
        raise Misconfigured(f"METRICS_BIND is {text!r}, the port of the site itself: take another one.")
    return str(address), number
