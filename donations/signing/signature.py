"""Signed texts: the text of a set, and below it one line with the Ed25519 signature over all before it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.utils.translation import gettext as _

from donations.checks.refused import DetailsRefused
from donations.signing.keys import key_id
from donations.signing.text import LONGEST, DetailsSet, read_set

_SIGNATURE: Final = re.compile(r"signature ([0-9a-f]{16}) ([0-9a-f]{128})\n")


def signed(details: DetailsSet, key: Ed25519PrivateKey) -> str:
    """The text of the set with its signature: `signature`, the name of the key, the signature in digits."""
    text = details.text
    return f"{text}signature {key_id(key.public_key())} {key.sign(text.encode()).hex()}\n"


def verified(signed_text: str, keys: Mapping[str, Ed25519PublicKey]) -> DetailsSet:
    """The set of a signed text. Raises `DetailsRefused` unless one of the keys signed exactly this text.

    The signature is looked at before the text is understood.
    """
    if len(signed_text) > LONGEST:
        raise DetailsRefused(_("The text is too long."))
    start = signed_text.rfind("\nsignature ") + 1
    text, line = signed_text[:start], signed_text[start:]
    parts = _SIGNATURE.fullmatch(line)
    if not start or not parts:
        raise DetailsRefused(_("There is no signature below the text."))
    name, digits = parts.groups()
    if name not in keys:
        raise DetailsRefused(_("The key %(name)s is none of ours.") % {"name": name})
    try:
        keys[name].verify(bytes.fromhex(digits), text.encode())
    except (InvalidSignature, UnicodeEncodeError) as error:
        raise DetailsRefused(_("The signature is not of this text.")) from error
    return read_set(text)
