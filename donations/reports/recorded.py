"""What the records of help cost in a period, beside what a report says was spent. For the office alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from assistance.choices import Programme
from assistance.costs import costs_by_month
from assistance.totals.periods import Period
from donations.choices import ReportSide, SpendingPurpose
from donations.models.reports import ProposedLine

_PURPOSES: Final = {
    Programme.LEGAL.value: (SpendingPurpose.LAWYERS,),
    Programme.DETENTION.value: (SpendingPurpose.DETENTION,),
    # The records of parcels hold what families were given, too.
    Programme.HUMANITARIAN.value: (SpendingPurpose.PARCELS, SpendingPurpose.FAMILIES),
}
"""What of a report stands against which programme of the records."""


@dataclass(frozen=True)
class Compared:
    """What a report says was spent and what the records say, in one currency."""

    purposes: tuple[SpendingPurpose, ...]
    currency: str
    reported: Decimal
    recorded: Decimal

    @property
    def difference(self) -> Decimal:
        """How much more the report says than the records."""
        return self.reported - self.recorded


def compared_with_records(period: Period, lines: Iterable[ProposedLine]) -> list[Compared]:
    """Each programme and currency of either side; one statement. Only for who may see what help cost.

    Records whose date is not certain are counted where they may lie in the period.
    """
    reported: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    programme_of = {purpose: programme for programme, each in _PURPOSES.items() for purpose in each}
    for line in lines:
        if line.side == ReportSide.SPENT and line.purpose in programme_of:
            reported[programme_of[SpendingPurpose(line.purpose)], line.currency] += line.amount
    recorded: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in costs_by_month(period.first, period.last):
        recorded[row.programme, row.currency] += row.cost
    return [
        Compared(_PURPOSES[key[0]], key[1], reported[key], recorded[key])
        for key in sorted({*reported, *recorded})
    ]
