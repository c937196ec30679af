"""Which fields exist in every language of the site."""

from modeltranslation.translator import TranslationOptions

from memorial.base.translated import translated
from memorial.pages.models import SitePage, ThemeText


@translated(SitePage)
class SitePageTranslation(TranslationOptions):
    fields = ("title", "summary", "text")


@translated(ThemeText)
class ThemeTextTranslation(TranslationOptions):
    fields = ("summary", "text")
