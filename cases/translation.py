"""Which fields of cases exist in every language of the site."""

from modeltranslation.translator import TranslationOptions

from cases import models
from memorial.base.translated import translated


@translated(models.Article)
class ArticleTranslation(TranslationOptions):
    fields = ("code_name", "text")


@translated(models.ArticleEdition)
class ArticleEditionTranslation(TranslationOptions):
    fields = ("title", "short")


@translated(models.ArticlePart)
class ArticlePartTranslation(TranslationOptions):
    fields = ("short",)


@translated(models.Court)
class CourtTranslation(TranslationOptions):
    fields = ("name", "town", "address")


@translated(models.Official)
class OfficialTranslation(TranslationOptions):
    fields = ("surname", "given_names", "patronymic", "office")


@translated(models.OfficialRole)
class OfficialRoleTranslation(TranslationOptions):
    fields = ("note", "office_then")


@translated(models.Sanction)
class SanctionTranslation(TranslationOptions):
    fields = ("note", "list_name")


@translated(models.Case)
class CaseTranslation(TranslationOptions):
    fields = ("title", "summary", "text", "investigating_body")


@translated(models.Charge)
class ChargeTranslation(TranslationOptions):
    fields = ("note", "code_name", "wording")


@translated(
    models.ChargeEvent,
    models.Restraint,
    models.RestraintExtension,
    models.Decision,
    models.Term,
)
class NoteTranslation(TranslationOptions):
    fields = ("note",)


@translated(models.Hearing)
class HearingTranslation(TranslationOptions):
    fields = ("note", "subject")


@translated(models.DecisionPerson)
class DecisionPersonTranslation(TranslationOptions):
    fields = ("outcome_line",)


@translated(models.Penalty)
class PenaltyTranslation(TranslationOptions):
    fields = ("detail",)


@translated(models.Event)
class EventTranslation(TranslationOptions):
    fields = ("line",)


@translated(models.Document)
class DocumentTranslation(TranslationOptions):
    fields = ("title", "text", "author_line")


@translated(models.InternationalFinding)
class InternationalFindingTranslation(TranslationOptions):
    fields = ("body_name", "line")
