"""Tables of open data about the legal record: what their columns say."""

from cases.opendata.articles import ARTICLES, ArticleRow
from cases.opendata.cases import CASES, CaseData
from cases.opendata.courts import COURTS, OFFICIALS
from cases.opendata.documents import DOCUMENTS, FINDINGS, FindingRow
from cases.opendata.hearings import HEARINGS, HearingRow
from cases.opendata.prosecutions import (
    CHARGES,
    DECISIONS,
    PROSECUTIONS,
    ChargeData,
    DecisionData,
    ProsecutionData,
)

__all__ = [
    "ARTICLES",
    "CASES",
    "CHARGES",
    "COURTS",
    "DECISIONS",
    "DOCUMENTS",
    "FINDINGS",
    "HEARINGS",
    "OFFICIALS",
    "PROSECUTIONS",
    "ArticleRow",
    "CaseData",
    "ChargeData",
    "DecisionData",
    "FindingRow",
    "HearingRow",
    "ProsecutionData",
]
