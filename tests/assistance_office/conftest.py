"""Coordinators at their desks, kinds of things, and a client of each of two coordinators."""

import pytest

from assistance.models import Client
from tests.assistance.factories import ClientFactory, ItemKindFactory
from tests.office.conftest import groups, member

__all__ = ["groups", "member"]


@pytest.fixture
def desk(member):
    """A coordinator who sees own clients only."""
    return member("aid_coordinator")


@pytest.fixture
def lead(member):
    """A coordinator who sees every client."""
    return member("aid_lead")


@pytest.fixture
def mine(desk) -> Client:
    return ClientFactory(
        name="Горинцев Тимур Адамович", contact="timur@example.org", coordinator=desk.user.pk
    )


@pytest.fixture
def theirs(db) -> Client:
    return ClientFactory(name="Чужакова Лариса Ильинична", contact="+7 999 555-12-34", coordinator=999)


@pytest.fixture
def kinds(db) -> None:
    ItemKindFactory()
    for code, ru, en in (
        ("food", "продукты", "food"),
        ("stationery_postage", "канцелярия, марки, оплата писем", "stationery and postage"),
    ):
        ItemKindFactory(code=code, label_ru=ru, label_en=en, expires=False)
