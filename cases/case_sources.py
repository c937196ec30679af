"""The public sources of everything that the page of a case shows, in one question."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from cases.models import Case, CaseCitation, Prosecution


def citations_of(case: Case) -> list[CaseCitation]:
    """Sources of the case and of the facts that are loaded with it: of nothing that its page does not show."""
    facts: dict[str, list[Any]] = {
        "hearing": list(case.hearings.all()),
        "decision": list(case.decisions.all()),
        "event": list(case.events.all()),
        "prosecution": list(case.prosecutions.all()),
    }
    for prosecution in case.prosecutions.all():
        _add_of_one(prosecution, facts)
    known = {name: [fact.pk for fact in rows] for name, rows in facts.items() if rows}
    conditions = [Q(**{f"{name}__in": numbers}) for name, numbers in known.items()]
    return list(CaseCitation.objects.filter(reduce(or_, conditions, Q(case=case))))


def _add_of_one(prosecution: Prosecution, facts: dict[str, list[Any]]) -> None:
    for name in ("charge", "charge_event", "restraint", "restraint_extension"):
        facts.setdefault(name, [])
    for charge in prosecution.charges.all():
        facts["charge"].append(charge)
        facts["charge_event"] += charge.events.all()
    for restraint in prosecution.restraints.all():
        facts["restraint"].append(restraint)
        facts["restraint_extension"] += restraint.extensions.all()
