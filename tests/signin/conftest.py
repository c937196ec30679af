"""People of the staff who have enrolled everything, and what they hold in their hands."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from memorial.staff import passkeys, totp
from memorial.staff.models import OneTimeCodes, User
from memorial.staff.recovery import make_recovery_codes
from tests.office.conftest import groups, member  # noqa: F401 - fixtures
from tests.signin.devices import Device

PASSWORD = "paper boat on a pond"
NOON = datetime(2026, 11, 23, 9, 0, 10, tzinfo=UTC)


@dataclass
class Person:
    """Somebody with an account, a telephone, a passkey and ten codes on paper."""

    account: User
    secret: str = field(default_factory=totp.new_secret)
    device: Device = field(default_factory=Device)
    paper: list[str] = field(default_factory=list)

    def enrol(self) -> Person:
        """Everything, past the pages, as if it had been done last month."""
        OneTimeCodes.objects.create(account=self.account, secret=self.secret)
        self.paper = make_recovery_codes(self.account)
        options, state = passkeys.ask_for_new(self.account)
        passkeys.add(self.account, state, self.device.make(options), "blue key")
        return self

    def code(self, periods: int = 0) -> str:
        """What the telephone shows, its clock some half minutes fast or slow."""
        return totp.code_at(self.secret, totp.step_now() + periods)

    def types(self, client: Client, *, password: str = PASSWORD, code: str | None = None, **more: str):
        """Sends the sign-in page."""
        typed = {"username": self.account.username, "password": password, "code": code or self.code()}
        return client.post(reverse("admin:login"), typed | more)

    def presses(self, client: Client, device: Device | None = None, **more: str):
        """Signs in with the passkey."""
        options = client.post(reverse("admin:passkey-ask")).json()
        answer = json.dumps((device or self.device).sign(options))
        return client.post(reverse("admin:passkey-sign-in"), {"credential": answer} | more)


@pytest.fixture
def clock():
    """A clock that stands still until it is moved."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def person(db, clock) -> Person:
    """An administrator, enrolled."""
    return Person(an_account("anna")).enrol()


def an_account(name: str, **fields) -> User:
    """An open account of the staff with a password."""
    return User.objects.create_user(name, password=PASSWORD, is_staff=True, **fields)


def is_in(client: Client) -> bool:
    """Whether the office lets this browser in."""
    return client.get(reverse("admin:index")).status_code == 200
