"""Which fields exist in every language of the site."""

from modeltranslation.translator import TranslationOptions

from donations import models
from memorial.base.translated import translated


@translated(models.PaymentMethod)
class PaymentMethodTranslation(TranslationOptions):
    fields = ("name", "asks", "how_to_cancel")


@translated(models.SafetyProposal, models.SafetyNotice)
class SafetyTranslation(TranslationOptions):
    fields = ("reason",)


@translated(models.DonorNoticeProposal, models.DonorNotice)
class DonorNoticeTranslation(TranslationOptions):
    fields = ("title", "text")


@translated(models.Campaign)
class CampaignTranslation(TranslationOptions):
    fields = ("title", "purpose", "text")


@translated(models.CampaignPicture)
class CampaignPictureTranslation(TranslationOptions):
    fields = ("alt", "credit")


@translated(models.Progress)
class ProgressTranslation(TranslationOptions):
    fields = ("source", "reason")


@translated(models.ReportProposal, models.FundReport)
class ReportTranslation(TranslationOptions):
    fields = ("reason",)


@translated(models.ProposedLine, models.ReportLine)
class ReportLineTranslation(TranslationOptions):
    fields = ("rate_basis",)
