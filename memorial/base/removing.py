"""Lawful removals from the history: proposed by one person, decided by another, carried out by the server."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from memorial.base.acting import acting, staff_actor
from memorial.base.evidence import HistoryRemoval
from memorial.base.refusals import refused_in_words


@transaction.atomic
def propose_removal(*, entries: Sequence[int], reason: str, by: int) -> HistoryRemoval:
    """Proposes to take the text out of some entries. Raises `ValidationError` without entries or reason."""
    reason = reason.strip()
    if not entries:
        raise ValidationError(_("Name the entries of the history."))
    if not reason:
        raise ValidationError(_("Say why the text has to go."))
    with acting(staff_actor(by)), refused_in_words():
        return HistoryRemoval.objects.create(entries=list(entries), reason=reason, proposed_by=by)


def confirm_removal(*, removal: HistoryRemoval, by: int) -> None:
    """Confirms, as a second person. Raises `ValidationError` for the one who proposed, or where it is decided."""
    _decide(removal, by, confirmed_by=by)


def decline_removal(*, removal: HistoryRemoval, by: int) -> None:
    """Declines. Raises `ValidationError` for the one who proposed, or where it is decided."""
    _decide(removal, by, declined_by=by)


@transaction.atomic
def _decide(removal: HistoryRemoval, by: int, **outcome: int) -> None:
    row = HistoryRemoval.objects.select_for_update().get(pk=removal.pk)
    if not row.is_open:
        raise ValidationError(_("This was decided already."))
    if row.proposed_by == by:
        raise ValidationError(_("Text is removed from the history by two different people."))
    with acting(staff_actor(by)), refused_in_words():
        HistoryRemoval.objects.filter(pk=row.pk).update(**outcome, decided_at=timezone.now())
