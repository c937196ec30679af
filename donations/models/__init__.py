"""Money: ways to give and their guarded details."""

from donations.models.campaigns import Campaign, Claim, Progress
from donations.models.details import DetailsProposal
from donations.models.methods import PaymentMethod
from donations.models.notices import DonorNotice, DonorNoticeProposal, SafetyNotice, SafetyProposal
from donations.models.pictures import CampaignPicture, CampaignPictureOriginal
from donations.models.reports import FundReport, ProposedLine, ReportLine, ReportProposal
from donations.models.signed import DeskNotice, PaymentSet
from donations.models.statements import ProviderTotal, Statement

__all__ = [
    "Campaign",
    "CampaignPicture",
    "CampaignPictureOriginal",
    "Claim",
    "DeskNotice",
    "DetailsProposal",
    "DonorNotice",
    "DonorNoticeProposal",
    "FundReport",
    "PaymentMethod",
    "PaymentSet",
    "Progress",
    "ProposedLine",
    "ProviderTotal",
    "ReportLine",
    "ReportProposal",
    "SafetyNotice",
    "SafetyProposal",
    "Statement",
]
