"""What the settings of the world of markers say: whose signature is believed."""

import pytest

from tests.donations.signing import KEYS


@pytest.fixture(autouse=True)
def _believed_key(settings):
    settings.DONATE_PUBLIC_KEYS = KEYS
