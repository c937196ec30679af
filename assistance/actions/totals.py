"""Totals of a period: proposed by whoever sees all clients, approved or declined by somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assistance.models.totals import Decision, ProposedTotal, TotalsProposal
from assistance.totals.computing import Counts, kinds, people_helped
from assistance.totals.figures import HUMANITARIAN
from assistance.totals.periods import Period, closed_periods
from assistance.totals.told import Told, figures_to_withhold, what_is_told
from memorial.base.acting import acting
from memorial.base.localized import all_languages
from memorial.base.refusals import refused_in_words


@transaction.atomic
def propose_totals(
    *, period: Period, as_of: date, by: str = "", reason_ru: str = "", reason_en: str = ""
) -> TotalsProposal:
    """Counts the period and proposes its totals, small numbers and what would tell them withheld.

    `by` names the actor, "" for the one who acts already. Raises `ValidationError` with a sentence where
    the period is not over, a proposal waits, no reason is given for a correction, or nothing has changed.
    """
    told = what_is_told()
    counts = {each.code: people_helped(each) for each in {*closed_periods(as_of), period}}
    mine = counts[period.code]
    withheld = figures_to_withhold(period, counts, told)
    _refuse_an_empty_correction(told.get(period.code), mine, withheld)
    named = kinds()
    with acting(by), refused_in_words():
        proposal = TotalsProposal.objects.create(
            period=period.code, as_of=as_of, reason_ru=reason_ru, reason_en=reason_en
        )
        for figure, people in mine.items():
            programme, _colon, code = figure.partition(":")
            kind = named.get(code) if programme == HUMANITARIAN else None
            ProposedTotal.objects.create(
                proposal=proposal,
                figure=figure,
                people=people,
                withheld=figure in withheld,
                **{name: getattr(kind, name) if kind else "" for name in all_languages("label")},
            )
    proposal.refresh_from_db()
    return proposal


def approve_totals(*, proposal: TotalsProposal, by: str = "") -> None:
    """Approves: the database writes what readers see, for good. Raises `ValidationError` for one's own."""
    _decide(proposal, Decision.APPROVED, by)


def decline_totals(*, proposal: TotalsProposal, by: str = "") -> None:
    """Declines; nothing becomes public, and another proposal may be made. Raises `ValidationError`."""
    _decide(proposal, Decision.DECLINED, by)


def _decide(proposal: TotalsProposal, decision: Decision, by: str) -> None:
    with acting(by), refused_in_words():
        changed = (
            TotalsProposal.objects.waiting()
            .filter(pk=proposal.pk)
            .update(decision=decision, decided_at=timezone.now())
        )
    if not changed:
        raise ValidationError(_("Somebody has decided on these totals already."), code="decided")
    proposal.refresh_from_db()


def _refuse_an_empty_correction(told: Told | None, mine: Counts, withheld: Iterable[str]) -> None:
    hidden = set(withheld)
    if told and told.now == {figure: None if figure in hidden else n for figure, n in mine.items()}:
        raise ValidationError(
            _("The totals of this period are approved, and nothing has changed."), code="same"
        )
