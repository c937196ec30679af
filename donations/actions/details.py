"""Payment details: proposed by one person, approved or declined by another, each having proved who they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from donations.checks.refused import DetailsRefused
from donations.models import DetailsProposal, PaymentMethod
from donations.models.details import DetailsDecision
from donations.signing.details import MethodDetails
from donations.signing.text import block_of
from memorial.base.acting import acting
from memorial.base.refusals import refused_in_words


def propose_details(
    *, method: PaymentMethod, values: Mapping[str, str], confirmed_at: datetime, by: str = ""
) -> DetailsProposal:
    """Writes the details down for somebody else to approve. `confirmed_at` is when the person proved who they are.

    `by` names the actor, "" for the one who acts already. Raises `ValidationError` for a wrong check digit,
    for what is approved already, where one waits, and where the proof is over five minutes old.
    """
    try:
        details = MethodDetails(method.slug, method.kind, dict(values))
    except DetailsRefused as error:
        raise ValidationError(str(error), code="details") from error
    block = block_of(details)
    last = method.proposals.approved().order_by("-id").first()
    if last is not None and last.block == block:
        raise ValidationError(_("These details are approved already."), code="same")
    with acting(by), refused_in_words():
        proposal = DetailsProposal.objects.create(
            method=method, block=block, proposer_confirmed_at=confirmed_at
        )
    proposal.refresh_from_db()
    return proposal


def approve_details(*, proposal: DetailsProposal, confirmed_at: datetime, by: str = "") -> None:
    """Approves: the details go into the next set that is signed. Raises `ValidationError` for one's own."""
    try:
        proposal.details  # noqa: B018 - what somebody put there past the form is not approved unseen
    except DetailsRefused as error:
        raise ValidationError(str(error), code="details") from error
    _decide(proposal, DetailsDecision.APPROVED, confirmed_at, by)


def decline_details(*, proposal: DetailsProposal, confirmed_at: datetime, by: str = "") -> None:
    """Declines: nothing changes, and another proposal may be made. Raises `ValidationError`."""
    _decide(proposal, DetailsDecision.DECLINED, confirmed_at, by)


def _decide(proposal: DetailsProposal, decision: DetailsDecision, confirmed_at: datetime, by: str) -> None:
    with acting(by), refused_in_words():
        changed = (
            DetailsProposal.objects.waiting()
            .filter(pk=proposal.pk)
            .update(decision=decision, decided_at=confirmed_at, decider_confirmed_at=confirmed_at)
        )
    if not changed:
        raise ValidationError(_("Somebody has decided on these details already."), code="decided")
    proposal.refresh_from_db()
