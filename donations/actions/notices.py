"""Notices of safety: proposed by one person, approved by another, ended early by anybody who may propose."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from donations.models.notices import DonorNoticeProposal, NoticeDecision, SafetyProposal
from memorial.base.acting import acting
from memorial.base.refusals import refused_in_words

Proposal = SafetyProposal | DonorNoticeProposal


def propose_notice(*, proposal: Proposal, by: str = "") -> None:
    """Writes a proposal that is not saved yet. `by` names the actor, "" for the one who acts already.

    Raises `ValidationError` with a sentence for days in the wrong order or too far, a reason in one language
    only, and a cell for which a proposal waits.
    """
    with acting(by), refused_in_words():
        proposal.save(force_insert=True)
    proposal.refresh_from_db()


def approve_notice(*, proposal: Proposal, confirmed_at: datetime, by: str = "") -> None:
    """Approves: the database writes what readers see. `confirmed_at` is when the person proved who they are.

    Raises `ValidationError` for one's own, and where the proof is over five minutes old.
    """
    _decide(proposal, NoticeDecision.APPROVED, confirmed_at, by)


def decline_notice(*, proposal: Proposal, confirmed_at: datetime, by: str = "") -> None:
    """Declines: nothing changes, and another proposal may be made. Raises `ValidationError`."""
    _decide(proposal, NoticeDecision.DECLINED, confirmed_at, by)


def end_notice(*, proposal: Proposal, by: str = "") -> None:
    """Takes an approved notice from the page at once: what it allowed is «do not pay» again.

    Raises `ValidationError` where it was never approved or has ended.
    """
    with acting(by), refused_in_words():
        changed = type(proposal).objects.endable().filter(pk=proposal.pk).update(ended_at=timezone.now())
    if not changed:
        raise ValidationError(_("Only an approved notice that has not ended can be ended."), code="ended")
    proposal.refresh_from_db()


def _decide(proposal: Proposal, decision: NoticeDecision, confirmed_at: datetime, by: str) -> None:
    with acting(by), refused_in_words():
        changed = (
            type(proposal)
            .objects.waiting()
            .filter(pk=proposal.pk)
            .update(decision=decision, decided_at=confirmed_at, decider_confirmed_at=confirmed_at)
        )
    if not changed:
        raise ValidationError(_("Somebody has decided on this already."), code="decided")
    proposal.refresh_from_db()
