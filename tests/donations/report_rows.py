"""Reports on money, proposed and published as staff do it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from donations.actions.reports import approve_report, propose_report
from donations.models import FundReport, ProposedLine, ReportProposal
from donations.reports.sums import added_up

AS_OF = date(2026, 11, 22)
PROPOSES, APPROVES = "command:propose", "command:approve"
RATE = {"per_euro": Decimal("95"), "rate_on": date(2026, 9, 30), "rate_basis_ru": "Средний курс за период"}


def received(amount="1000", way="card", currency="EUR", **fields) -> ProposedLine:
    """Money that came in."""
    rate = {} if currency == "EUR" else RATE
    line = {"side": "received", "way": way, "currency": currency, "amount": Decimal(amount)}
    return ProposedLine(**{**line, **rate, **fields})


def spent(amount="400", purpose="lawyers", currency="EUR", **fields) -> ProposedLine:
    """Money that was spent."""
    rate = {} if currency == "EUR" else RATE
    line = {"side": "spent", "purpose": purpose, "currency": currency, "amount": Decimal(amount)}
    return ProposedLine(**{**line, **rate, **fields})


def usual() -> list[ProposedLine]:
    """What came in by two ways in two currencies, and what was spent on three purposes."""
    return [
        received("1000"),
        received("95000", way="patreon", currency="RUB"),
        spent("410"),
        spent("330", "parcels"),
        spent("24700", "families", "RUB"),
    ]


def report(lines, period="2026-q3", fund="prisoners", **fields) -> ReportProposal:
    """A report that states what its lines add up to."""
    stated = {
        "received_euros": added_up(lines, "received"),
        "spent_euros": added_up(lines, "spent"),
        "carried_from_euros": Decimal(0),
        "exchange_euros": Decimal(0),
        **fields,
    }
    stated.setdefault(
        "carried_to_euros",
        stated["carried_from_euros"]
        + stated["received_euros"]
        - stated["spent_euros"]
        + stated["exchange_euros"],
    )
    return ReportProposal(**{"fund": fund, "period": period, "as_of": AS_OF, **stated})


def proposed(lines=None, by=PROPOSES, **fields) -> ReportProposal:
    """A report that waits for a decision."""
    lines = usual() if lines is None else lines
    return propose_report(report=report(lines, **fields), lines=lines, by=by)


def published(lines=None, **fields) -> FundReport:
    """A report that readers see."""
    approve_report(proposal=proposed(lines, **fields), by=APPROVES)
    return FundReport.objects.latest("pk")


def shown_reports() -> None:
    """Two quarters, so that there is a picture; the second names totals of help nowhere and was corrected once."""
    first = published(period="2026-q2")
    left = {"carried_from_euros": first.carried_to_euros}
    published(**left)
    published(usual()[:4], reason_ru="Одна выписка посчитана дважды.", reason_en="", **left)
