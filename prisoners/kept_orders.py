"""The order of a list, kept while nothing public changes: the numbers of its people and nothing else.

So a list costs the same on every page and with a million people: one page's people are fetched by
their numbers. The first reader after a change pays for the sorting, each process once. What was
hidden meanwhile is not fetched, so the order never shows it.
"""

from __future__ import annotations

import threading
from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final, TypeVar, overload

from django.db import connection

from memorial.base.content_version import content_version
from prisoners.belongings import published_cards
from prisoners.models import Prisoner
from prisoners.querysets import PrisonerQuerySet

MOST_NUMBERS_KEPT: Final = 4_000_000
"""Of all orders together, in each process: 32 MB."""
_ROWS_AT_A_TIME: Final = 10_000
Kept = TypeVar("Kept", bound=Sequence[Any])


class KeptOrders:
    """Values by key, all of one content version; the least recently asked go when there are too many numbers."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._version = ""
        self._kept: OrderedDict[Any, Sequence[Any]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Any, make: Callable[[], Kept]) -> Kept:
        """The value of a key, made where there is none of the present version.

        In a transaction nothing is kept: what it has changed itself the version does not tell.
        """
        if connection.in_atomic_block:
            return make()
        version = content_version()
        with self._lock:
            if version != self._version:
                self._kept.clear()
                self._version = version
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]  # type: ignore[return-value]
        made = make()
        with self._lock:
            if version == self._version:
                self._kept[key] = made
                self._forget_oldest()
        return made

    def forget(self) -> None:
        """Forget all, as after a change."""
        with self._lock:
            self._kept.clear()

    def _forget_oldest(self) -> None:
        while len(self._kept) > 1 and sum(map(len, self._kept.values())) > self._most:
            self._kept.popitem(last=False)


_orders = KeptOrders(MOST_NUMBERS_KEPT)


class PeopleInOrder(Sequence[Prisoner]):
    """Published people in an order. A slice is a list of people, loaded for a list on a day."""

    def __init__(self, numbers: Sequence[int], on: date) -> None:
        self._numbers = numbers
        self._on = on

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, index: int) -> Prisoner: ...
    @overload
    def __getitem__(self, index: slice) -> list[Prisoner]: ...
    def __getitem__(self, index: int | slice) -> Prisoner | list[Prisoner]:
        """People of a slice who are published still; of one place, IndexError where it is empty."""
        if isinstance(index, int):
            return self[index : index + 1 or None][0]
        numbers = self._numbers[index]
        by_number = {person.pk: person for person in published_cards(numbers, self._on)}
        return [by_number[number] for number in numbers if number in by_number]


def kept_order(key: tuple[Any, ...], people: Callable[[], PrisonerQuerySet], on: date) -> PeopleInOrder:
    """People in the order that a queryset gives them, which is asked only where none is kept under the key."""

    def numbers() -> array[int]:
        return array("q", people().values_list("pk", flat=True).iterator(_ROWS_AT_A_TIME))

    return PeopleInOrder(_orders.get(key, numbers), on)


def forget_orders() -> None:
    """Makes the next list sort anew; for measuring."""
    _orders.forget()


def kept_letters(language: str) -> list[str]:
    """The first letters of the names of published people in the reader's language."""
    return _orders.get(("letters", language), Prisoner.objects.published().first_letters)
