"""One world for each module that asks for it, made once and rolled back."""

import pytest
from django.db import transaction

from tests.filters.world import World
from tests.pages.conftest import _fixed_day, _version_read_anew

__all__ = ["_fixed_day", "_version_read_anew"]
PEOPLE = 48


@pytest.fixture(scope="module")
def _dealt(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        world = World()
        world.people(PEOPLE)
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(_dealt, db) -> World:
    return _dealt
