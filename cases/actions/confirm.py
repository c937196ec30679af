"""«Checked, nothing changed» for cases, courts and officials; two people confirm an official and each part."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.publish import Record, change, locked
from cases.models import Case, Court, Official, OfficialConfirmation, OfficialRole
from memorial.base.choices import State, Verification
from memorial.base.civil_date import civil_date
from prisoners.actions.begin import done_by, happened


def confirm_case(*, case: Case, on: date, by: int | None) -> None:
    """Says that the facts of the case were checked on that day and are as written.

    A later check stands. Raises `ValidationError` for a day in the future.
    """
    _checked(case, on, by)


def confirm_court(*, court: Court, on: date, by: int | None) -> None:
    """Says that the court's name, address and time zone were checked on that day. Raises `ValidationError`."""
    _checked(court, on, by)


def confirm_official(*, official: Official, by: int) -> None:
    """One person of the staff confirms the official by the sources. Twice is once."""
    with transaction.atomic(), done_by(by, _("Official confirmed")):
        _confirm(by, official=locked(official))


def confirm_role(*, role: OfficialRole, by: int) -> None:
    """One person of the staff confirms an official's part in a prosecution by the sources. Twice is once."""
    with transaction.atomic(), done_by(by, _("Part of an official confirmed")):
        _confirm(by, role=role)
    role.refresh_from_db()


def confirm_whole_official(*, official: Official, by: int) -> int:
    """Confirms the official and every verified part with one press; returns how many were new.

    A part without a source, its own or the official's, is left out: there is nothing to confirm it by.
    """
    with transaction.atomic(), done_by(by, _("Official confirmed")):
        row = locked(official)
        made = int(_confirm(by, official=row))
        for role in row.roles.exclude(verification=Verification.UNVERIFIED):
            if _has_source(row) or _has_source(role):
                made += int(_confirm(by, role=role))
    return made


def _has_source(record: Official | OfficialRole) -> bool:
    return record.citations.exists() or record.confidential_citations.exists()


def take_confirmation_back(*, official: Official, by: int) -> None:
    """Somebody takes their own word back, for the official and every part.

    Raises `ValidationError` while the official is published and needs two: withdraw first.
    """
    with transaction.atomic(), done_by(by, _("Confirmation taken back")):
        row = locked(official)
        own = OfficialConfirmation.objects.filter(by=by)
        others = row.confirmations.exclude(by=by).values("by").distinct().count()
        if row.state == State.PUBLISHED and others < 2:
            raise ValidationError(str(OfficialConfirmation.REFUSALS["official_published_stays_confirmed"]))
        own.filter(role__official=row).delete()
        own.filter(official=row).delete()


def _confirm(by: int, **what: Any) -> bool:
    _row, is_new = OfficialConfirmation.objects.get_or_create(by=by, **what, defaults={"on": civil_date()})
    return is_new


def _checked(record: Record, on: date, by: int | None) -> None:
    with transaction.atomic(), done_by(by, _("Checked, nothing changed")):
        row = locked(record)
        day = happened(on)
        change(row, facts_checked_on=max(day, row.facts_checked_on or day))
    record.refresh_from_db()
