"""Campaigns: to readers, away from them, and what providers' statements say of them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from donations.actions.pictures import show_picture, take_picture_away
from donations.models import Campaign, Progress, ProviderTotal
from memorial.base.choices import State
from memorial.base.civil_date import civil_date
from memorial.base.localized import LANGUAGES, in_language
from prisoners.actions.begin import done_by, required_reason
from prisoners.actions.show_photos import files_removed_on_failure


def publish_campaign(*, campaign: Campaign, by: int | None) -> None:
    """Lets readers see the campaign with its picture, from its first day on as one that runs.

    Raises `ValidationError` only where the picture's file is missing.
    """
    with files_removed_on_failure() as made, transaction.atomic(), done_by(by, _("Published")):
        row = _locked(campaign)
        if not row.is_published:
            _change(row, state=State.PUBLISHED, first_published_at=row.first_published_at or timezone.now())
            show_picture(row, made)
    campaign.refresh_from_db()


def withdraw_campaign(*, campaign: Campaign, reason: str, by: int | None) -> None:
    """Takes the campaign away from readers at once. Raises `ValidationError` without a reason."""
    reason = required_reason(reason)
    with transaction.atomic(), done_by(by, reason):
        row = _locked(campaign)
        if row.state != State.WITHDRAWN:
            _change(row, state=State.WITHDRAWN)
            take_picture_away(row)
    campaign.refresh_from_db()


def campaign_to_draft(*, campaign: Campaign, by: int | None) -> None:
    """Takes a withdrawn campaign back to work. Raises `ValidationError` for any other."""
    with transaction.atomic(), done_by(by, _("Back to draft")):
        row = _locked(campaign)
        if row.state != State.WITHDRAWN:
            raise ValidationError(
                _("The page is “%(state)s” now: this step does not apply to it.")
                % {"state": row.get_state_display()}
            )
        _change(row, state=State.DRAFT)
    campaign.refresh_from_db()


def enter_what_statements_say(*, campaign: Campaign, by: int | None) -> Progress:
    """Adds an entry with the sum of the standing statements, fees taken off, as of their last day.

    Raises `ValidationError` where there are none, where they hold another currency (a rate is for people to
    state), and where the same day has an entry already.
    """
    with transaction.atomic(), done_by(by, _("From providers’ statements")):
        row = _locked(campaign)
        totals = list(ProviderTotal.objects.standing().filter(campaign=row).select_related("statement"))
        if not totals:
            raise ValidationError(_("No statement has a sum for this campaign."))
        if any(total.currency != row.currency for total in totals):
            raise ValidationError(
                _("The statements hold other currencies: add the entry by hand, with the rate and its day.")
            )
        return Progress.objects.create(
            campaign=row,
            amount=sum((total.net for total in totals), Decimal(0)),
            currency=row.currency,
            as_of=min(_last_day(max(total.month for total in totals)), civil_date()),
            **_sources(sorted({total.statement.provider for total in totals})),
        )


def _sources(providers: list[str]) -> dict[str, str]:
    names = ", ".join(providers)
    found = {}
    for code in LANGUAGES:
        with translation.override(code):
            found[in_language("source", code)] = _("statements, fees taken off: %(names)s") % {"names": names}
    return found


def _last_day(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def _locked(campaign: Campaign) -> Campaign:
    row = Campaign.objects.select_for_update().filter(pk=campaign.pk).first()
    if row is None:
        raise ValidationError(_("This campaign's record is gone: it was deleted meanwhile."))
    return row


def _change(row: Campaign, **columns: object) -> None:
    Campaign.objects.filter(pk=row.pk).update(**columns)
