"""The details of one method: what a donor needs to find the account, and how each is shown.

Shared with the machine that signs, so nothing here knows models.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from donations.checks.bank import epc_text, is_sepa
from donations.checks.refused import DetailsRefused
from donations.checks.values import CHECKS
from memorial.base.qr import QrCode, qr_code

_PAGE: Final = ("url",)
FIELDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "card_once": _PAGE,
        "card_monthly": _PAGE,
        "paypal": _PAGE,
        "patreon": _PAGE,
        "boosty": _PAGE,
        "workplace": _PAGE,
        "bank": ("bic", "holder", "iban", "reference"),
        "crypto": ("address", "asset", "network"),
    }
)
"""What each kind (`donations.choices.MethodKind`) has, all of it required, in the order of the signed text."""
_SIX: Final = 6
_GROUP: Final = 4


@dataclass(frozen=True)
class MethodDetails:
    """One method of a set. `values` has exactly the fields of the kind, each with right check digits."""

    slug: str
    kind: str
    values: Mapping[str, str]

    def __post_init__(self) -> None:
        """Raises `DetailsRefused` for a kind that is unknown, a field too few or too many, or a wrong value."""
        if self.kind not in FIELDS or set(self.values) != set(FIELDS[self.kind]):
            raise DetailsRefused(_("%(slug)s: these are not the fields of its kind.") % {"slug": self.slug})
        for name, value in self.values.items():
            CHECKS[name](value, self.values)

    @property
    def is_page(self) -> bool:
        """Whether one pays on somebody else's page."""
        return "url" in self.values

    @property
    def is_bank(self) -> bool:
        return self.kind == "bank"

    @property
    def is_crypto(self) -> bool:
        return self.kind == "crypto"

    @property
    def url(self) -> str:
        """The page to pay on; empty where there is none."""
        return self.values.get("url", "")

    @property
    def host(self) -> str:
        """Whose page it is, as the browser will show it: «example.org»."""
        return urlsplit(self.url).hostname or ""

    @property
    def iban(self) -> str:
        return self.values.get("iban", "")

    @property
    def iban_groups(self) -> str:
        """The IBAN as people read and compare it: in groups of four."""
        return " ".join(self.iban[start : start + _GROUP] for start in range(0, len(self.iban), _GROUP))

    @property
    def address(self) -> str:
        """The address of a wallet."""
        return self.values.get("address", "")

    @property
    def address_parts(self) -> tuple[str, str, str]:
        """The first six signs, the middle, the last six: the ends are what people compare."""
        return self.address[:_SIX], self.address[_SIX:-_SIX], self.address[-_SIX:]

    @cached_property
    def qr(self) -> QrCode | None:
        """What a telephone reads: a transfer in euros (EPC069-12), a bare address; None for a page."""
        if self.is_crypto:
            return qr_code(self.address)
        if self.is_bank and is_sepa(self.iban):
            return qr_code(epc_text(self.values))
        return None
