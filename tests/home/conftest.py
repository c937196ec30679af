"""What every test of a page needs: one fixed day, no remembered content version."""

import pytest

from memorial.base import content_version
from tests.donations.signing import KEYS
from tests.pages.world import TODAY


@pytest.fixture(autouse=True)
def _fixed_day(time_machine):
    """Noon in Moscow on the day that the mock-ups show."""
    time_machine.move_to(f"{TODAY.isoformat()}T12:00:00+03:00")


@pytest.fixture(autouse=True)
def _version_read_anew(monkeypatch):
    """The version is remembered for a second, which is longer than a test."""
    monkeypatch.setattr(content_version, "SECONDS_BETWEEN_READS", 0.0)


@pytest.fixture(autouse=True)
def _signed_accounts(settings):
    """Ways to give are shown with accounts signed by the key of the tests."""
    settings.DONATE_PUBLIC_KEYS = KEYS
