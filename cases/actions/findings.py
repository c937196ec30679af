"""International findings: shown to readers, taken away from them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import InternationalFinding
from memorial.base.choices import State
from prisoners.actions.begin import done_by, required_reason


def finding_obstacles(finding: InternationalFinding) -> list[str]:
    """Why readers cannot see the finding now; an empty list where nothing stands in the way."""
    found = []
    if not finding.url and not finding.citations.exists():
        found.append(_("The finding has neither a link nor a source."))
    of_case = finding.case is not None and finding.case.is_published
    if not of_case and not finding.people.filter(prisoner__state=State.PUBLISHED).exists():
        found.append(_("Neither its case nor any of its people is published."))
    return found


def publish_finding(*, internationalfinding: InternationalFinding, by: int | None) -> None:
    """Lets readers see the finding. Raises `ValidationError` with every obstacle (`finding_obstacles`)."""
    with transaction.atomic(), done_by(by, _("Published")):
        row = _locked(internationalfinding)
        if obstacles := finding_obstacles(row):
            raise ValidationError(obstacles)
        first = row.first_published_at or timezone.now()
        _change(row, state=State.PUBLISHED, first_published_at=first)
    internationalfinding.refresh_from_db()


def withdraw_finding(*, internationalfinding: InternationalFinding, reason: str, by: int | None) -> None:
    """Takes the finding away from readers at once. Raises `ValidationError` without a reason."""
    reason = required_reason(reason)
    with transaction.atomic(), done_by(by, reason):
        row = _locked(internationalfinding)
        if row.state != State.WITHDRAWN:
            _change(row, state=State.WITHDRAWN)
    internationalfinding.refresh_from_db()


def _locked(finding: InternationalFinding) -> InternationalFinding:
    row = InternationalFinding.objects.select_for_update(of=("self",)).filter(pk=finding.pk).first()
    if row is None:
        raise ValidationError(_("This finding's record is gone: it was deleted meanwhile."))
    return row


def _change(row: InternationalFinding, **columns: Any) -> None:
    InternationalFinding.objects.filter(pk=row.pk).update(**columns)
    row.refresh_from_db()
