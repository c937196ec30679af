"""Steps of a request for help: what was done, what is next; and its end."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assistance.choices import OPEN_STATES, RequestState
from assistance.models import HelpRequest
from memorial.base.acting import acting, staff_actor
from memorial.base.civil_date import civil_date
from memorial.base.refusals import refused_in_words


def take_step(
    *,
    request: HelpRequest,
    version: int,
    done_on: date,
    next_step: str,
    next_step_on: date,
    by: int,
    state: RequestState | None = None,
) -> HelpRequest:
    """Writes that a step was taken and what comes next; moves an open request to another open state.

    `version` is that of the request when it was read. Raises `ValidationError` where a colleague has
    changed it since, where it is closed, or where the step lies ahead.
    """
    if done_on > civil_date():
        raise ValidationError(_("This day lies in the future: only what has happened is entered."))
    if state is not None and state not in OPEN_STATES:
        raise ValidationError(_("To end a request, close it."))
    with transaction.atomic(), acting(staff_actor(by)), refused_in_words():
        row = _unchanged(request, version)
        if not row.is_open:
            raise ValidationError(_("This request is closed: open it again first."))
        row.last_step_on = max(row.last_step_on, done_on)
        row.next_step, row.next_step_on = next_step, next_step_on
        row.state = state or row.state
        row.save()
    row.refresh_from_db()
    return row


def close_request(
    *,
    request: HelpRequest,
    version: int,
    state: RequestState,
    closed_on: date,
    by: int,
    decision: str = "",
) -> HelpRequest:
    """Ends a request: done, refused or withdrawn. Nothing waits any more, so there is no next step.

    Raises `ValidationError` as `take_step` does, and for a refusal without reasons.
    """
    if state in OPEN_STATES:
        raise ValidationError(_("Choose how the request ended."))
    if closed_on > civil_date():
        raise ValidationError(_("This day lies in the future: only what has happened is entered."))
    with transaction.atomic(), acting(staff_actor(by)), refused_in_words():
        row = _unchanged(request, version)
        row.state, row.closed_on = state, closed_on
        row.last_step_on = max(row.last_step_on, closed_on)
        row.next_step, row.next_step_on = "", None
        row.decision = decision or row.decision
        row.save()
    row.refresh_from_db()
    return row


def _unchanged(request: HelpRequest, version: int) -> HelpRequest:
    """The row as it is now, locked. Raises `ValidationError` where it is not as it was read."""
    row = HelpRequest.objects.select_for_update().filter(pk=request.pk).first()
    if row is None:
        raise ValidationError(_("This request is gone: it was deleted or merged meanwhile."))
    if row.version != version:
        raise ValidationError(
            _("A colleague has changed this request since you opened it: look at it again."), code="changed"
        )
    return row
