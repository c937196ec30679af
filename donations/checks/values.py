"""The rule of each field of a method's details."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from donations.checks.bank import LONGEST_NAME, LONGEST_REFERENCE, check_bic, check_iban
from donations.checks.crypto import check_address, check_asset, check_network
from donations.checks.refused import DetailsRefused
from donations.checks.words import check_words

_HOST: Final = re.compile(r"(?=.{4,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_PATH: Final = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*")
_LONGEST_URL: Final = 300


def check_url(url: str) -> None:
    """Refuses all but an https page with a plain host name. Raises `DetailsRefused`.

    No port, no account, no fragment; a name beyond ASCII, which can look like another, comes as xn--.
    """
    scheme, colon, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    if scheme != "https" or not colon or not slash or len(url) > _LONGEST_URL:
        raise DetailsRefused(_("The page begins with https:// and has a slash after its host."))
    if not _HOST.fullmatch(host):
        raise DetailsRefused(_("The host of the page is a plain name: no port, no account, no digits alone."))
    if not _PATH.fullmatch(path) or urlsplit(url).hostname != host:
        raise DetailsRefused(
            _("The address of the page has a character that no address has, or a part after #.")
        )


def _of(longest: int) -> Callable[[str, Mapping[str, str]], None]:
    return lambda text, _all: check_words(text, longest)


CHECKS: Final[Mapping[str, Callable[[str, Mapping[str, str]], None]]] = {
    "url": lambda text, _all: check_url(text),
    "holder": _of(LONGEST_NAME),
    "reference": _of(LONGEST_REFERENCE),
    "iban": lambda text, _all: check_iban(text),
    "bic": lambda text, all_: check_bic(text, all_["iban"]),
    "network": lambda text, _all: check_network(text),
    "asset": lambda text, all_: check_asset(text, all_["network"]),
    "address": lambda text, all_: check_address(text, all_["network"]),
}
"""Field → what refuses a wrong value, given all values of the method; each raises `DetailsRefused`."""
