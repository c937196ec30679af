"""One fixed day, one world for the tests of a module, no remembered version of the content."""

import pytest
import time_machine as clock
from django.db import transaction

from memorial.base import content_version
from tests.figures import world as made
from tests.figures.world import TODAY

NOON = f"{TODAY.isoformat()}T12:00:00+03:00"


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Everybody; each test takes back what it changed."""
    with django_db_blocker.unblock(), transaction.atomic(), clock.travel(NOON):
        yield made.everybody()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _fixed_day(time_machine):
    time_machine.move_to(NOON)


@pytest.fixture(autouse=True)
def _version_read_anew(monkeypatch):
    monkeypatch.setattr(content_version, "SECONDS_BETWEEN_READS", 0.0)
