"""One fixed day; the version of the content is read anew at every question."""

import pytest

from memorial.base import content_version
from tests.pages.world import TODAY


@pytest.fixture(autouse=True)
def _fixed_day(time_machine):
    time_machine.move_to(f"{TODAY.isoformat()}T12:00:00+03:00")


@pytest.fixture(autouse=True)
def _version_read_anew(monkeypatch):
    monkeypatch.setattr(content_version, "SECONDS_BETWEEN_READS", 0.0)
