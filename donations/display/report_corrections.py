"""What a report says of its sums, and what a later publication of the same period corrected."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from assistance.choices import Currency
from donations.choices import IncomeWay, ReportSide, SpendingPurpose
from donations.display.money import money
from donations.models.reports import FundReport, ReportLine
from prisoners.display.words import capital, date_words

EURO: Final = Currency.EUR.value
CHANGED: Final = "±"
"""The sign before what changed rates made of a balance."""


@dataclass(frozen=True)
class Change:
    """A sum that was corrected: of what, what was told and what is told now."""

    words: str
    before: str
    after: str


@dataclass(frozen=True)
class Correction:
    """A later publication of the same period."""

    old: FundReport
    new: FundReport

    @property
    def on(self) -> str:
        return date_words(self.new.published_on)

    @property
    def changes(self) -> list[Change]:
        """Every sum that is another now, with both values: lines, then what was carried over."""
        before, after = _by_key(self.old), _by_key(self.new)
        found = [
            Change(_line_words(line), _told(before.get(key)), _told(after.get(key)))
            for key, line in {**before, **after}.items()
            if _sums(before.get(key)) != _sums(after.get(key))
        ]
        return [*found, *self._of_balance()]

    def _of_balance(self) -> list[Change]:
        rows = zip(balance_rows(self.old), balance_rows(self.new), strict=True)
        return [
            Change(words, money(old, EURO), money(new, EURO))
            for (words, old, _sign), (_words, new, _also) in rows
            if old != new
        ]


def balance_rows(report: FundReport) -> list[tuple[str, Decimal, str]]:
    """What was there, what came, what went, what is left: words, the sum in euros, the sign before it."""
    return [
        (_("There at the beginning"), report.carried_from_euros, ""),
        (_("Received"), report.received_euros, "+"),
        (_("Spent"), report.spent_euros, "−"),
        (_("What changed rates made of it"), report.exchange_euros, CHANGED),
        (_("Left for the next period"), report.carried_to_euros, "="),
    ]


def way_or_purpose(line: ReportLine) -> str:
    """By which way it came, or what it was spent on."""
    word = (
        IncomeWay(line.way).label if line.side == ReportSide.RECEIVED else SpendingPurpose(line.purpose).label
    )
    return capital(str(word))


def _line_words(line: ReportLine) -> str:
    side = capital(str(ReportSide(line.side).label))
    return f"{side}: {way_or_purpose(line)}, {line.currency}"


def _by_key(report: FundReport) -> dict[tuple[str, str, str, int | None, str], ReportLine]:
    return {line.key: line for line in report.lines.all()}


def _sums(line: ReportLine | None) -> tuple[Decimal, Decimal] | None:
    return (line.amount, line.euros) if line else None


def _told(line: ReportLine | None) -> str:
    """The sum of a line, and what it was in euros; «no such line» where there is none."""
    if line is None:
        return _("no such line")
    if line.currency == EURO:
        return money(line.amount, EURO)
    return f"{money(line.amount, line.currency)} ({money(line.euros, EURO)})"
