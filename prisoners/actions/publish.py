"""Publication: to review, to readers, away from readers."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from memorial.base.choices import State
from memorial.base.civil_date import civil_date
from prisoners.actions.begin import (
    change,
    done_by,
    locked_facility,
    locked_prisoner,
    required_reason,
)
from prisoners.actions.find_name import own_texts_tell_name
from prisoners.actions.show_photos import files_removed_on_failure, show_photos, take_photos_away
from prisoners.models import Facility, Photo, Prisoner
from prisoners.obstacles import facility_obstacles, publication_obstacles


def publish(*, prisoner: Prisoner, by: int | None) -> None:
    """Lets readers see the person, with every photo that is not hidden.

    `by=None` keeps the actor who acts already, as an import does. Raises `ValidationError` with
    every obstacle (`publication_obstacles`).
    """
    with files_removed_on_failure() as made, transaction.atomic(), done_by(by, _("Published")):
        row = locked_prisoner(prisoner)
        obstacles = publication_obstacles(row)
        if row.initials_only and own_texts_tell_name(row):
            obstacles.append(
                _("The person is shown by initials, and the page's own texts still tell the name.")
            )
        if obstacles:
            raise ValidationError(obstacles)
        columns = {"state": State.PUBLISHED, "first_published_at": row.first_published_at or timezone.now()}
        if row.first_published_at is None:
            # Nothing comes up as new because it was taken away and shown again.
            columns["updated_on"] = civil_date()
        if not row.is_published:
            change(row, **columns)
        show_photos(row, made)
    prisoner.refresh_from_db()


def send_for_review(*, prisoner: Prisoner, by: int | None) -> None:
    """Says that a draft is ready for another pair of eyes. Raises `ValidationError` for what is no draft."""
    _move(prisoner, by, _("Sent for review"), {State.DRAFT}, State.READY)


def back_to_draft(*, prisoner: Prisoner, by: int | None) -> None:
    """Takes a person from review, or from what was withdrawn, back to work.

    Raises `ValidationError` for a published person, who is withdrawn first, with a reason.
    """
    _move(prisoner, by, _("Back to draft"), {State.READY, State.WITHDRAWN}, State.DRAFT)


def withdraw(*, prisoner: Prisoner, reason: str, by: int | None) -> None:
    """Takes the person away from readers at once, by one person alone; photos' files go with it.

    The reason is kept in the history. Withdrawing twice does no harm. Raises `ValidationError`
    without a reason.
    """
    reason = required_reason(reason)
    with transaction.atomic(), done_by(by, reason):
        row = locked_prisoner(prisoner)
        if row.state != State.WITHDRAWN:
            change(row, state=State.WITHDRAWN)
        take_photos_away(Photo.objects.filter(prisoner=row))
    prisoner.refresh_from_db()


def publish_facility(*, facility: Facility, by: int | None) -> None:
    """Gives the institution a page. Raises `ValidationError` for one without a name, or of a secret kind."""
    with transaction.atomic(), done_by(by, _("Published")):
        row = locked_facility(facility)
        if obstacles := facility_obstacles(row):
            raise ValidationError(obstacles)
        if not row.is_published:
            change(
                row,
                state=State.PUBLISHED,
                first_published_at=row.first_published_at or timezone.now(),
            )
    facility.refresh_from_db()


def withdraw_facility(*, facility: Facility, reason: str, by: int | None) -> None:
    """Takes the institution's page away; of the people held there readers see only the region.

    Raises `ValidationError` without a reason.
    """
    reason = required_reason(reason)
    with transaction.atomic(), done_by(by, reason):
        row = locked_facility(facility)
        if row.state != State.WITHDRAWN:
            change(row, state=State.WITHDRAWN)
    facility.refresh_from_db()


def _move(prisoner: Prisoner, by: int | None, reason: str, allowed: set[State], to: State) -> None:
    with transaction.atomic(), done_by(by, reason):
        row = locked_prisoner(prisoner)
        if row.state not in allowed:
            raise ValidationError(
                _("The page is “%(state)s” now: this step does not apply to it.")
                % {"state": row.get_state_display()}
            )
        change(row, state=to)
    prisoner.refresh_from_db()
