"""Reports on the money of the invented world: proposed by one party, approved by another, one of them corrected.

Real is only what the organisation told of its first three years: over 20 million roubles for the needs of
political prisoners, about €212,000. All other sums and all other rates are invented.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from assistance.totals.periods import FIRST_THREE_YEARS
from donations.actions.reports import approve_report, propose_report
from donations.choices import Fund, IncomeWay, ReportSide, SpendingPurpose
from donations.models import Campaign, ProposedLine, ReportProposal
from donations.reports.periods import closed_report_periods, report_period_of
from donations.reports.sums import added_up, in_euros
from memorial.base.acting import command_actor
from memorial.base.civil_date import civil_date
from memorial.demo.figures import AS_OF

PROPOSES: Final = command_actor("load_demo, who drew up the accounts")
APPROVES: Final = command_actor("load_demo, who checked the accounts")
NOUGHT: Final = Decimal(0)

QUARTERS: Final = (
    "2024-q4",
    "2025-q1",
    "2025-q2",
    "2025-q3",
    "2025-q4",
    "2026-q1",
    "2026-q2",
    "2026-q3",
)
WHOLES: Final = {"2025": QUARTERS[1:5], "2026-1": QUARTERS[5:7]}
"""Periods that are told as the sums of their quarters."""
_SIZE: Final = ("0.92", "0.85", "0.90", "0.88", "1.10", "0.95", "0.97", "1")
_DOLLARS: Final = ("1.067", "1.052", "1.134", "1.168", "1.163", "1.17", "1.165", "1.171")
_ROUBLES: Final = ("107", "98.1", "91.6", "93.8", "94.2", "95.4", "96.1", "95.8")
_DRIFT: Final = ("0", "-14.20", "-31.75", "6.10", "0", "-3.40", "4.85", "-2.60")
"""What changed rates made of the balance in each quarter."""
_THREE_YEARS_RATE: Final = Decimal(95)

Row = tuple[str, str, str, int]
"""Side, way or purpose, currency, the sum of a usual quarter."""
_IN, _OUT = ReportSide.RECEIVED.value, ReportSide.SPENT.value
_USUAL: Final[dict[str, tuple[Row, ...]]] = {
    Fund.PRISONERS: (
        (_IN, IncomeWay.CARD, "EUR", 9_600),
        (_IN, IncomeWay.PATREON, "USD", 5_200),
        (_IN, IncomeWay.BANK, "EUR", 3_100),
        (_IN, IncomeWay.PAYPAL, "EUR", 2_400),
        (_IN, IncomeWay.BOOSTY, "RUB", 186_000),
        (_OUT, SpendingPurpose.LAWYERS, "EUR", 9_840),
        (_OUT, SpendingPurpose.DETENTION, "EUR", 1_680),
        (_OUT, SpendingPurpose.PARCELS, "EUR", 5_310),
        (_OUT, SpendingPurpose.PARCELS, "RUB", 250_000),
        (_OUT, SpendingPurpose.FAMILIES, "EUR", 2_160),
        (_OUT, SpendingPurpose.FEES, "EUR", 240),
    ),
    Fund.ORGANISATION: (
        (_IN, IncomeWay.CARD, "EUR", 2_700),
        (_IN, IncomeWay.PATREON, "USD", 1_100),
        (_OUT, SpendingPurpose.ORGANISATION, "EUR", 3_360),
        (_OUT, SpendingPurpose.SERVERS, "EUR", 720),
        (_OUT, SpendingPurpose.FEES, "EUR", 60),
    ),
}
_BEFORE: Final = {Fund.PRISONERS: Decimal(8_400), Fund.ORGANISATION: Decimal(4_100)}
"""What was there before the first of the quarters."""
_MORE: Final = {
    (Fund.ORGANISATION, "2025-q1"): (IncomeWay.GRANT, "", "EUR", Decimal(3_000)),
    (Fund.ORGANISATION, "2026-q1"): (IncomeWay.CARD, "new-servers", "USD", Decimal(900)),
    (Fund.ORGANISATION, "2026-q2"): (IncomeWay.CARD, "new-servers", "USD", Decimal("1489.50")),
    (Fund.ORGANISATION, "2026-q3"): (IncomeWay.CARD, "work-of-the-project", "EUR", Decimal(1_160)),
}
"""What came in beside the usual: by which way, for which campaign, in which currency."""
_CORRECTED: Final = (Fund.PRISONERS, "2026-q1")
_TRANSPOSED: Final = Decimal(180)
_THREE_YEARS: Final[tuple[Row, ...]] = (
    (_IN, IncomeWay.CARD, "RUB", 11_400_000),
    (_IN, IncomeWay.PATREON, "RUB", 3_800_000),
    (_IN, IncomeWay.PAYPAL, "RUB", 1_900_000),
    (_IN, IncomeWay.BOOSTY, "RUB", 1_140_000),
    (_IN, IncomeWay.BANK, "RUB", 950_000),
    (_IN, IncomeWay.CRYPTO, "RUB", 950_000),
    (_OUT, SpendingPurpose.LAWYERS, "RUB", 8_265_000),
    (_OUT, SpendingPurpose.DETENTION, "RUB", 2_014_000),
    (_OUT, SpendingPurpose.PARCELS, "RUB", 6_441_000),
    (_OUT, SpendingPurpose.FAMILIES, "RUB", 1_805_000),
    (_OUT, SpendingPurpose.FEES, "RUB", 608_000),
)
"""20,140,000 roubles came in, at 95 roubles for a euro: €212,000."""

Key = tuple[str, str, str, int | None]


@dataclass
class Accounts:
    """What was reported of one fund so far: what is left, and the lines of each quarter."""

    fund: str
    left: Decimal
    began_with: dict[str, Decimal] = field(default_factory=dict)
    left_after: dict[str, Decimal] = field(default_factory=dict)
    lines: dict[str, list[ProposedLine]] = field(default_factory=dict)


def publish_reports() -> None:
    """Proposes and approves every report as the office would. Needs the campaigns and the totals of help."""
    over = {period.code for period in closed_report_periods(civil_date())}
    campaigns = dict(Campaign.objects.values_list("slug", "pk"))
    if FIRST_THREE_YEARS in over:
        lines = [_line(row, Decimal(row[3]), _THREE_YEARS_RATE, FIRST_THREE_YEARS) for row in _THREE_YEARS]
        _publish(Fund.PRISONERS, FIRST_THREE_YEARS, lines)
    for fund in Fund.values:
        accounts = Accounts(fund, _BEFORE[Fund(fund)])
        for number, code in enumerate(QUARTERS):
            if code in over:
                _quarter(accounts, number, campaigns)
        for code, parts in WHOLES.items():
            if code in over:
                _whole(accounts, code, parts)


def _quarter(accounts: Accounts, number: int, campaigns: dict[str, int]) -> None:
    code, before = QUARTERS[number], accounts.left
    lines = [
        _line(row, _tens(row[3] * Decimal(_SIZE[number])), _rate(row[2], number), code)
        for row in _USUAL[accounts.fund]
    ]
    if more := _MORE.get((Fund(accounts.fund), code)):
        way, campaign, currency, amount = more
        row = (_IN, way.value, currency, 0)
        lines.append(
            _line(row, amount, _rate(currency, number), code, campaigns[campaign] if campaign else None)
        )
    drift = Decimal(_DRIFT[number]) if accounts.fund == Fund.PRISONERS else NOUGHT
    about: dict[str, Any] = {"carried_from_euros": before, "exchange_euros": drift}
    if (Fund(accounts.fund), code) == _CORRECTED:
        _publish(accounts.fund, code, _transposed(lines), **about)
        about |= {
            "reason_ru": "В расходах на семьи переставлены цифры.",
            "reason_en": "Two figures of the help to families had changed places.",
        }
    accounts.left = _publish(accounts.fund, code, lines, **about)
    accounts.began_with[code], accounts.left_after[code] = before, accounts.left
    accounts.lines[code] = lines


def _whole(accounts: Accounts, code: str, parts: Sequence[str]) -> None:
    """A year or half of one: its lines are the sums of its quarters, at the rate that these give on average."""
    amounts: dict[Key, Decimal] = defaultdict(Decimal)
    euros: dict[str, Decimal] = defaultdict(Decimal)
    of_currency: dict[str, Decimal] = defaultdict(Decimal)
    for line in (line for part in parts for line in accounts.lines[part]):
        amounts[line.side, line.way or line.purpose, line.currency, line.campaign_id] += line.amount
        euros[line.currency] += in_euros(line.amount, line.per_euro)
        of_currency[line.currency] += line.amount
    rates = {each: (of_currency[each] / euros[each]).quantize(Decimal("0.0001")) for each in euros}
    lines = [
        _line((side, word, currency, 0), amount, rates[currency], code, campaign)
        for (side, word, currency, campaign), amount in amounts.items()
    ]
    before, after = accounts.began_with[parts[0]], accounts.left_after[parts[-1]]
    drift = after - before - added_up(lines, _IN) + added_up(lines, _OUT)
    _publish(accounts.fund, code, lines, carried_from_euros=before, exchange_euros=drift)


def _publish(fund: str, period: str, lines: Iterable[ProposedLine], **about: Any) -> Decimal:
    """Proposes and approves; returns what is left."""
    rows = [_copy(line) for line in lines]
    came, went = added_up(rows, _IN), added_up(rows, _OUT)
    before, drift = about.pop("carried_from_euros", NOUGHT), about.pop("exchange_euros", NOUGHT)
    report = ReportProposal(
        fund=fund,
        period=period,
        as_of=min(report_period_of(period).last + timedelta(days=25), max(AS_OF, civil_date())),
        received_euros=came,
        spent_euros=went,
        carried_from_euros=before,
        exchange_euros=drift,
        carried_to_euros=before + came - went + drift,
        **about,
    )
    proposal = propose_report(report=report, lines=rows, by=PROPOSES)
    approve_report(proposal=proposal, by=APPROVES)
    return proposal.carried_to_euros


def _line(
    row: Row, amount: Decimal, rate: Decimal | None, period: str, campaign: int | None = None
) -> ProposedLine:
    side, word, currency, _usual = row
    line = ProposedLine(side=side, currency=currency, amount=amount, campaign_id=campaign)
    if side == _IN:
        line.way = str(word)
    else:
        line.purpose = str(word)
    if currency != "EUR":
        line.per_euro, line.rate_on = rate, report_period_of(period).last
        line.rate_basis_ru, line.rate_basis_en = "средний курс за период", "average rate of the period"  # type: ignore[attr-defined]
    return line


def _copy(line: ProposedLine) -> ProposedLine:
    """The same line, to be written with another proposal."""
    names = ("side", "way", "purpose", "campaign_id", "currency", "amount", "per_euro", "rate_on")
    basis = {name: getattr(line, name) for name in ("rate_basis_ru", "rate_basis_en")}
    return ProposedLine(**{name: getattr(line, name) for name in names}, **basis)


def _transposed(lines: Iterable[ProposedLine]) -> list[ProposedLine]:
    """The lines as they were first told, with more for families than there was."""
    rows = [_copy(line) for line in lines]
    for line in rows:
        if line.purpose == SpendingPurpose.FAMILIES:
            line.amount += _TRANSPOSED
    return rows


def _rate(currency: str, number: int) -> Decimal | None:
    return {"USD": Decimal(_DOLLARS[number]), "RUB": Decimal(_ROUBLES[number])}.get(currency)


def _tens(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("1E1")).quantize(Decimal(1))
