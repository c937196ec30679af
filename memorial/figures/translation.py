"""Which fields exist in every language of the site."""

from modeltranslation.translator import TranslationOptions

from memorial.base.translated import translated
from memorial.figures.models import PublishedFigure


@translated(PublishedFigure)
class PublishedFigureTranslation(TranslationOptions):
    fields = ("value", "what", "source_name")
