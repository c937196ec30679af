"""What of the signed sets holds today. Pages show these details and no others.

The highest serial number alone counts. Where it fails (changed, expired, not begun, signed by a key that is
none of ours, below the lowest number of the settings), nothing is shown: the set before it is not asked,
because whoever can spoil the newest could else bring an older one, and an account given up, back.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from donations.checks.refused import DetailsRefused
from donations.models import PaymentMethod, PaymentSet
from donations.signing.details import MethodDetails
from donations.signing.keys import public_keys
from donations.signing.signature import verified
from donations.signing.text import DetailsSet


def verified_set(row: PaymentSet) -> DetailsSet:
    """What a row's text says. Raises `DetailsRefused` unless it is signed, numbered as the row, and high enough."""
    details = verified(row.signed_text, public_keys(settings.DONATE_PUBLIC_KEYS))
    if details.serial != row.serial:
        raise DetailsRefused(_("The number of the row is not the one that is signed."))
    if details.serial < settings.DONATE_LOWEST_SERIAL:
        raise DetailsRefused(
            _("Sets below %(lowest)d are no longer accepted.") % {"lowest": settings.DONATE_LOWEST_SERIAL}
        )
    return details


def current_set(on: date) -> tuple[PaymentSet, DetailsSet] | None:
    """The set that holds on a day, with its row; None where there is none. One query."""
    row = PaymentSet.objects.newest()
    if row is None:
        return None
    try:
        details = verified_set(row)
    except DetailsRefused:
        return None
    return (row, details) if details.is_valid_on(on) else None


def current_details(on: date) -> Mapping[str, MethodDetails]:
    """Slug → details of the methods that readers are told of; empty where no set holds. Two queries.

    A method whose kind, network or currency is not the signed one is left out.
    """
    found = current_set(on)
    if found is None:
        return {}
    shown = {method.slug: method for method in PaymentMethod.objects.published()}
    return {each.slug: each for each in found[1].methods if is_of(each, shown.get(each.slug))}


def is_of(details: MethodDetails, method: PaymentMethod | None) -> bool:
    """Whether the signed details are of this method."""
    if method is None or (details.slug, details.kind) != (method.slug, method.kind):
        return False
    return (method.network, method.asset) == (
        details.values.get("network", ""),
        details.values.get("asset", ""),
    )
