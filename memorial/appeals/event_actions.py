"""Events abroad: published, taken back to work, withdrawn. One person with the right is enough."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from memorial.appeals.models import PublicEvent
from memorial.base.choices import State
from prisoners.actions.begin import done_by, required_reason


def publish_event(*, publicevent: PublicEvent, by: int | None) -> None:
    """Lets readers see the event. Raises `ValidationError` with every obstacle (`event_obstacles`)."""
    with transaction.atomic(), done_by(by, _("Published")):
        row = _locked(publicevent)
        if obstacles := event_obstacles(row):
            raise ValidationError(obstacles)
        first = row.first_published_at or timezone.now()
        PublicEvent.objects.filter(pk=row.pk).update(state=State.PUBLISHED, first_published_at=first)
    publicevent.refresh_from_db()


def draft_event(*, publicevent: PublicEvent, by: int | None) -> None:
    """Back to work. Raises `ValidationError` for what readers see."""
    with transaction.atomic(), done_by(by, _("Back to draft")):
        row = _locked(publicevent)
        if row.is_published:
            raise ValidationError(_("Readers see it: withdraw it first."))
        PublicEvent.objects.filter(pk=row.pk).update(state=State.DRAFT)
    publicevent.refresh_from_db()


def withdraw_event(*, publicevent: PublicEvent, reason: str, by: int | None) -> None:
    """Takes the event away from readers at once. Raises `ValidationError` without a reason."""
    reason = required_reason(reason)
    with transaction.atomic(), done_by(by, reason):
        PublicEvent.objects.filter(pk=_locked(publicevent).pk).update(state=State.WITHDRAWN)
    publicevent.refresh_from_db()


def event_obstacles(event: PublicEvent) -> list[str]:
    """What keeps the event from readers, in sentences."""
    if event.complete_in():
        return []
    return [_("An event has a title, a town and an organiser in the same language.")]


def _locked(event: PublicEvent) -> PublicEvent:
    row = PublicEvent.objects.select_for_update(of=("self",)).filter(pk=event.pk).first()
    if row is None:
        raise ValidationError(_("This record is gone: it was deleted meanwhile."))
    return row
