"""Addresses of the old site: how each is written when it is remembered, and where a link leads now."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from django.utils.translation import gettext as _

LONGEST = 300
_TRACKERS = re.compile(
    r"^(?:utm_\w+|fbclid|yclid|gclid|ysclid|_openstat|mc_[ce]id|igshid|ref_src|s?_?openstat)$", re.I
)
_AWAY = {
    "l.facebook.com": "u",
    "lm.facebook.com": "u",
    "vk.com": "to",
    "away.vk.com": "to",
    "www.google.com": "url",
    "google.com": "url",
    "www.google.ru": "q",
    "t.umblr.com": "z",
}
_SCHEME = re.compile(r"^\s*([a-z][a-z0-9+.-]*)\s*:", re.IGNORECASE)
_NO_SIGNS = re.compile(r"[\x00-\x20]+")


def old_path(url: str, languages: Iterable[str] = ("ru", "en")) -> str:
    """An old address as it is remembered: decoded, in small letters, without host and language.

    `figurant/горинцев-иван/`, `?p=123`; "" where it is the front page or too long to be kept.
    """
    parts = urlsplit(url.strip())
    asked = dict(parse_qsl(parts.query))
    if number := asked.get("p") or asked.get("page_id"):
        return f"?p={number}" if number.isascii() and number.isdigit() and len(number) < 16 else ""
    path = normal_path(unquote(parts.path))
    first, _slash, rest = path.partition("/")
    if first in languages:
        path = rest
    return f"{path}/" if path and len(path) < LONGEST and "\x00" not in path else ""


def normal_path(path: str) -> str:
    """A decoded path as old ones are compared: composed letters, small, no slash at either end."""
    return unicodedata.normalize("NFC", path).casefold().strip("/ ")


@dataclass(frozen=True)
class OldSite:
    """Which hosts are the old site's, and where its pages are now."""

    hosts: frozenset[str]
    lookup: Callable[[str], str | None]
    """The new path of an old one, without language; "" while it is shown nowhere; None for no page of ours."""

    def is_own(self, url: str) -> bool:
        """Whether an address is the old site's, by its host or because it has none."""
        try:
            host = (urlsplit(url).hostname or "").lower()
        except ValueError:
            return False
        return not host or host.removeprefix("www.") in self.hosts

    def rule(self, language: str) -> Callable[[str], tuple[str, str]]:
        """For texts of a language: where a link leads, and what to list of it."""
        return lambda href: self._led(href, language)

    def _led(self, href: str, language: str) -> tuple[str, str]:  # noqa: PLR0911 - a line for each kind
        address = _NO_SIGNS.sub("", href)
        scheme = _SCHEME.match(address)
        if scheme and scheme[1].lower() not in ("http", "https", "mailto"):
            return "", _("link of a kind that is not kept: %(url)s") % {"url": address[:200]}
        if not address or address.startswith("#"):
            return "", ""
        if address.lower().startswith("mailto:"):
            return address, ""
        try:
            address = _unwrapped(address)
            if not self.is_own(address):
                return without_trackers(address), ""
            path = old_path(address)
        except ValueError:
            return "", _("link that cannot be read: %(url)s") % {"url": address[:200]}
        found = self.lookup(path) if path else ""
        if found is None:
            words = _("link to a page of the old site that does not come along: %(url)s")
            return "", words % {"url": address[:200]}
        return (f"/{language}/{found}" if found else ""), ""


def without_trackers(address: str) -> str:
    """The address without what tells its owner who sent the reader."""
    parts = urlsplit(address)
    if not parts.query:
        return address
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(key, value) for key, value in pairs if not _TRACKERS.match(key)]
    if len(kept) == len(pairs):
        return address
    return parts._replace(query=urlencode(kept)).geturl()


def _unwrapped(address: str) -> str:
    """Where a counting redirect of a network leads."""
    parts = urlsplit(address) if "?" in address else None
    if parts is None or (parts.hostname or "") not in _AWAY:
        return address
    target = dict(parse_qsl(parts.query)).get(_AWAY[parts.hostname or ""], "")
    return target if target.startswith(("http://", "https://")) else address
