"""Which fields exist in every language of the site.

Names fall back as a whole (`prisoners.names`), so their parts have no fallback of their own.
"""

from modeltranslation.translator import TranslationOptions

from memorial.base.translated import translated
from prisoners import models


@translated(models.Region)
class RegionTranslation(TranslationOptions):
    fields = ("name", "display_name", "occupation_note")


@translated(models.OccupationPeriod)
class OccupationPeriodTranslation(TranslationOptions):
    fields = ("part",)


@translated(models.Facility)
class FacilityTranslation(TranslationOptions):
    fields = ("name", "rules", "about")


@translated(models.Theme, models.Community, models.Profession, models.Vulnerability, models.PrisonerList)
class VocabularyTranslation(TranslationOptions):
    fields = ("label",)


@translated(models.Prisoner)
class PrisonerTranslation(TranslationOptions):
    fields = (
        "surname",
        "given_names",
        "patronymic",
        "described_as",
        "summary",
        "what_happened",
        "why_political",
        "charges",
        "charges_code_name",
        "sentence",
    )


@translated(models.Custody, models.Stay, models.EndOfCustody, models.RegisterEntry)
class NoteTranslation(TranslationOptions):
    fields = ("note",)


@translated(models.Death)
class DeathTranslation(TranslationOptions):
    fields = ("note", "place", "cause")


@translated(models.Recognition)
class RecognitionTranslation(TranslationOptions):
    fields = ("note", "body_name")


@translated(models.Statement)
class StatementTranslation(TranslationOptions):
    fields = ("title", "text")


@translated(models.Photo)
class PhotoTranslation(TranslationOptions):
    fields = ("alt", "credit")


@translated(models.Correction)
class CorrectionTranslation(TranslationOptions):
    fields = ("text",)
