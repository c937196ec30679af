"""Where a prosecution stands on a day, from its decisions and hearings. What is unknown stays unknown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from cases.choices import (
    CaseKind,
    ChargeEventKind,
    DecisionKind,
    HearingState,
    Instance,
    PenaltyKind,
    Stage,
    SuspensionReason,
)
from memorial.base.choices import Verification

if TYPE_CHECKING:
    from cases.models import Charge, Decision, Hearing, Prosecution

LEADS_TO: dict[str, Stage] = {
    DecisionKind.GUILTY_VERDICT: Stage.FIRST_INSTANCE,
    DecisionKind.ACQUITTAL: Stage.ACQUITTED,
    DecisionKind.MEDICAL_RULING: Stage.COMPULSORY_TREATMENT,
    DecisionKind.MEDICAL_EXTENDED: Stage.COMPULSORY_TREATMENT,
    DecisionKind.MEDICAL_CHANGED: Stage.COMPULSORY_TREATMENT,
    DecisionKind.MEDICAL_ENDED: Stage.UNKNOWN,
    DecisionKind.DISCONTINUATION: Stage.DISCONTINUED,
    DecisionKind.RETURNED_TO_PROSECUTOR: Stage.RETURNED_TO_PROSECUTOR,
    DecisionKind.REMITTED: Stage.NEW_TRIAL,
    DecisionKind.QUASHED: Stage.NEW_TRIAL,
    DecisionKind.ADM_RULING: Stage.ADM_RULING,
    DecisionKind.EXTRADITION: Stage.EXTRADITION_DECISION,
}
"""What a decision makes of a prosecution; a restraint, parole and the like leave it where it stands."""
BY_VERDICT = frozenset({ChargeEventKind.CONVICTED, ChargeEventKind.ACQUITTED})
"""What only a court says of a charge."""
GONE = frozenset({ChargeEventKind.RECLASSIFIED, ChargeEventKind.DROPPED, ChargeEventKind.EXCLUDED})
"""After these a charge no longer stands, and nobody decides on it."""
CONFIRMING = frozenset({DecisionKind.UPHELD, DecisionKind.REDUCED, DecisionKind.INCREASED})
REVIEWING = {
    Instance.APPEAL: Stage.APPEAL,
    Instance.CASSATION: Stage.CASSATION,
    Instance.SUPERVISORY: Stage.SUPERVISORY,
}
SUSPENDED = {
    SuspensionReason.WANTED: Stage.SUSPENDED_WANTED,
    SuspensionReason.CONTRACT: Stage.SUSPENDED_CONTRACT,
    SuspensionReason.OTHER: Stage.SUSPENDED_OTHER,
}
SERVED_IN_CUSTODY = frozenset(
    {
        PenaltyKind.IMPRISONMENT,
        PenaltyKind.LIFE,
        PenaltyKind.FORCED_LABOUR,
        PenaltyKind.ARREST_PENALTY,
        PenaltyKind.DISCIPLINARY_UNIT,
    }
)
OF_KIND: dict[str, frozenset[Stage]] = {
    CaseKind.ADMINISTRATIVE: frozenset({Stage.ADM_PROTOCOL, Stage.ADM_RULING, Stage.ADM_COMPLAINT}),
    CaseKind.EXTRADITION: frozenset(
        {Stage.EXTRADITION_REQUEST, Stage.EXTRADITION_DECISION, Stage.EXTRADITION_APPEAL}
    ),
    CaseKind.NO_PROCEEDINGS: frozenset({Stage.HELD_NO_PROCEEDINGS}),
}
"""The stages that only a case of this kind has; all others are those of a criminal case."""
FIRST_OF_KIND = {
    CaseKind.ADMINISTRATIVE: Stage.ADM_PROTOCOL,
    CaseKind.EXTRADITION: Stage.EXTRADITION_REQUEST,
    CaseKind.NO_PROCEEDINGS: Stage.HELD_NO_PROCEEDINGS,
}
APPEALED = {Stage.ADM_RULING: Stage.ADM_COMPLAINT, Stage.EXTRADITION_DECISION: Stage.EXTRADITION_APPEAL}


def stages_of(kind: str) -> frozenset[Stage]:
    """The stages that a case of a kind can have."""
    others = frozenset().union(*OF_KIND.values())
    return OF_KIND.get(kind, frozenset(Stage) - others) | {Stage.UNKNOWN}


def stage_of(prosecution: Prosecution, on: date) -> Stage:
    """Where the prosecution stands on a day. What staff entered goes before what decisions tell.

    Uses what `Prosecution.objects.with_record()` loads; without it, asks the database.
    """
    if prosecution.stage_entered:
        return Stage(prosecution.stage_entered)
    decided = standing_decisions(prosecution, on)
    stage = _by_decisions(prosecution, decided, on)
    if prosecution.is_suspended and stage in (None, Stage.RETURNED_TO_PROSECUTOR, Stage.NEW_TRIAL):
        return SUSPENDED[SuspensionReason(prosecution.suspension_reason)]
    last = decided[-1].on_earliest if decided else None
    return _by_hearings(prosecution, stage, last, on) or _by_charges(prosecution, on)


def standing_decisions(prosecution: Prosecution, on: date) -> list[Decision]:
    """The verified decisions about the person taken by that day, in their order.

    Left out is what a decision that leads elsewhere has superseded by then; a verdict whose penalty
    was only reduced or increased stands.
    """
    mine = [link.decision for link in prosecution.decision_links.all()]
    taken = [
        decision
        for decision in [*mine, *_decisions_of_all(prosecution)]
        if decision.verification != Verification.UNVERIFIED
        and (decision.on_earliest is None or decision.on_earliest <= on)
    ]
    superseded = {decision.supersedes_id for decision in taken if decision.kind in LEADS_TO}
    return sorted((one for one in taken if one.pk not in superseded), key=_order)


def _order(decision: Decision) -> tuple[int, date, int]:
    return decision.round, decision.on_latest or decision.on_earliest or date.min, decision.pk


def _by_decisions(prosecution: Prosecution, decided: Sequence[Decision], on: date) -> Stage | None:
    stage: Stage | None = None
    in_force = False
    for decision in decided:
        stage = LEADS_TO.get(decision.kind, stage)
        if decision.kind in LEADS_TO:
            in_force = decision.instance in REVIEWING
        in_force = in_force or decision.kind in CONFIRMING or _is_in_force(decision, on)
    if stage is Stage.FIRST_INSTANCE and in_force:
        return Stage.SERVING if _is_served_in_custody(prosecution, decided) else Stage.IN_FORCE
    return stage


def _is_in_force(decision: Decision, on: date) -> bool:
    return decision.in_force_on_latest is not None and decision.in_force_on_latest <= on


def _is_served_in_custody(prosecution: Prosecution, decided: Iterable[Decision]) -> bool:
    """Whether the last penalties that still stand are served behind bars, and the person is there for them."""
    standing = {decision.pk for decision in decided}
    links = [link for link in prosecution.decision_links.all() if link.decision_id in standing]
    links = [link for link in sorted(links, key=lambda link: _order(link.decision)) if link.penalties.all()]
    if not links or links[-1].in_absentia:
        return False
    kinds = {penalty.kind for penalty in links[-1].penalties.all()}
    return bool(kinds & SERVED_IN_CUSTODY) and PenaltyKind.DEFERRAL not in kinds


def _by_hearings(prosecution: Prosecution, stage: Stage | None, last: date | None, on: date) -> Stage | None:
    """A hearing after the last decision tells what the prosecution has come to since."""
    instances = {
        hearing.instance
        for hearing in _hearings(prosecution)
        if hearing.hearing_state != HearingState.CANCELLED
        and hearing.verification != Verification.UNVERIFIED
        and (last is None or hearing.on > last)
    }
    if stage in APPEALED and instances & set(REVIEWING):
        return APPEALED[stage]
    if stage is Stage.FIRST_INSTANCE:
        return next((REVIEWING[one] for one in REVIEWING if one in instances), stage)
    if stage is None and Instance.FIRST in instances and _is_criminal(prosecution):
        return Stage.FIRST_INSTANCE
    return stage


def _by_charges(prosecution: Prosecution, on: date) -> Stage:
    """Before any decision a charge is investigated. One that a court has judged is not, and no more is known."""
    kind = CaseKind(prosecution.case.kind)
    if not _is_criminal(prosecution):
        return FIRST_OF_KIND[kind]
    charges = [each for each in prosecution.charges.all() if each.verification != Verification.UNVERIFIED]
    if any(_judged_on(charge) <= on for charge in charges):
        return Stage.UNKNOWN
    return Stage.INVESTIGATION if charges or prosecution.since is not None else Stage.UNKNOWN


def _judged_on(charge: Charge) -> date:
    """The first day on which a court can have judged it: the first of all where undated, the last where none has."""
    if hasattr(charge, "judged_on"):
        return charge.judged_on or date.max
    days = (
        event.on_earliest or date.min
        for event in charge.events.all()
        if event.kind in BY_VERDICT and event.verification != Verification.UNVERIFIED
    )
    return min(days, default=date.max)


def _is_criminal(prosecution: Prosecution) -> bool:
    return prosecution.case.kind == CaseKind.CRIMINAL


def _decisions_of_all(prosecution: Prosecution) -> Iterable[Decision]:
    loaded = getattr(prosecution.case, "decisions_of_all", None)
    return prosecution.case.decisions.filter(whole_case=True) if loaded is None else loaded


def _hearings(prosecution: Prosecution) -> Iterable[Hearing]:
    loaded = getattr(prosecution.case, "hearings_of_all", None)
    of_all = prosecution.case.hearings.filter(whole_case=True) if loaded is None else loaded
    return [*of_all, *(link.hearing for link in prosecution.hearing_links.all())]
