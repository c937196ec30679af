"""Closed vocabularies of cases that code branches on; codes and words as in the domain's vocabulary table.

The codes of law stand in `prisoners.choices`, where a person's charges in words need them.
"""

from cases.choices.law import (
    Attempt,
    CaseKind,
    CaseLinkKind,
    ChargeEventKind,
    DecisionKind,
    HasParts,
    Instance,
    MedicalMeasure,
    PenaltyKind,
    RestraintMeasure,
    Stage,
)
from cases.choices.people import (
    OfficialKind,
    OfficialPart,
    Plea,
    ProsecutionRole,
    RelationKind,
    SanctionList,
    SuspensionReason,
)
from cases.choices.proceedings import (
    CourtLevel,
    DocumentKind,
    EventKind,
    FindingBody,
    HearingAccess,
    HearingState,
    WgadCategory,
)

__all__ = [
    "Attempt",
    "CaseKind",
    "CaseLinkKind",
    "ChargeEventKind",
    "CourtLevel",
    "DecisionKind",
    "DocumentKind",
    "EventKind",
    "FindingBody",
    "HasParts",
    "HearingAccess",
    "HearingState",
    "Instance",
    "MedicalMeasure",
    "OfficialKind",
    "OfficialPart",
    "PenaltyKind",
    "Plea",
    "ProsecutionRole",
    "RelationKind",
    "RestraintMeasure",
    "SanctionList",
    "Stage",
    "SuspensionReason",
    "WgadCategory",
]
