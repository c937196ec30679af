"""Signed sets: what goes to the machine that signs, and what comes back from it."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from donations.checks.refused import DetailsRefused
from donations.models import DeskNotice, DetailsProposal, PaymentSet
from donations.signing.details import MethodDetails
from donations.signing.keys import public_keys
from donations.signing.signature import verified
from donations.signing.text import DetailsSet, unsigned_text
from memorial.base.acting import acting
from memorial.base.civil_date import civil_date
from memorial.base.refusals import refused_in_words


def methods_to_sign() -> list[MethodDetails]:
    """The last approved details of every method that readers are told of. One query.

    Raises `DetailsRefused` for what somebody put there past every check.
    """
    return [proposal.details for proposal in DetailsProposal.objects.to_sign()]


def file_to_sign() -> str:
    """The text for the machine that signs. Raises `DetailsRefused` where nothing is approved."""
    return unsigned_text(methods_to_sign())


def take_in_set(*, signed_text: str, by: str = "") -> PaymentSet:
    """Takes a signed set in; from then on readers are shown it and no other. Returns its row.

    Raises `ValidationError` unless it verifies, is higher than all before and than the lowest of the
    settings, holds today or later, and says exactly what two people approved.
    """
    try:
        details = verified(signed_text, public_keys(settings.DONATE_PUBLIC_KEYS))
        _refuse_the_old(details)
        _refuse_the_unapproved(details)
    except DetailsRefused as error:
        raise ValidationError(str(error), code="set") from error
    with acting(by), refused_in_words():
        return PaymentSet.objects.create(serial=details.serial, signed_text=signed_text)


def _refuse_the_old(details: DetailsSet) -> None:
    if details.serial < settings.DONATE_LOWEST_SERIAL:
        raise DetailsRefused(
            _("Sets below %(lowest)d are no longer accepted.") % {"lowest": settings.DONATE_LOWEST_SERIAL}
        )
    if details.valid_until < civil_date():
        raise DetailsRefused(_("This set has expired."))


def _refuse_the_unapproved(details: DetailsSet) -> None:
    signed = {each.slug: each for each in details.methods}
    approved = {each.slug: each for each in methods_to_sign()}
    wrong = sorted(slug for slug in {*signed, *approved} if signed.get(slug) != approved.get(slug))
    if wrong:
        raise DetailsRefused(
            _("Not what is approved now: %(methods)s. Take the file to sign anew.")
            % {"methods": ", ".join(wrong)}
        )


def unseen(by: str) -> tuple[QuerySet[DetailsProposal], QuerySet[PaymentSet]]:
    """The approved details and the sets of which this person has not taken note, the newest first."""
    return (
        DetailsProposal.objects.unseen_by(by).select_related("method").order_by("-id"),
        PaymentSet.objects.unseen_by(by).order_by("-serial"),
    )


@transaction.atomic
def take_note(*, by: str) -> None:
    """Writes down that this person has seen all of it."""
    proposals, sets = unseen(by)
    notices = [DeskNotice(proposal=proposal, seen_by=by) for proposal in proposals]
    notices += [DeskNotice(payment_set=each, seen_by=by) for each in sets]
    DeskNotice.objects.bulk_create(notices, ignore_conflicts=True)
