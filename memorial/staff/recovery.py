"""Ten codes on paper, for the day when telephone and passkey are lost."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Final

from django.db import transaction

from memorial.staff.models import RecoveryCode, User

HOW_MANY: Final = 10
_BYTES: Final = 10  # 80 bits: a digest without salt or slowness is enough


@transaction.atomic
def make_recovery_codes(account: User) -> list[str]:
    """New codes, shown this once; the former ones are void."""
    account.recovery_codes.all().delete()
    codes = [_new_code() for _ in range(HOW_MANY)]
    RecoveryCode.objects.bulk_create(RecoveryCode(account=account, digest=_digest(code)) for code in codes)
    return codes


def find_recovery_code(account: User, typed: str) -> RecoveryCode | None:
    """The unused code of this account that was typed, however it was spaced; not used up yet."""
    return account.recovery_codes.filter(digest=_digest(typed), used_at=None).first()


def _new_code() -> str:
    letters = base64.b32encode(secrets.token_bytes(_BYTES)).decode().lower()
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def _digest(code: str) -> str:
    # Base32 has neither 0 nor 1: whoever reads them from paper means o and l.
    plain = "".join(letter for letter in code.lower() if letter.isalnum()).translate(
        str.maketrans("01", "ol")
    )
    return hashlib.sha256(f"recovery {plain}".encode()).hexdigest()
