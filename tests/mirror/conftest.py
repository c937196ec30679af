"""One fixed day and one key."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from memorial.base import content_version
from tests.donations.signing import KEYS
from tests.pages.world import TODAY

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
NOON = dt.datetime.combine(TODAY, dt.time(12), ZoneInfo("Europe/Moscow"))


@pytest.fixture(autouse=True)
def _fixed_day(time_machine):
    time_machine.move_to(NOON)


@pytest.fixture(autouse=True)
def _read_anew(monkeypatch, settings):
    monkeypatch.setattr(content_version, "SECONDS_BETWEEN_READS", 0.0)
    settings.DONATE_PUBLIC_KEYS = KEYS
