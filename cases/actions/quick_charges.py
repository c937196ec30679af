"""Lines about charges: brought, or reclassified into another."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.actions.quick_line import CaseLine, Written
from cases.actions.read_charge import charge_columns, read_charge
from cases.choices import ChargeEventKind
from cases.models import Charge, ChargeEvent, Prosecution


def charge_brought(line: CaseLine) -> Written:
    """A charge is brought against a person. Raises `ValidationError` where it is there already."""
    prosecution = line.person()
    made = _charge(line, prosecution)
    _event(made, ChargeEventKind.BROUGHT, line)
    return Written(made, [made])


def charge_reclassified(line: CaseLine) -> Written:
    """A charge becomes another: the one chosen, or the only one that still stands."""
    prosecution = line.person()
    old = line.old_charge or _only_standing(prosecution)
    if old.prosecution_id != prosecution.pk:
        raise ValidationError(_("This charge is another person's."))
    made = _charge(line, prosecution)
    event = _event(old, ChargeEventKind.RECLASSIFIED, line, becomes=made)
    return Written(event, [event, made])


def standing_charges(prosecution: Prosecution) -> list[Charge]:
    """The charges of a person that nothing has come of yet."""
    closed = ChargeEvent.objects.exclude(kind=ChargeEventKind.BROUGHT).values("charge")
    return list(prosecution.charges.exclude(pk__in=closed).select_related("article"))


def _only_standing(prosecution: Prosecution) -> Charge:
    found = standing_charges(prosecution)
    if not found:
        raise ValidationError(_("No charge stands that could be reclassified: enter it as brought."))
    if len(found) > 1:
        raise ValidationError(_("Choose the charge that was reclassified: several stand."))
    return found[0]


def _charge(line: CaseLine, prosecution: Prosecution) -> Charge:
    if not line.reference.strip():
        raise ValidationError(_("Write the charge: «п. «д» ч. 2 ст. 207.3 УК РФ»."))
    columns = charge_columns(read_charge(line.reference, line.language), line.language)
    made = Charge(prosecution=prosecution, order=_next_order(prosecution), **columns)
    if any(one.reference_fields() == made.reference_fields() for one in standing_charges(prosecution)):
        raise ValidationError(_("This charge is entered already."))
    made.clean_fields(exclude=["prosecution", "article", "edition"])
    made.save()
    return made


def _next_order(prosecution: Prosecution) -> int:
    last = prosecution.charges.order_by("order").last()
    return last.order + 1 if last else 0


def _event(charge: Charge, kind: str, line: CaseLine, becomes: Charge | None = None) -> ChargeEvent:
    made = ChargeEvent(charge=charge, kind=kind, on=line.known_on(), becomes=becomes, **line.notes)
    made.clean_fields(exclude=["charge", "becomes", "decision"])
    made.save()
    return made
