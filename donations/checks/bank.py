"""Bank accounts: IBAN (ISO 13616), BIC (ISO 9362), and the text of a QR code for a transfer in euros."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _
from stdnum import iban as iban_rules
from stdnum.exceptions import ValidationError

from donations.checks.refused import DetailsRefused

_BIC: Final = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?")
_SEPA: Final = frozenset(
    [
        "AD",
        "AL",
        "AT",
        "BE",
        "BG",
        "CH",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GB",
        "GI",
        "GR",
        "HR",
        "HU",
        "IE",
        "IS",
        "IT",
        "LI",
        "LT",
        "LU",
        "LV",
        "MC",
        "MD",
        "ME",
        "MK",
        "MT",
        "NL",
        "NO",
        "PL",
        "PT",
        "RO",
        "RS",
        "SE",
        "SI",
        "SK",
        "SM",
        "VA",
    ]
)
"""Countries of accounts that a euro transfer reaches (EPC409-09); of an IBAN, its first two letters."""
LONGEST_NAME: Final = 70
LONGEST_REFERENCE: Final = 140
"""Characters that EPC069-12 allows for the holder and for the text of a transfer."""


def check_iban(text: str) -> None:
    """Refuses what is not an IBAN as machines write it. Raises `DetailsRefused`.

    Length and make-up by country are those of the register of ISO 13616. Countries' own rules are left
    alone: they go by lists of banks, and refuse the account of a bank that is newer than the list.
    """
    try:
        right = iban_rules.validate(text, check_country=False)
    except ValidationError as error:
        raise DetailsRefused(_("This is no IBAN: a character or the length is wrong.")) from error
    if right != text:
        raise DetailsRefused(_("An IBAN is kept without spaces, in capital letters."))


def check_bic(text: str, iban: str) -> None:
    """Refuses what has not the shape of a BIC, or is of another country than the account.

    Raises `DetailsRefused`.
    """
    if not _BIC.fullmatch(text):
        raise DetailsRefused(_("A BIC has eight or eleven characters: bank, country, place, branch."))
    if text[4:6] not in _OWN_BANKS.get(iban[:2], {iban[:2]}):
        raise DetailsRefused(
            _("The BIC is of %(bank)s, the account of %(account)s.")
            % {"bank": text[4:6], "account": iban[:2]}
        )


_OWN_BANKS: Final[Mapping[str, frozenset[str]]] = {
    # Territories whose banks have a country of their own in the BIC and their state's in the IBAN.
    "FR": frozenset(["FR", "GF", "GP", "MQ", "MF", "BL", "RE", "PM", "YT", "NC", "PF", "WF", "TF"]),
    "GB": frozenset(["GB", "GG", "IM", "JE"]),
    "FI": frozenset({"FI", "AX"}),
}


def is_sepa(iban: str) -> bool:
    """Whether a transfer in euros reaches the account, so that its QR code means something."""
    return iban[:2] in _SEPA


def epc_text(values: Mapping[str, str]) -> str:
    """What the QR code of a euro transfer holds, EPC069-12 version 002: UTF-8, SCT, no sum named."""
    lines = (
        "BCD",
        "002",
        "1",
        "SCT",
        values["bic"],
        values["holder"],
        values["iban"],
        "",  # the sum: the donor's affair
        "",  # the purpose's code
        "",  # a structured reference
        values["reference"],
    )
    return "\n".join(lines)
