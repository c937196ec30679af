"""Rows read a portion at a time: only their numbers are held meanwhile, eight bytes each.

No cursor stays open between portions, so that it works behind a pool that lends a connection for one
transaction only; what is hidden meanwhile is not in the next portion, because each asks anew.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, TypeVar

from django.db.models import QuerySet

from memorial.base.localized import current_language

_NUMBERS_AT_A_TIME: Final = 10_000
ROWS_AT_A_TIME: Final = 200
Made = TypeVar("Made")


def numbers_of(rows: QuerySet[Any]) -> array[int]:
    """The numbers of rows, in their order."""
    return array("q", rows.values_list("pk", flat=True).iterator(_NUMBERS_AT_A_TIME))


def in_portions(numbers: Sequence[int], load: Callable[[list[int]], Iterable[Any]]) -> Iterator[Any]:
    """The records of these numbers, in their order; `load` gives those of a portion that are public still."""
    for start in range(0, len(numbers), ROWS_AT_A_TIME):
        portion = list(numbers[start : start + ROWS_AT_A_TIME])
        found = {record.pk: record for record in load(portion)}
        yield from (found[number] for number in portion if number in found)


def once_a_language(kept: dict[str, Made], make: Callable[[], Made]) -> Made:
    """What `make` makes in the active language, made once and kept in `kept`, which a row holds.

    A row that held `make` would hold itself, and stay until such circles are looked for.
    """
    language = current_language()
    if language not in kept:
        kept[language] = make()
    return kept[language]
