"""Ways to give in the world of markers: one that readers see with its signed details; proposals they must not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from donations.models import DeskNotice, DetailsProposal, PaymentMethod, PaymentSet
from donations.signing.signature import signed
from tests.donations.signing import CARD, KEY, set_of

if TYPE_CHECKING:
    from tests.leaks.rows import Maker

Shape = dict[str, Any]

PAYMENT_SHAPES: dict[type[models.Model], Shape] = {
    PaymentMethod: {"network": "", "asset": "", "is_shown": False},
    PaymentSet: {"serial": 1, "signed_text": lambda: signed(set_of(CARD), KEY)},
    DetailsProposal: {"decision": "declined"},
}

OF_ONE_PAYMENT: dict[type[models.Model], tuple[str, ...]] = {DeskNotice: ("proposal", "payment_set")}


def shown_method(make: Any, maker: Maker) -> PaymentMethod:
    """The way to give of the signed set that stands in the world."""
    shown: PaymentMethod = make(maker, PaymentMethod, slug=CARD.slug, kind=CARD.kind, is_shown=True)
    return shown
