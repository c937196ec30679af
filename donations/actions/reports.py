"""A report on money: proposed by one person, approved or declined by somebody else."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assistance.models.totals import Decision
from donations.models.reports import ProposedLine, ReportProposal
from donations.reports.sums import refuse_what_does_not_add_up
from memorial.base.acting import acting
from memorial.base.refusals import refused_in_words


@transaction.atomic
def propose_report(*, report: ReportProposal, lines: Iterable[ProposedLine], by: str = "") -> ReportProposal:
    """Writes a report that is not saved yet, with its lines, for somebody else to look at.

    `by` names the actor, "" for the one who acts already. Raises `ValidationError` with a sentence where the
    lines do not add up, the period is not over, a proposal waits, or no reason is given for a correction.
    """
    rows = list(lines)
    refuse_what_does_not_add_up(report, rows)
    with acting(by), refused_in_words():
        report.save()
        for line in rows:
            line.proposal = report
            line.save()
    report.refresh_from_db()
    return report


def approve_report(*, proposal: ReportProposal, by: str = "") -> None:
    """Approves: the database writes what readers see, for good.

    Raises `ValidationError` for one's own, for lines that do not add up, and where the report of the period
    before ends with another sum than this one begins with.
    """
    _decide(proposal, Decision.APPROVED, by)


def decline_report(*, proposal: ReportProposal, by: str = "") -> None:
    """Declines; nothing becomes public, and another proposal may be made. Raises `ValidationError`."""
    _decide(proposal, Decision.DECLINED, by)


def _decide(proposal: ReportProposal, decision: Decision, by: str) -> None:
    with acting(by), refused_in_words():
        changed = (
            ReportProposal.objects.waiting()
            .filter(pk=proposal.pk)
            .update(decision=decision, decided_at=timezone.now())
        )
    if not changed:
        raise ValidationError(_("Somebody has decided on this report already."), code="decided")
    proposal.refresh_from_db()
