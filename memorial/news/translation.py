"""Which fields exist in every language of the site."""

from modeltranslation.translator import TranslationOptions

from memorial.base.translated import translated
from memorial.news.models import NewsItem, NewsPicture


@translated(NewsItem)
class NewsItemTranslation(TranslationOptions):
    fields = ("title", "summary", "text")


@translated(NewsPicture)
class NewsPictureTranslation(TranslationOptions):
    fields = ("alt", "credit")
