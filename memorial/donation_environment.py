"""Reads and judges what the environment says about donations; see docs/donations.md."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from donations.checks.refused import DetailsRefused
from donations.legal_status import LegalStatus
from donations.signing.keys import public_keys, public_text
from memorial import embedded
from memorial.errors import Misconfigured


def donate_public_keys(var: Path, *, is_embedded: bool) -> tuple[str, ...]:
    """DONATE_PUBLIC_KEYS: whose signature of payment details is believed; when embedded, the demo's key.

    None is an answer: then no details are shown. Raises Misconfigured for what is no public key.
    """
    texts = tuple(filter(None, map(str.strip, os.environ.get("DONATE_PUBLIC_KEYS", "").split(","))))
    if not texts and is_embedded:
        texts = (public_text(demo_key(var).public_key()),)
    try:
        public_keys(texts)
    except DetailsRefused:
        # The text is not repeated: it may be a private key, pasted in the wrong place.
        raise Misconfigured(
            "DONATE_PUBLIC_KEYS holds something that is no public key, or a key twice: write what"
            " make_payment_key printed, several with commas between."
        ) from None
    return texts


def demo_key(var: Path) -> Ed25519PrivateKey:
    """The key that signs the demo's details, made once. Beside a real database there is none of it."""
    return Ed25519PrivateKey.from_private_bytes(embedded.donation_seed(var))


def donate_lowest_serial() -> int:
    """DONATE_LOWEST_SERIAL: sets of payment details below it are refused, whatever their signature."""
    text = os.environ.get("DONATE_LOWEST_SERIAL", "").strip() or "1"
    if not (text.isascii() and text.isdecimal()) or int(text) < 1:
        raise Misconfigured(
            f"DONATE_LOWEST_SERIAL is {text!r}: write the number of the newest signed set, or nothing."
        )
    return int(text)


def legal_status() -> str:
    """LEGAL_STATUS: what the organisation is declared to be in Russia; foreign_agent unless said otherwise.

    Raises Misconfigured for another word: a slip of the pen must not leave links on the page.
    """
    text = os.environ.get("LEGAL_STATUS", "").strip() or LegalStatus.FOREIGN_AGENT
    if text not in list(LegalStatus):
        raise Misconfigured(f"LEGAL_STATUS is {text!r}: write one of {', '.join(LegalStatus)}.")
    return LegalStatus(text).value
