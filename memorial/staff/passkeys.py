"""Passkeys: what browser and server say to each other, checked by Yubico's fido2.

Host and origin are those of STAFF_URL, never those of the request.
"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from memorial.staff.models import Passkey, User
from memorial.staff.totp import ISSUER

State = dict[str, Any]
"""What the server remembers between question and answer: the challenge."""
MOST_PASSKEYS: Final = 20
_REFUSED: Final = (ValueError, TypeError, KeyError, AttributeError, IndexError)
"""What the library raises for an answer that is not what was asked for, or is no answer at all."""


class PasskeyRefused(ValueError):
    """The browser's answer proves nothing."""


def ask_for_new(account: User) -> tuple[dict[str, Any], State]:
    """What the browser is told to make a passkey, and what is remembered meanwhile.

    It must be found without a name (to sign in with it alone), and be opened by PIN or finger.
    """
    user = PublicKeyCredentialUserEntity(
        id=_handle(account), name=account.get_username(), display_name=account.get_username()
    )
    options, state = _server().register_begin(
        user,
        [_credential(passkey) for passkey in account.passkeys.all()],
        ResidentKeyRequirement.REQUIRED,
        UserVerificationRequirement.REQUIRED,
    )
    return dict(options), state


def add(account: User, state: State | None, answer: Any, name: str) -> Passkey:
    """Keeps the passkey that the browser made. Raises `PasskeyRefused`."""
    try:
        made = _server().register_complete(state or {}, answer).credential_data
        assert made is not None  # noqa: S101 - the library has just asserted it
        identifier = websafe_encode(made.credential_id)
    except _REFUSED as error:
        raise PasskeyRefused from error
    if Passkey.objects.filter(credential_id=identifier).exists() or account.passkeys.count() >= MOST_PASSKEYS:
        raise PasskeyRefused
    credential = websafe_encode(bytes(made))
    return account.passkeys.create(name=name, credential_id=identifier, credential=credential)


def ask(account: User | None = None) -> tuple[dict[str, Any], State]:
    """What the browser is told to sign in: with any passkey of this host, or with one of this account."""
    known = [_credential(passkey) for passkey in account.passkeys.all()] if account else None
    options, state = _server().authenticate_begin(known, UserVerificationRequirement.REQUIRED)
    return dict(options), state


def use(state: State | None, answer: Any) -> Passkey:
    """The passkey that has answered, whose owner is who signs in. Raises `PasskeyRefused`."""
    try:
        given = AuthenticationResponse.from_dict(answer)
        passkey = Passkey.objects.select_related("account").get(credential_id=websafe_encode(given.raw_id))
        _server().authenticate_complete(state or {}, [_credential(passkey)], answer)
        handle, count = given.response.user_handle, given.response.authenticator_data.counter
    except (*_REFUSED, Passkey.DoesNotExist) as error:
        raise PasskeyRefused from error
    if not passkey.account.may_sign_in or (handle and handle != _handle(passkey.account)):
        raise PasskeyRefused
    # A device that counts its signatures counts upwards; a second one with the same key does not keep up.
    newer = Q(count__lt=count) if count else Q(count=0)
    if not Passkey.objects.filter(newer, pk=passkey.pk).update(count=count, last_used=timezone.now()):
        raise PasskeyRefused
    return passkey


def _server() -> Fido2Server:
    host = PublicKeyCredentialRpEntity(id=urlsplit(settings.STAFF_URL).hostname or "", name=ISSUER)
    return Fido2Server(host, verify_origin=lambda origin: origin == settings.STAFF_URL)


def _handle(account: User) -> bytes:
    """How a device knows the account: the same each time, and no number or name of ours."""
    return salted_hmac("memorial.staff.passkeys", str(account.pk), algorithm="sha256").digest()


def _credential(passkey: Passkey) -> AttestedCredentialData:
    return AttestedCredentialData(websafe_decode(passkey.credential))
