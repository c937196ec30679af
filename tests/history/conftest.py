"""A committed history: sealing looks at what other transactions have finished, so it must be real.

The rows are made once for a module and taken away after it. Each test seals, tampers and verifies in a
transaction of its own that is rolled back.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from memorial.base.acting import acting
from memorial.base.models import HistoryEntry
from memorial.base.sealing.findings import Verdict
from memorial.base.sealing.sealer import Sealed, seal_history
from memorial.base.sealing.verifying import verify_history
from prisoners.models import Theme
from tests.office.conftest import desk, groups, member

__all__ = ["desk", "groups", "member"]

FIRST = "sealed-"


def remove_committed(prefix: str) -> None:
    """Rows and history of a module's world: the guards stand aside for that moment."""
    Theme.objects.filter(code__startswith=prefix).delete()
    with connection.cursor() as cursor:
        for table in ("base_historyentry", "base_historyseal", "base_historyremoval"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM base_historyseal")
        cursor.execute("DELETE FROM base_historyentry")
        cursor.execute("DELETE FROM base_historyremoval")
        for table in ("base_historyentry", "base_historyseal", "base_historyremoval"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture(scope="module")
def _committed(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        remove_committed(FIRST)
        with acting("staff:7", "the world of a module"):
            for number in range(4):
                theme = Theme.objects.create(code=f"{FIRST}{number}", label_ru=f"Тема {number}, “д”: 1,")
                Theme.objects.filter(pk=theme.pk).update(label_en=f"Theme {number}")
            theme.delete()
        yield
        remove_committed(FIRST)


@dataclass
class Bench:
    """Seals and verifies with a key and a file of heads of its own."""

    path: Path
    key: Ed25519PrivateKey

    def seal(self, **options: str) -> Sealed:
        return seal_history(self.path, self.key, **options)

    def verify(self, *copies: Path) -> Verdict:
        return verify_history([self.path, *copies], self.key.public_key())

    def kinds(self) -> list[str]:
        return [str(finding.kind) for finding in self.verify().found]


@pytest.fixture
def bench(_committed, db, tmp_path) -> Bench:
    return Bench(tmp_path / "heads.jsonl", Ed25519PrivateKey.generate())


@pytest.fixture
def entries(bench) -> list[int]:
    """The numbers of the committed entries, in their order."""
    return list(HistoryEntry.objects.order_by("transaction", "pk").values_list("pk", flat=True))


@pytest.fixture
def tamper(db):
    """Runs SQL as somebody who owns the database and has switched its guards off."""

    def run(sql: str, *params: object) -> None:
        tables = ("base_historyentry", "base_historyseal", "base_historyremoval")
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(sql, params)
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return run
