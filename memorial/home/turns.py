"""Whose turn it is on a day: an order that nobody chose, the same for everybody who asks that day.

A hash of the day and of the person, and not a place in a list: whoever is added or taken away moves
nobody else, so what staff saw for tomorrow is what readers see then. Of the person, the address of the page
counts, which is public: a number of the database would make the page depend on what was deleted before.
"""

from __future__ import annotations

from datetime import date

from django.db.models import CharField, F, Func, Value
from django.db.models.functions import Concat


class Turn(Func):
    """The place of a person on a day, for `order_by`; `what` tells one round from another."""

    function = "md5"
    output_field = CharField()

    def __init__(self, on: date, what: str = "") -> None:
        super().__init__(Concat(Value(f"{on.isoformat()} {what} "), F("slug")))


class FixedTurn(Func):
    """A place that no day changes: for what goes round through everybody."""

    function = "md5"
    output_field = CharField()

    def __init__(self) -> None:
        super().__init__(Concat(Value("turn "), F("slug")))
