"""Reports on money that the database must refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

from donations.models import FundReport, ProposedLine, ReportLine, ReportProposal
from memorial.base.acting import acting
from memorial.staff.models import User
from tests.donations.campaign_rows import campaign
from tests.donations.report_rows import (
    APPROVES,
    AS_OF,
    PROPOSES,
    RATE,
    proposed,
    published,
    received,
    report,
    spent,
)

Rows = list[Callable[[], object]]


def saved(by: str = PROPOSES, **fields: object) -> ReportProposal:
    """A proposal of nothing, past every form."""
    with acting(by):
        made = report([], **fields)
        made.save()
    return made


def line(of: Callable[..., ProposedLine] = received, **fields: object) -> Callable[[], object]:
    """One more line of a proposal that waits."""

    def make() -> None:
        with acting(PROPOSES):
            made = of(**fields)
            made.proposal = saved()
            made.save()

    return make


def decide(made: ReportProposal, by: str = APPROVES, decision: str = "approved") -> None:
    """The second person's word, past every form."""
    with acting(by):
        ReportProposal.objects.filter(pk=made.pk).update(
            decision=decision, decided_at=datetime(2026, 11, 22, 12, tzinfo=UTC)
        )


def decided_by_nobody() -> None:
    ReportProposal.objects.filter(pk=proposed().pk).update(decision="approved")


def somebody_without_the_right() -> str:
    return f"staff:{User.objects.create(username='reader', email='r@example.org', is_staff=True).pk}"


def changed(**fields: object) -> Callable[[], object]:
    return lambda: ReportProposal.objects.filter(pk=proposed().pk).update(**fields)


def line_of_another() -> None:
    made = saved()
    with acting(APPROVES):
        extra = received()
        extra.proposal = made
        extra.save()


def line_after_the_decision() -> None:
    published()
    with acting(PROPOSES):
        extra = received(way="bank")
        extra.proposal = ReportProposal.objects.get()
        extra.save()


def one_line_too_many() -> None:
    """A line written past the form after the sums were stated."""
    made = proposed()
    with acting(PROPOSES):
        extra = received("0.01", way="bank")
        extra.proposal = made
        extra.save()
    decide(made)


def gap_between_quarters() -> None:
    published(period="2026-q2")
    decide(proposed(carried_from_euros=Decimal("999.99")))


def gap_after_a_year() -> None:
    """A month that does not go on from the year before it, nor the corrected quarter."""
    published(period="2025", carried_from_euros=Decimal(10))
    decide(proposed(period="2026-m01"))


def raw_report(**fields: object) -> FundReport:
    """A published report as the trigger writes it."""
    sums = {"received_euros": 1, "spent_euros": 1, **fields}
    head = {"fund": "prisoners", "period": "2026-q3", "as_of": AS_OF, "published_on": AS_OF}
    return FundReport.objects.create(**{**head, **sums})


def raw_line(**fields: object) -> ReportLine:
    sides = {"side": "spent", "purpose": "lawyers", "currency": "EUR", "amount": 1}
    return ReportLine.objects.create(report=fields.pop("report", None) or raw_report(), **{**sides, **fields})


def two(make: Callable[[], object]) -> Callable[[], object]:
    return lambda: [make(), make()]


def line_for_a_campaign_of_the_other_fund() -> None:
    line(campaign=campaign())()


def two_lines() -> None:
    made = saved()
    with acting(PROPOSES):
        for _ in range(2):
            extra = received()
            extra.proposal = made
            extra.save()


def two_raw_lines() -> None:
    made = raw_report()
    raw_line(report=made)
    raw_line(report=made, amount=2)


NO_RATE = {"per_euro": None, "rate_on": None, "rate_basis_ru": ""}

