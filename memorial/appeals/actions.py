"""Urgent appeals: sent for reading, read by a second person and published, extended or returned; withdrawn by anybody."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from memorial.appeals.models import Appeal, AppealReading
from memorial.appeals.models.appeal import OPEN_FOR
from memorial.base.choices import State
from memorial.base.civil_date import civil_date
from prisoners.actions.begin import done_by, required_reason


def send_appeal(*, appeal: Appeal, by: int | None) -> None:
    """Asks for a second person. Raises `ValidationError` with every obstacle (`appeal_obstacles`)."""
    with transaction.atomic(), done_by(by, _("Sent for review")):
        row = _locked(appeal)
        _refuse(appeal_obstacles(row))
        _move(row, State.READY, {State.DRAFT, State.WITHDRAWN})
    appeal.refresh_from_db()


def publish_appeal(*, appeal: Appeal, by: int | None) -> None:
    """The second person's word: readers see it as it stands, and it asks for something for `OPEN_FOR`.

    Raises `ValidationError` for one's own appeal, without consent, or with another obstacle.
    """
    with transaction.atomic(), done_by(by, _("Published")):
        row = _locked(appeal)
        _refuse(appeal_obstacles(row))
        _approve(row)
        first = row.first_published_at or timezone.now()
        _move(row, State.PUBLISHED, {State.READY}, first_published_at=first)
    appeal.refresh_from_db()


def extend_appeal(*, appeal: Appeal, reason: str, by: int | None) -> None:
    """A new decision of a second person: it is open for `OPEN_FOR` from today.

    Raises `ValidationError` without a reason, for one's own, once the outcome is known, or with an obstacle.
    """
    word = required_reason(reason)
    with transaction.atomic(), done_by(by, word):
        row = _locked(appeal)
        obstacles = appeal_obstacles(row)
        if row.outcome_on is not None:
            obstacles.append(_("Its outcome is known: write another appeal."))
        _refuse(obstacles)
        _approve(row, word)
        _move(row, State.PUBLISHED, {State.PUBLISHED})
    appeal.refresh_from_db()


def return_appeal(*, appeal: Appeal, reason: str, by: int | None) -> None:
    """Returns what waits to its author with a word. Raises `ValidationError` without one, or for one's own."""
    word = required_reason(reason)
    with transaction.atomic(), done_by(by, word):
        row = _locked(appeal)
        AppealReading.objects.create(appeal=row, decision=AppealReading.Decision.RETURNED, word=word)
        _move(row, State.DRAFT, {State.READY})
    appeal.refresh_from_db()


def draft_appeal(*, appeal: Appeal, by: int | None) -> None:
    """Takes an appeal back to work. Raises `ValidationError` for what readers see."""
    with transaction.atomic(), done_by(by, _("Back to draft")):
        _move(_locked(appeal), State.DRAFT, {State.READY, State.WITHDRAWN})
    appeal.refresh_from_db()


def withdraw_appeal(*, appeal: Appeal, reason: str, by: int | None) -> None:
    """Takes the appeal away from readers at once, by one person alone. Raises `ValidationError` without a reason.

    Withdrawing twice does no harm. A consent that is withdrawn does the same without this.
    """
    reason = required_reason(reason)
    with transaction.atomic(), done_by(by, reason):
        row = _locked(appeal)
        if row.state != State.WITHDRAWN:
            Appeal.objects.filter(pk=row.pk).update(state=State.WITHDRAWN)
    appeal.refresh_from_db()


def appeal_obstacles(appeal: Appeal) -> list[str]:
    """What keeps the appeal from readers, in sentences."""
    today, person = civil_date(), appeal.prisoner
    found = []
    if not appeal.complete_in():
        found.append(_("An appeal has a title, what happened and what to do in the same language."))
    if not appeal.addressees.exists():
        found.append(_("An appeal says to whom to write: add an organisation."))
    if appeal.shown_until is None or appeal.shown_until < today:
        found.append(str(Appeal.REFUSALS["appeal_needs_consent"]))
    if person.state != State.PUBLISHED or person.initials_only:
        found.append(_("The person has no page with a name."))
    if not person.attention_wanted:
        found.append(_("Nobody has said that the person wants public attention: see the person's wishes."))
    if person.is_quiet(today):
        found.append(_("The person asked for quiet."))
    return found


def _approve(row: Appeal, word: str = "") -> None:
    until = civil_date() + OPEN_FOR
    AppealReading.objects.create(appeal=row, decision=AppealReading.Decision.APPROVED, until=until, word=word)


def _locked(appeal: Appeal) -> Appeal:
    row = Appeal.objects.select_for_update(of=("self",)).for_reading().filter(pk=appeal.pk).first()
    if row is None:
        raise ValidationError(_("This record is gone: it was deleted meanwhile."))
    return row


def _refuse(obstacles: list[str]) -> None:
    if obstacles:
        raise ValidationError(obstacles)


def _move(row: Appeal, to: State, allowed: Collection[State], **columns: object) -> None:
    if row.state not in allowed:
        raise ValidationError(
            _("The page is “%(state)s” now: this step does not apply to it.")
            % {"state": row.get_state_display()}
        )
    Appeal.objects.filter(pk=row.pk).update(state=to, **columns)
