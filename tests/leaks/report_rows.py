"""What the constraints of reports on money demand of a row, and no more; their periods for the crawl."""

from __future__ import annotations

from typing import Any

from django.db import models

from donations import models as money
from tests.leaks.assistance_rows import AS_OF

Shape = dict[str, Any]

_SUMS: Shape = {
    "received_euros": 31,
    "spent_euros": 31,
    "carried_from_euros": 7,
    "exchange_euros": 0,
    "carried_to_euros": 7,
}
_LINE: Shape = {"side": "received", "way": "card", "purpose": "", "currency": "USD"}

REPORT_SHAPES: dict[type[models.Model], Shape] = {
    money.ReportProposal: {
        "fund": "prisoners",
        "period": "2025",
        "as_of": AS_OF,
        "decision": "declined",
        **_SUMS,
    },
    money.ProposedLine: {**_LINE, "campaign": None},
    money.FundReport: {"fund": "prisoners", "period": "2024", **_SUMS},
    money.ReportLine: _LINE,
}


def report_periods() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Periods with a published report, and those for which one is only proposed."""
    told = tuple(money.FundReport.objects.values_list("period", flat=True).distinct())
    proposed = money.ReportProposal.objects.exclude(period__in=told).values_list("period", flat=True)
    return told, tuple(proposed.distinct())