REFUSED: dict[str, Rows] = {
    "report_of_a_closed_period": [
        lambda: saved(period="2099"),
        lambda: saved(period="2022"),
        lambda: saved(period="2022-q3"),
        lambda: saved(period="2026-q5"),
        lambda: saved(period="2026-m13"),
        lambda: saved(period="2026-3"),
        lambda: saved(period=""),
        lambda: saved(as_of=date(2026, 9, 30)),
    ],
    "report_has_a_proposer": [lambda: report([]).save(), decided_by_nobody],
    "report_approved_by_right": [lambda: decide(proposed(), somebody_without_the_right())],
    "report_correction_says_why": [lambda: [published(), saved()]],
    "report_is_frozen": [
        changed(period="2026-q2"),
        changed(received_euros=Decimal("1999.99"), carried_to_euros=Decimal("999.99")),
        lambda: proposed().delete(),
        lambda: [published(), decide(ReportProposal.objects.get(), "command:third", "declined")],
        lambda: ProposedLine.objects.filter(proposal=proposed()).update(amount=1),
        lambda: ProposedLine.objects.filter(proposal=proposed()).delete(),
        lambda: [published(), ReportLine.objects.update(amount=1)],
        lambda: [published(), ReportLine.objects.all().delete()],
        lambda: [published(), FundReport.objects.update(as_of=AS_OF, period="2026-q2")],
        lambda: FundReport.objects.filter(pk=published([]).pk).delete(),
    ],
    "report_adds_up": [
        one_line_too_many,
        lambda: decide(saved(received_euros=Decimal("0.01"))),
        lambda: decide(saved(spent_euros=Decimal("0.01"), carried_from_euros=Decimal("0.01"))),
    ],
    "report_goes_on_from_the_last": [gap_between_quarters, gap_after_a_year],
    "report_lines_by_the_proposer": [line_of_another, line_after_the_decision],
    "report_campaign_of_the_fund": [line_for_a_campaign_of_the_other_fund],
    "reportproposal_one_waits": [two(saved)],
    "reportproposal_decided_by_another": [lambda: decide(proposed(), PROPOSES)],
    "reportproposal_decision_is_whole": [
        lambda: _owned(decision="approved"),
        lambda: _owned(decided_by="b"),
    ],
    "reportproposal_of_a_fund": [lambda: saved(fund="both")],
    "reportproposal_no_sum_negative": [
        lambda: saved(received_euros=Decimal(-1), carried_from_euros=Decimal(5)),
        lambda: saved(spent_euros=Decimal(-1)),
        lambda: saved(spent_euros=Decimal(1)),
        lambda: saved(carried_from_euros=Decimal(-1), received_euros=Decimal(1)),
    ],
    "reportproposal_balances": [
        lambda: saved(carried_to_euros=Decimal("0.01")),
        lambda: saved(exchange_euros=Decimal(3), carried_to_euros=Decimal(2)),
    ],
    "proposedline_on_one_side": [
        line(received, purpose="lawyers"),
        line(received, way=""),
        line(spent, way="card"),
        line(spent, purpose=""),
        line(spent, purpose="champagne"),
        line(spent, side="given"),
    ],
    "proposedline_more_than_nothing": [line(amount="0"), line(amount="-5")],
    "proposedline_in_a_currency": [line(currency="XXX"), line(currency="")],
    "proposedline_rate_is_whole": [
        line(currency="RUB", **NO_RATE),
        line(currency="RUB", rate_on=None),
        line(currency="RUB", per_euro=None),
        line(currency="RUB", rate_basis_ru=""),
        line(currency="RUB", per_euro=Decimal(0)),
        line(currency="EUR", **RATE),
    ],
    "proposedline_once": [two_lines],
    "fundreport_once": [two(raw_report)],
    "fundreport_of_a_fund": [lambda: raw_report(fund="both")],
    "fundreport_no_sum_negative": [lambda: raw_report(spent_euros=-1, carried_to_euros=2)],
    "fundreport_balances": [lambda: raw_report(carried_to_euros=1)],
    "reportline_on_one_side": [lambda: raw_line(way="card")],
    "reportline_more_than_nothing": [lambda: raw_line(amount=0)],
    "reportline_in_a_currency": [lambda: raw_line(currency="XXX", **RATE)],
    "reportline_rate_is_whole": [lambda: raw_line(currency="RUB")],
    "reportline_once": [two_raw_lines],
}


def _owned(**fields: object) -> None:
    """A row of the tables' owner, as a restore writes it: the proposer is named, nobody acts."""
    made = report([])
    made.proposed_by = "a"
    for name, value in fields.items():
        setattr(made, name, value)
    made.save()


ACCEPTED: dict[str, Callable[[], object]] = {
    "a report that another approves": published,
    "a report of nothing": lambda: published([]),
    "both funds in one period": lambda: [published(), published(fund="organisation")],
    "a correction that says why": lambda: [published(), published(reason_ru="Опечатка")],
    "another proposal after one was declined": lambda: [decide(proposed(), decision="declined"), proposed()],
    "a quarter that goes on from the last": lambda: [
        published(period="2026-q2"),
        published(carried_from_euros=FundReport.objects.get().carried_to_euros),
    ],
    "a loss by rates": lambda: published(exchange_euros=Decimal("-0.50")),
}
