"""What a decision makes of charges: found guilty, acquitted, excluded. Each charge of each person apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from cases.choices import ChargeEventKind, DecisionKind
from cases.models import Charge, ChargeEvent, Decision, Prosecution
from cases.stage import GONE

SAID_BY: Final = {
    DecisionKind.GUILTY_VERDICT: ChargeEventKind.CONVICTED,
    DecisionKind.ADM_RULING: ChargeEventKind.CONVICTED,
    DecisionKind.ACQUITTAL: ChargeEventKind.ACQUITTED,
}
"""What a decision says of every charge, unless something else is said of one."""
LEFT: Final = "left"
"""Said of a charge of which it is not known what the court decided."""
MAY_BE_SAID: Final = (
    ChargeEventKind.CONVICTED,
    ChargeEventKind.ACQUITTED,
    ChargeEventKind.EXCLUDED,
    ChargeEventKind.DROPPED,
)


def charges_before(decision: Decision, people: Iterable[Prosecution]) -> list[Charge]:
    """The charges on which a decision decides: none that is gone, none of which its instance has spoken already.

    What an earlier round or another instance of this round said of a charge, this decision says anew.
    """
    events = ChargeEvent.objects.exclude(kind=ChargeEventKind.BROUGHT)
    gone = events.filter(kind__in=GONE).values("charge")
    elsewhere = Q(decision__round=decision.round) & ~Q(decision__instance=decision.instance)
    told = events.exclude(Q(decision__round__lt=decision.round) | elsewhere).values("charge")
    charges = Charge.objects.filter(prosecution__in=list(people)).select_related("article", "prosecution")
    return list(charges.exclude(pk__in=gone).exclude(pk__in=told).order_by("prosecution", "order", "pk"))


def decide_charges(
    decision: Decision, people: Iterable[Prosecution], said: Mapping[int, str] | None = None
) -> list[str]:
    """Moves the charges of these people as the decision does; `said` is of single charges, by number.

    Returns what staff should look at: somebody had several charges and nothing was said of each. A decision that
    says nothing of guilt leaves charges as they are.
    """
    by_default, own = SAID_BY.get(DecisionKind(decision.kind)), said or {}
    if by_default is None:
        return []
    charges = charges_before(decision, people)
    for charge in charges:
        kind = own.get(charge.pk) or by_default
        if kind != LEFT:
            tell_of_charge(charge, kind, decision)
    return _remarks(charges, own, by_default)


def tell_of_charge(charge: Charge, kind: str, decision: Decision) -> None:
    """Writes what a decision says of a charge, of the same day and as well verified as the decision."""
    made = ChargeEvent(
        charge=charge, kind=kind, on=decision.on, decision=decision, verification=decision.verification
    )
    made.clean_fields(exclude=["charge", "becomes", "decision"])
    made.save()


def _remarks(charges: list[Charge], own: Mapping[int, str], by_default: str) -> list[str]:
    """An acquittal is of everything; «guilty» of several charges may be true of some of them only."""
    unsaid = [charge.prosecution_id for charge in charges if charge.pk not in own]
    if by_default != ChargeEventKind.CONVICTED or len(unsaid) == len(set(unsaid)):
        return []
    return [
        _("Every charge that stood is entered as found guilty of: correct it if the court decided otherwise.")
    ]
