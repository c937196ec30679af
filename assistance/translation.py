"""Which fields exist in every language of the site."""

from modeltranslation.translator import TranslationOptions

from assistance import models
from memorial.base.translated import translated


@translated(models.ItemKind)
class ItemKindTranslation(TranslationOptions):
    fields = ("label",)


@translated(models.TotalsProposal, models.TotalsPublication)
class TotalsReasonTranslation(TranslationOptions):
    fields = ("reason",)


@translated(models.Story)
class StoryTranslation(TranslationOptions):
    fields = ("title", "text")


@translated(models.ProposedTotal, models.PublicTotal)
class TotalLabelTranslation(TranslationOptions):
    fields = ("label",)
