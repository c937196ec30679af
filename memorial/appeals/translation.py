"""Which fields exist in every language of the site."""

from modeltranslation.translator import TranslationOptions

from memorial.appeals.models import Appeal, AppealAddressee, PublicEvent
from memorial.base.translated import translated


@translated(Appeal)
class AppealTranslation(TranslationOptions):
    fields = ("title", "happened", "steps", "letter", "outcome")


@translated(AppealAddressee)
class AppealAddresseeTranslation(TranslationOptions):
    fields = ("name",)


@translated(PublicEvent)
class PublicEventTranslation(TranslationOptions):
    fields = ("title", "text", "place", "city", "organiser")
