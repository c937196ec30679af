"""The order of a list, kept while nothing public changes: the numbers of its people and nothing else.

So a list costs the same on every page and with a million people: one page's people are fetched by
their numbers. The first reader after a change pays for the sorting, each process once. What was
hidden meanwhile is not fetched, so the order never shows it.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final, overload

from memorial.base.kept import Kept
from prisoners.belongings import published_cards
from prisoners.models import Prisoner
from prisoners.querysets import PrisonerQuerySet

MOST_NUMBERS_KEPT: Final = 4_000_000
"""Of all orders together, in each process: 32 MB."""
_ROWS_AT_A_TIME: Final = 10_000

KeptOrders = Kept
"""Its former name, for those who came to know it so."""
_orders = Kept(MOST_NUMBERS_KEPT)


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


def kept_numbers(key: tuple[Any, ...], people: Callable[[], PrisonerQuerySet]) -> array[int]:
    """The numbers of people in the order of a queryset, which is asked only where none is kept under the key."""

    def numbers() -> array[int]:
        return array("q", people().values_list("pk", flat=True).iterator(_ROWS_AT_A_TIME))

    return _orders.get(key, numbers)


def kept_order(key: tuple[Any, ...], people: Callable[[], PrisonerQuerySet], on: date) -> PeopleInOrder:
    """People in the order that a queryset gives them, which is asked only where none is kept under the key."""
    return PeopleInOrder(kept_numbers(key, people), on)


def forget_orders() -> None:
    """Makes the next list sort anew; for measuring."""
    _orders.forget()


def kept_letters(language: str) -> list[str]:
    """The first letters of the names of published people in the reader's language."""
    return _orders.get(("letters", language), Prisoner.objects.published().first_letters)
