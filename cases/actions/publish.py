"""Publication of cases, courts and officials: to review, to readers, away from readers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case, Court, Official
from cases.obstacles import case_obstacles, court_obstacles, official_obstacles
from memorial.base.choices import State
from memorial.base.civil_date import civil_date
from prisoners.actions.begin import done_by, required_reason
from prisoners.models import Prisoner

Record = Case | Court | Official


def publish_case(*, case: Case, by: int | None) -> None:
    """Lets readers see the case with those of its people who are published.

    Raises `ValidationError` with every obstacle (`case_obstacles`).
    """
    with transaction.atomic(), done_by(by, _("Published")):
        row = locked(case)
        _refuse(case_obstacles, row)
        # Nothing comes up as new because it was taken away and shown again.
        columns = {} if row.first_published_at else {"updated_on": civil_date()}
        _show(row, **columns)
    case.refresh_from_db()


def publish_court(*, court: Court, by: int | None) -> None:
    """Gives the court a page. Raises `ValidationError` with every obstacle (`court_obstacles`)."""
    with transaction.atomic(), done_by(by, _("Published")):
        row = locked(court)
        _refuse(court_obstacles, row)
        _show(row)
    court.refresh_from_db()


def publish_official(*, official: Official, by: int | None) -> None:
    """Gives the official a page. Raises `ValidationError` with every obstacle (`official_obstacles`)."""
    with transaction.atomic(), done_by(by, _("Published")):
        row = locked(official)
        _refuse(official_obstacles, row)
        _show(row)
    official.refresh_from_db()


def withdraw_case(*, case: Case, reason: str, by: int | None) -> None:
    """Takes the case away from readers at once, by one person alone; its people keep their pages.

    The reason is kept in the history. Withdrawing twice does no harm. Raises `ValidationError` without one.
    """
    _withdraw(case, reason, by)


def withdraw_court(*, court: Court, reason: str, by: int | None) -> None:
    """Takes the court's page and name away from readers. Raises `ValidationError` without a reason."""
    _withdraw(court, reason, by)


def withdraw_official(*, official: Official, reason: str, by: int | None) -> None:
    """Takes the official away from readers, and every part played. Raises `ValidationError` without a reason."""
    _withdraw(official, reason, by)


def review_case(*, case: Case, by: int | None) -> None:
    """Says that a draft is ready for another pair of eyes. Raises `ValidationError` for what is no draft."""
    _move(case, by, _("Sent for review"), {State.DRAFT}, State.READY)


def draft_case(*, case: Case, by: int | None) -> None:
    """Takes a case from review, or from what was withdrawn, back to work. Raises `ValidationError` for others."""
    _move(case, by, _("Back to draft"), {State.READY, State.WITHDRAWN}, State.DRAFT)


def locked(record: Any) -> Any:
    """The row as it is now, locked until the transaction ends. Raises `ValidationError` if it is gone.

    The people of a case are locked first, as by whoever writes anything of them: nobody waits in a circle.
    """
    if isinstance(record, Case):
        people = Prisoner.objects.filter(pk__in=record.prosecutions.values("prisoner")).order_by("pk")
        list(people.select_for_update(of=("self",), no_key=True).values_list("pk"))
    row = type(record)._default_manager.select_for_update(of=("self",)).filter(pk=record.pk).first()
    if row is None:
        raise ValidationError(_("This record is gone: it was deleted meanwhile."))
    return row


def change(row: Record, **columns: Any) -> None:
    """Writes only these columns, so that nothing an editor has open is overwritten."""
    type(row)._default_manager.filter(pk=row.pk).update(**columns)


def _refuse(obstacles: Callable[[Any], list[str]], row: Record) -> None:
    if found := obstacles(row):
        raise ValidationError(found)


def _show(row: Record, **columns: Any) -> None:
    if row.state != State.PUBLISHED:
        first = row.first_published_at or timezone.now()
        change(row, state=State.PUBLISHED, first_published_at=first, **columns)


def _withdraw(record: Record, reason: str, by: int | None) -> None:
    reason = required_reason(reason)
    with transaction.atomic(), done_by(by, reason):
        row = locked(record)
        if row.state != State.WITHDRAWN:
            change(row, state=State.WITHDRAWN)
    record.refresh_from_db()


def _move(case: Case, by: int | None, reason: str, allowed: set[State], to: State) -> None:
    with transaction.atomic(), done_by(by, reason):
        row = locked(case)
        if row.state not in allowed:
            raise ValidationError(
                _("The page is “%(state)s” now: this step does not apply to it.")
                % {"state": row.get_state_display()}
            )
        change(row, state=to)
    case.refresh_from_db()
