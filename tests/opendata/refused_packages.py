"""Rows of the data package that the database must refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from memorial.package.models import DataPackage, Withdrawal


def package(**fields: object) -> Callable[[], object]:
    own = {
        "made_on": date(2026, 1, 1),
        "stem": "a" * 24,
        "size": 1,
        "sha256": "0" * 64,
        "rows": 0,
        "stamp": "",
    }
    return lambda: DataPackage.objects.create(**{**own, **fields})


def noted_twice() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    for _ in range(2):
        Withdrawal.objects.create(transaction=7, began_at=at)


REFUSED: dict[str, list[Callable[[], object]]] = {
    "datapackage_stem_is_random": [package(stem=stem) for stem in ("", "people", "A" * 24, "a" * 23)],
    "withdrawal_once_a_transaction": [noted_twice],
}
