"""«Checked, nothing changed»: one click for a person, one for an institution and all who are held there."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from prisoners.actions.begin import change, done_by, happened, locked_facility, locked_prisoner
from prisoners.models import Facility, Prisoner


def confirm_unchanged(*, prisoner: Prisoner, on: date, by: int | None) -> None:
    """Says that facts and place were checked on that day and are as written.

    A later check stands. Raises `ValidationError` for a day in the future.
    """
    with transaction.atomic(), done_by(by, _("Checked, nothing changed")):
        row = locked_prisoner(prisoner)
        day = happened(on)
        change(
            row,
            facts_checked_on=max(day, row.facts_checked_on or day),
            place_checked_on=max(day, row.place_checked_on or day),
        )
    prisoner.refresh_from_db()


def confirm_facility(*, facility: Facility, on: date, by: int | None) -> None:
    """Says that the institution's address was checked on that day: once, for everybody held there.

    A later check stands. Raises `ValidationError` for a day in the future.
    """
    with transaction.atomic(), done_by(by, _("Checked, nothing changed")):
        row = locked_facility(facility)
        day = happened(on)
        change(row, address_checked_on=max(day, row.address_checked_on or day))
    facility.refresh_from_db()
