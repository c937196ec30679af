"""Who else has the same editing page open. A warning only: nothing is locked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone

from memorial.base.models import OpenForm

STILL_OPEN = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Colleague:
    """Somebody who opened the same page, and when."""

    name: str
    opened_at: datetime


def note_opening(record: models.Model, staff_id: int) -> list[Colleague]:
    """Notes that somebody opened a record, and returns colleagues who opened it a short while ago.

    Presence older than a day is thrown away: it tells when people work.
    """
    now = timezone.now()
    OpenForm.objects.filter(opened_at__lt=now - FORGOTTEN_AFTER).delete()
    place = {"table": record._meta.db_table, "row": str(record.pk)}
    OpenForm.objects.bulk_create(
        [OpenForm(**place, staff_id=staff_id, opened_at=now)],
        update_conflicts=True,
        unique_fields=["table", "row", "staff_id"],
        update_fields=["opened_at"],
    )
    others = OpenForm.objects.filter(**place, opened_at__gte=now - STILL_OPEN).exclude(staff_id=staff_id)
    opened = dict(others.values_list("staff_id", "opened_at"))
    if not opened:
        return []
    accounts = get_user_model()._default_manager.filter(pk__in=opened)
    return [Colleague(account.get_username(), opened[account.pk]) for account in accounts]


def note_closing(record: models.Model, staff_id: int) -> None:
    """Somebody saved and is done."""
    OpenForm.objects.filter(table=record._meta.db_table, row=str(record.pk), staff_id=staff_id).delete()
