"""Plans work for a moment, and takes a plan back, in the transaction of whoever plans."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from memorial.due.models import DueWork


@transaction.atomic
def plan(kind: str, object_id: int, due_at: datetime) -> DueWork:
    """Plans it; an open plan for the same object moves to the new moment and begins anew."""
    work = DueWork.objects.open().of(kind, object_id).select_for_update().first()
    if work is None:
        return DueWork.objects.create(kind=kind, object_id=object_id, due_at=due_at, next_try_at=due_at)
    work.due_at, work.next_try_at, work.tries, work.said = due_at, due_at, 0, ""
    work.save()
    return work


def cancel(kind: str, object_id: int) -> int:
    """Takes an open plan back; returns how many there were, none or one."""
    ended = {"outcome": DueWork.Outcome.CANCELLED, "done_at": timezone.now()}
    return DueWork.objects.open().of(kind, object_id).update(**ended)
