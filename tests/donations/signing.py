"""Signed sets for tests: invented accounts with right check digits, and a key of this run alone."""

from datetime import date, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from donations.models import PaymentMethod, PaymentSet
from donations.signing.details import MethodDetails
from donations.signing.keys import public_text
from donations.signing.signature import signed
from donations.signing.text import DetailsSet
from memorial.base.civil_date import civil_date

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEYS = (public_text(KEY.public_key()),)
PAGE_HOST = "pay.example.org"

CARD = MethodDetails("card", "card_once", {"url": f"https://{PAGE_HOST}/once"})
PATREON = MethodDetails("patreon", "patreon", {"url": "https://patreon.example.org/memorial"})
# The example account of the register of ISO 13616 for Germany.
BANK = MethodDetails(
    "bank",
    "bank",
    {
        "bic": "SAMPDEFFXXX",
        "holder": "Sample Beneficiary e. V.",
        "iban": "DE89370400440532013000",
        "reference": "Donation",
    },
)
# A made address: the checksum is right, the hash is the beginning of SHA-256 of «demo».
BITCOIN = MethodDetails(
    "bitcoin",
    "crypto",
    {"address": "bc1q92t4zmp4fd5gfrxmmr655gn2pf2my8k3n5x8pp", "asset": "BTC", "network": "bitcoin"},
)
ALL = (BANK, BITCOIN, CARD, PATREON)


def method_of(details: MethodDetails, **fields) -> PaymentMethod:
    """A way to give that readers are told of, to which the details belong."""
    return PaymentMethod.objects.create(
        slug=details.slug,
        kind=details.kind,
        network=details.values.get("network", ""),
        asset=details.values.get("asset", ""),
        **{"name_ru": f"Способ {details.slug}", "name_en": f"Way {details.slug}", "is_shown": True, **fields},
    )


def set_of(
    *methods: MethodDetails, serial: int = 1, begins: date | None = None, days: int = 30
) -> DetailsSet:
    """A set that is valid for so many days, today being the first unless said."""
    begins = begins or civil_date()
    ordered = tuple(sorted(methods or ALL, key=lambda each: each.slug))
    return DetailsSet(serial, begins, begins + timedelta(days=days - 1), ordered)


def take_in(*methods: MethodDetails, key: Ed25519PrivateKey = KEY, **of_set) -> PaymentSet:
    """A signed set in the database; the settings must say `DONATE_PUBLIC_KEYS = KEYS`."""
    made = set_of(*methods, **of_set)
    return PaymentSet.objects.create(serial=made.serial, signed_text=signed(made, key))
