"""The notices of safety of the invented world: the shipped words, proposed by one party, approved by another."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.utils import timezone

from donations.actions.notices import approve_notice
from donations.seeding import propose_defaults
from memorial.base.acting import command_actor

PROPOSES: Final = command_actor("load_demo, who proposed the notices")
APPROVES: Final = command_actor("load_demo, who approved the notices")
DAYS: Final = 180
"""How long they hold: whoever keeps the invented world for longer sees how it fails closed."""


def write_notices(today: date) -> None:
    """Proposes and approves the shipped words for every way to give. No lawyer has read them: it is a demo."""
    made = propose_defaults(
        checked_on=today, valid_from=today, valid_until=today + timedelta(days=DAYS), by=PROPOSES
    )
    for proposal in made:
        approve_notice(proposal=proposal, confirmed_at=timezone.now(), by=APPROVES)
