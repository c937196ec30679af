"""Records of help given. Confidential: readers' role may read approved totals, and nothing else."""

from assistance.models.client import Client, ClientCitizenship, ContactPerson
from assistance.models.detention import DetentionAid, DetentionOutcome
from assistance.models.humanitarian import AidItem, HumanitarianAid, ItemKind
from assistance.models.legal import Lawyer, LegalAid, LegalOutcome
from assistance.models.request import HelpRequest
from assistance.models.story import Story, StoryConsent, StoryReading
from assistance.models.totals import (
    ProposedTotal,
    PublicTotal,
    TotalsProposal,
    TotalsPublication,
)

__all__ = [
    "AidItem",
    "Client",
    "ClientCitizenship",
    "ContactPerson",
    "DetentionAid",
    "DetentionOutcome",
    "HelpRequest",
    "HumanitarianAid",
    "ItemKind",
    "Lawyer",
    "LegalAid",
    "LegalOutcome",
    "ProposedTotal",
    "PublicTotal",
    "Story",
    "StoryConsent",
    "StoryReading",
    "TotalsProposal",
    "TotalsPublication",
]
