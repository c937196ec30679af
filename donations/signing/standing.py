"""How the signed sets stand, for the finance desk: what holds, until when, why nothing does, what is to be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from donations.checks.refused import DetailsRefused
from donations.models import DetailsProposal, PaymentMethod, PaymentSet
from donations.signing.current import is_of, verified_set
from donations.signing.details import MethodDetails
from donations.signing.text import MOST_DAYS, DetailsSet

REMINDED: Final = timedelta(days=21)
"""How long before its last day finance is reminded that a new set is to be signed."""


@dataclass(frozen=True)
class SetStanding:
    """The newest set on a day. `problem` says why it does not hold, empty where it does."""

    row: PaymentSet | None
    details: DetailsSet | None
    problem: str
    days_left: int

    @property
    def holds(self) -> bool:
        return self.row is not None and not self.problem

    @property
    def is_expiring(self) -> bool:
        """Whether a new one is to be signed: within 21 days it holds no more, or it does not hold now."""
        return self.row is not None and (bool(self.problem) or self.days_left <= REMINDED.days)

    @property
    def is_lowest(self) -> bool:
        """Whether the settings refuse every set before this one, so that none can be brought back."""
        return self.row is not None and self.row.serial == settings.DONATE_LOWEST_SERIAL


@dataclass(frozen=True)
class MethodStanding:
    """One way to give: what is signed, what is approved, what waits; `words` says how it stands."""

    method: PaymentMethod
    signed: MethodDetails | None
    approved: MethodDetails | None
    waiting: DetailsProposal | None
    is_live: bool
    words: str


@dataclass(frozen=True)
class NextSet:
    """What the machine that signs is told: the number, and the days that are usual."""

    serial: int
    begins: date
    until: date


def set_standing(on: date) -> SetStanding:
    """How the newest set stands. One query."""
    row = PaymentSet.objects.newest()
    if row is None:
        return SetStanding(None, None, _("No set has been signed yet."), 0)
    try:
        details = verified_set(row)
    except DetailsRefused as error:
        return SetStanding(row, None, str(error), 0)
    return SetStanding(row, details, _problem(details, on), (details.valid_until - on).days)


def next_set(standing: SetStanding, on: date) -> NextSet:
    """The number after the newest and after the lowest of the settings; from today, as long as may be."""
    serial = max(standing.row.serial + 1 if standing.row else 1, settings.DONATE_LOWEST_SERIAL)
    return NextSet(serial, on, on + timedelta(days=MOST_DAYS - 1))


def method_standings(standing: SetStanding) -> list[MethodStanding]:
    """Every way to give, those that readers are told of first. Three queries."""
    signed = {each.slug: each for each in standing.details.methods} if standing.details else {}
    approved = {
        row.method_id: row
        for row in DetailsProposal.objects.approved().order_by("method_id", "-id").distinct("method_id")
    }
    waiting = {row.method_id: row for row in DetailsProposal.objects.waiting()}
    methods = PaymentMethod.objects.order_by("-is_shown", "position", "slug")
    return [
        _method(
            each, signed.get(each.slug), approved.get(each.pk), waiting.get(each.pk), holds=standing.holds
        )
        for each in methods
    ]


def _problem(details: DetailsSet, on: date) -> str:
    if on > details.valid_until:
        return _("It has expired.")
    return _("It is not valid yet.") if on < details.valid_from else ""


def _method(
    method: PaymentMethod,
    signed: MethodDetails | None,
    row: DetailsProposal | None,
    waiting: DetailsProposal | None,
    *,
    holds: bool,
) -> MethodStanding:
    approved = _read(row)
    is_live = bool(holds and signed and is_of(signed, method) and method.is_shown)
    if not method.is_shown:
        words = _("readers are not told of it")
    elif is_live and signed == approved:
        words = _("live")
    elif is_live:
        words = _("live, but not what is approved now: to be signed")
    elif approved:
        words = _("unavailable: to be signed")
    else:
        words = _("unavailable: no details are approved")
    return MethodStanding(method, signed, approved, waiting, is_live, words)


def _read(row: DetailsProposal | None) -> MethodDetails | None:
    try:
        return row.details if row else None
    except DetailsRefused:
        return None
