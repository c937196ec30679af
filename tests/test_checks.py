"""The system checks of the database, against a real one that is wrong in each way."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections

from memorial import checks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def c_locale() -> Iterator[str]:
    """The alias of a database under the C locale, as an administrator makes one by mistake."""
    name = f"{connection.settings_dict['NAME']}_c"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
    connections.databases["c_locale"] = deepcopy(connections.databases[DEFAULT_DB_ALIAS]) | {"NAME": name}
    yield "c_locale"
    connections["c_locale"].close()
    del connections["c_locale"]
    del connections.databases["c_locale"]
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}"')


def codes(alias: str) -> list[str | None]:
    return [found.id for found in checks.check_database(databases=[alias])]


def test_a_good_database_passes() -> None:
    assert codes("default") == []


def test_a_locale_that_breaks_russian_is_refused(
    c_locale: str, django_db_blocker: pytest.FixtureRequest
) -> None:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        assert codes(c_locale) == ["memorial.E004"]


def test_an_old_server_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "OLDEST_POSTGRESQL", 990000)
    assert codes("default") == ["memorial.E002"]


def test_a_superuser_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = checks._FACTS.replace("rolsuper", "NOT rolsuper")
    assert facts != checks._FACTS
    monkeypatch.setattr(checks, "_FACTS", facts)
    assert codes("default") == ["memorial.E005"]


def test_a_server_that_does_not_answer_is_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(alias: str) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(checks, "_judge", refuse)
    assert codes("default") == ["memorial.E001"]
