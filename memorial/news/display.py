"""News in words: as lists and feeds show it, and as its own page does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from django.conf import settings

from cases.models import Case
from memorial.base.shown_text import ShownText, shown_text
from memorial.news.models import NewsCase, NewsItem, NewsPerson, NewsPicture
from prisoners.display.people import PersonCard
from prisoners.display.sources import ShownSource, shown_sources
from prisoners.display.words import date_words
from prisoners.models import Prisoner
from prisoners.told import cards_of

LONGEST_DESCRIPTION: Final = 200


@dataclass(frozen=True)
class ShownNews:
    """A piece of news as a list shows it."""

    item: NewsItem

    @property
    def url(self) -> str:
        return self.item.get_absolute_url()

    @cached_property
    def title(self) -> ShownText:
        return shown_text(self.item, "title")

    @cached_property
    def summary(self) -> ShownText:
        return shown_text(self.item, "summary")

    @property
    def when(self) -> str:
        """The day of the event: «28 октября 2025»."""
        return date_words(self.item.on)

    @property
    def moment(self) -> str:
        return self.item.on.isoformat()

    @property
    def published(self) -> str:
        """The day of its first publication; "" where that is the day of the event, or it was never public."""
        told = self.item.published_on
        return date_words(told) if told and told != self.item.on else ""


@dataclass(frozen=True)
class ShownPicture:
    """The files in every size and format, what it shows, whose it is. Asks the database nothing."""

    picture: NewsPicture

    @property
    def avif(self) -> str:
        return self._sizes("avif")

    @property
    def webp(self) -> str:
        return self._sizes("webp")

    @property
    def jpg(self) -> str:
        return self._sizes("jpg")

    @property
    def fallback(self) -> str:
        """For a browser that knows neither newer format nor sizes."""
        return self.picture.url(480, "jpg")

    @property
    def alt(self) -> ShownText:
        return shown_text(self.picture, "alt")

    @property
    def credit(self) -> ShownText:
        return shown_text(self.picture, "credit")

    def _sizes(self, ending: str) -> str:
        return ", ".join(f"{self.picture.url(width, ending)} {width}w" for width in (240, 480))


@dataclass(frozen=True)
class NewsPage(ShownNews):
    """A piece of news as its own page shows it: with those people and cases that readers may know of."""

    on: date

    @cached_property
    def people(self) -> list[PersonCard]:
        """In the order that the editor chose; nobody who is hidden or shown by initials."""
        links = NewsPerson.objects.filter(item=self.item).order_by("order", "id")
        numbers = list(links.values_list("prisoner", flat=True))
        named = Prisoner.objects.published().filter(pk__in=numbers, initials_only=False).for_list(self.on)
        return cards_of(sorted(named, key=lambda person: numbers.index(person.pk)), self.on)

    @cached_property
    def cases(self) -> list[Case]:
        """Published ones, in the editor's order."""
        links = NewsCase.objects.filter(item=self.item).order_by("order", "id")
        numbers = list(links.values_list("case", flat=True))
        found = Case.objects.published().filter(pk__in=numbers)
        return sorted(found, key=lambda case: numbers.index(case.pk))

    @cached_property
    def sources(self) -> list[ShownSource]:
        return shown_sources(self.item.sources.all(), names_nobody=False)

    @cached_property
    def picture(self) -> ShownPicture | None:
        """What readers see beside the text; None for most."""
        shown = NewsPicture.objects.filter(item=self.item).exclude(stem="").first()
        return ShownPicture(shown) if shown else None

    @property
    def description(self) -> str:
        """For search engines and shared links."""
        return str(self.summary)[:LONGEST_DESCRIPTION]

    @property
    def address(self) -> str:
        """The absolute address in the current language."""
        return f"{settings.PUBLIC_URL}{self.url}"


def shown_news(items: Iterable[NewsItem]) -> list[ShownNews]:
    """News to be listed, in the order given."""
    return [ShownNews(item) for item in items]
