"""What every action begins with: who acts and why, the rows locked, refusals said in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from memorial.base.acting import acting, staff_actor
from memorial.base.civil_date import civil_date
from memorial.base.refusals import refused_in_words
from prisoners.models import Facility, Prisoner


@contextmanager
def done_by(by: int | None, reason: str) -> Iterator[None]:
    """Writes actor and reason into the history of every change made inside.

    `by` is a staff account's number; None keeps the actor who acts already (a command). What
    the database refuses becomes a `ValidationError` in words.
    """
    with acting("" if by is None else staff_actor(by), reason), refused_in_words():
        yield


def required_reason(reason: str) -> str:
    """The reason without spaces around it. Raises `ValidationError` where there is none."""
    if not reason.strip():
        raise ValidationError(_("Say why: the reason is kept in the history, which only staff see."))
    return reason.strip()


def locked_prisoner(prisoner: Prisoner) -> Prisoner:
    """The row as it is now, locked until the transaction ends. Raises `ValidationError` if it is gone."""
    row = Prisoner.objects.select_for_update(of=("self",)).filter(pk=prisoner.pk).first()
    if row is None:
        raise ValidationError(_("This person's record is gone: it was deleted or merged meanwhile."))
    return row


def locked_facility(facility: Facility) -> Facility:
    """The row as it is now, locked until the transaction ends. Raises `ValidationError` if it is gone."""
    row = Facility.objects.select_for_update(of=("self",)).filter(pk=facility.pk).first()
    if row is None:
        raise ValidationError(_("This institution's record is gone: it was deleted meanwhile."))
    return row


def change(record: Prisoner | Facility, **columns: Any) -> None:
    """Writes only these columns, so that nothing an editor has open is overwritten; the record shows them."""
    type(record)._default_manager.filter(pk=record.pk).update(**columns)
    record.refresh_from_db()


def happened(on: date) -> date:
    """The day, which must not lie ahead. Raises `ValidationError`."""
    if on > civil_date():
        raise ValidationError(_("This day lies in the future: only what has happened is entered."))
    return on
