"""Notices of safety in the world of markers: those that readers see today, and proposals that they must not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models

from donations.choices import Place
from donations.models import DonorNotice, DonorNoticeProposal, PaymentMethod, SafetyNotice, SafetyProposal

if TYPE_CHECKING:
    from tests.leaks.rows import Maker

Shape = dict[str, Any]

DAYS: Shape = {
    "checked_on": date(2026, 11, 20),
    "valid_from": date(2026, 11, 20),
    "valid_until": date(2027, 5, 20),
}
_NOW = datetime.now(tz=UTC).date() - timedelta(days=1)
DAYS_OF_PROPOSALS: Shape = {
    "checked_on": _NOW,
    "valid_from": _NOW,
    "valid_until": _NOW + timedelta(days=30),
}
"""PostgreSQL has a clock of its own, which no test moves: nothing is approved after its last day."""
NOTICE_SHAPES: dict[type[models.Model], Shape] = {
    # Approved and ended: every column of theirs has something in it.
    SafetyProposal: {**DAYS_OF_PROPOSALS, "decision": "approved"},
    DonorNoticeProposal: {**DAYS_OF_PROPOSALS, "decision": "approved"},
    SafetyNotice: {**DAYS, "place": Place.ELSEWHERE, "level": "suitable", "method": None},
    DonorNotice: DAYS,
}
"""What constraints and triggers demand of a row, and days that hold in the world of markers."""


def shown_notices(make: Any, maker: Maker, method: PaymentMethod) -> None:
    """Every word for a way to give, so that each page of it is another."""
    for place, level in zip(Place, ("no", "caution", "suitable"), strict=True):
        make(maker, SafetyNotice, place=place, level=level, method=method)


def places() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """All there are: another word is no place, and its address may be a campaign's."""
    return tuple(Place.values), (), ()


def methods() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A way to give that readers are told of; one that they are not answers like one that never was."""
    slugs = PaymentMethod.objects.order_by("pk")
    shown = slugs.filter(is_shown=True).values_list("slug", flat=True)
    return tuple(shown[:1]), tuple(slugs.filter(is_shown=False).values_list("slug", flat=True)[:1])
