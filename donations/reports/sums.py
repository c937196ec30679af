"""Whether the lines of a report add up to what staff state of it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from donations.choices import ReportSide

CENT: Final = Decimal("0.01")


class Line(Protocol):
    """A line as it was typed: its sum in euros is not computed yet."""

    side: str
    amount: Decimal
    per_euro: Decimal | None


class Stated(Protocol):
    """What staff state of a period."""

    received_euros: Decimal
    spent_euros: Decimal


def in_euros(amount: Decimal, per_euro: Decimal | None) -> Decimal:
    """A sum in euros, to the cent, halves up: as the database computes it."""
    return (amount / (per_euro or Decimal(1))).quantize(CENT, rounding=ROUND_HALF_UP)


def added_up(lines: Iterable[Line], side: str) -> Decimal:
    """The sum of one side in euros; nought without lines."""
    return sum((in_euros(line.amount, line.per_euro) for line in lines if line.side == side), Decimal("0.00"))


def refuse_what_does_not_add_up(stated: Stated, lines: Iterable[Line]) -> None:
    """Raises `ValidationError` with both sums where the lines are not what is stated."""
    rows = list(lines)
    wrong = [
        message % {"stated": told, "lines": found}
        for message, told, found in (
            (
                _("Stated as received: %(stated)s €; the lines say %(lines)s €."),
                stated.received_euros,
                added_up(rows, ReportSide.RECEIVED),
            ),
            (
                _("Stated as spent: %(stated)s €; the lines say %(lines)s €."),
                stated.spent_euros,
                added_up(rows, ReportSide.SPENT),
            ),
        )
        if told != found
    ]
    if wrong:
        raise ValidationError(wrong, code="report_adds_up")
