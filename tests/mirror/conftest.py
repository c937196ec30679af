"""One fixed day and one key."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db.models import F

from memorial.base import content_version
from memorial.base.models import ContentVersion
from memorial.mirror import addresses, building, rendering, withdrawing
from memorial.mirror.building import build
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


# Statistics and articles are the slow half of a site, and nothing here is about them.
KINDS = (
    "ru/prisoners/",
    "en/prisoners/",
    "ru/facilities/",
    "en/facilities/",
    "ru/search/",
    "ru/donate/index.html",
    "ru/index.html",
)


@pytest.fixture
def few_kinds(monkeypatch):
    real = addresses.mirror_file

    def few(address, filters):
        file = real(address, filters)
        return file if file and (file.startswith((*KINDS, "static/", "media/")) or "/" not in file) else None

    for module in (building, rendering, withdrawing):
        monkeypatch.setattr(module, "mirror_file", few)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "site"


@pytest.fixture
def built(folder):
    """Builds the mirror of `folder`. What is changed afterwards is as a transaction of its own to the site."""

    def make():
        result = build(folder, KEY, days=14, workers=0)
        ContentVersion.objects.update(transaction=-F("id"))
        return result

    return make
