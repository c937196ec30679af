"""Signing in: by passkey alone, or by name, password and code at once; and what a session is good for.

There is no step between password and code, so nobody learns that a password was right without a code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.utils import timezone

from memorial.staff import passkeys, totp
from memorial.staff.choices import SignInWay
from memorial.staff.models import OneTimeCodes, RecoveryCode, SignIn, User
from memorial.staff.recovery import find_recovery_code
from memorial.staff.session_store import BEGUN, CONFIRMED, IS_WHOLE, WAY, SessionStore
from memorial.staff.throttle import MOST, Counted, count, forget, is_allowed

_BACKEND: Final = "django.contrib.auth.backends.ModelBackend"
_NOBODY: Final = 0


@dataclass(frozen=True)
class _Proof:
    """A code that was right: what it was, and how to use it up."""

    way: SignInWay
    generator: OneTimeCodes | None = None
    step: int = 0
    recovery: RecoveryCode | None = None

    def use(self) -> bool:
        """False where the code was used before, a moment ago included."""
        if self.generator:
            return self.generator.use_step(self.step)
        return bool(self.recovery and self.recovery.use())


def by_password(name: str, password: str, code: str) -> tuple[User, SignInWay] | None:
    """The account that name, password and code together open; None for anything else, for whatever reason.

    Takes the same time for a name that nobody has. Attempts are counted only where one of the two
    secrets is right: whoever knows neither learns nothing, and locks nobody out.
    """
    account = User.objects.filter(username=name, is_active=True, is_staff=True).first()
    is_right = _is_password(account, password)
    proof = _proof(account, code)
    if account is None or not account.has_usable_password():
        _note(None, SignInWay.CODE)
        return None
    way = proof.way if proof else SignInWay.CODE
    known = [Counted.PASSWORD_RIGHT] * is_right + [Counted.CODE_RIGHT] * bool(proof)
    # A list, not a generator: each is counted whatever the other says.
    is_in_time = all([is_allowed(what, account.pk) for what in known])  # noqa: C419
    if is_right and proof and is_in_time and proof.use():
        return account, way
    _note(account, way)
    return None


def by_demo_password(name: str, password: str) -> tuple[User, SignInWay] | None:
    """The account of a demo, whose password is enough. Never called beside real people."""
    if not settings.DEMO_SIGN_IN:
        return None
    account = User.objects.filter(username=name, is_active=True, is_staff=True).first()
    if _is_password(account, password) and account is not None:
        return account, SignInWay.DEMO
    _note(account, SignInWay.DEMO)
    return None


def by_passkey(state: passkeys.State | None, answer: Any) -> tuple[User, SignInWay] | None:
    """The account whose passkey has answered. Never throttled: there is nothing to guess."""
    try:
        return passkeys.use(state, answer).account, SignInWay.PASSKEY
    except passkeys.PasskeyRefused:
        _note(None, SignInWay.PASSKEY)
        return None


def begin_session(request: HttpRequest, account: User, way: SignInWay) -> None:
    """Signs the account in to a new session; the one before, and its key, are gone."""
    SessionStore.clear_expired()
    request.session.flush()
    login(request, account, backend=_BACKEND)
    now = timezone.now().timestamp()
    request.session[BEGUN] = request.session[CONFIRMED] = now
    request.session[WAY] = way
    request.session[IS_WHOLE] = way == SignInWay.DEMO or not what_is_missing(account)
    SignIn.objects.create(account=account, way=way, success=True)
    forget(account.pk)


def what_is_missing(account: User) -> list[str]:
    """What is still to be enrolled, in the order in which it is asked for."""
    there = {
        "codes": OneTimeCodes.objects.filter(account=account).exists() and account.has_usable_password(),
        "recovery": account.recovery_codes.exists(),
        "passkey": account.passkeys.exists(),
    }
    return [name for name, is_there in there.items() if not is_there]


def is_whole(request: HttpRequest) -> bool:
    """Whether this session is of somebody who has enrolled everything, and so may enter the office."""
    return bool(request.session.get(IS_WHOLE))


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person has proved who they are within the last five minutes."""
    age = timezone.now().timestamp() - float(request.session.get(CONFIRMED, 0))
    return 0 <= age < settings.FRESH_SIGN_IN_AGE


def confirmed_at(request: HttpRequest) -> datetime:
    """When the person of this session has last proved who they are."""
    return datetime.fromtimestamp(float(request.session.get(CONFIRMED, 0)), UTC)


def is_demo_session(request: HttpRequest) -> bool:
    """Whether somebody has signed in with a password alone, which only a demo allows."""
    return bool(settings.DEMO_SIGN_IN) and request.session.get(WAY) == SignInWay.DEMO


def confirm_by_code(request: HttpRequest, typed: str) -> bool:
    """Once more, by a code; in a demo, where there are none, by the password."""
    account = _account_of(request)
    way = SignInWay.DEMO if is_demo_session(request) else SignInWay.CODE
    if not is_allowed(Counted.AGAIN, account.pk):
        is_right = False
    elif way == SignInWay.DEMO:
        is_right = account.check_password(typed)
    else:
        proof = _proof(account, typed)
        is_right, way = bool(proof and proof.use()), proof.way if proof else SignInWay.CODE
    return _confirmed(request, account, way, is_right=is_right)


def confirm_by_passkey(request: HttpRequest, state: passkeys.State | None, answer: Any) -> bool:
    """Once more, by a passkey of the same account."""
    account = _account_of(request)
    try:
        is_right = passkeys.use(state, answer).account == account
    except passkeys.PasskeyRefused:
        is_right = False
    return _confirmed(request, account, SignInWay.PASSKEY, is_right=is_right)


def _confirmed(request: HttpRequest, account: User, way: SignInWay, *, is_right: bool) -> bool:
    if is_right:
        request.session[CONFIRMED] = timezone.now().timestamp()
        forget(account.pk)
        SignIn.objects.create(account=account, way=way, again=True, success=True)
    else:
        _note(account, way, again=True)
    return is_right


def _account_of(request: HttpRequest) -> User:
    account = request.user
    assert isinstance(account, User)  # noqa: S101 - callers have checked that somebody is signed in
    return account


def _is_password(account: User | None, password: str) -> bool:
    if account is None or not account.has_usable_password():
        # As much work as a real password takes: the time must not tell who is on the staff.
        User().set_password(password)
        return False
    return account.check_password(password)


def _proof(account: User | None, typed: str) -> _Proof | None:
    """What a typed code proves, not used up yet. For nobody the same questions are asked."""
    account = account or User(pk=_NOBODY)
    generator = OneTimeCodes.objects.filter(account=account).first()
    step = totp.step_of(generator.secret if generator else totp.new_secret(), typed)
    if generator and step is not None and step > generator.last_step:
        return _Proof(SignInWay.CODE, generator=generator, step=step)
    recovery = find_recovery_code(account, typed)
    return _Proof(SignInWay.RECOVERY, recovery=recovery) if recovery else None


def _note(account: User | None, way: SignInWay, *, again: bool = False) -> None:
    """Notes a failure, the first ones of a quarter of an hour: a flood of them would fill the disk."""
    if count(Counted.NOTED, account.pk if account else _NOBODY) <= MOST:
        SignIn.objects.create(account=account, way=way, again=again, success=False)
