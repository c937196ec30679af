"""The news of a person or a case, for the pages of these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cases.models import Case
from memorial.base.page_sections import PageSection
from memorial.news.display import ShownNews, shown_news
from memorial.news.models import NewsItem
from memorial.news.querysets import NewsQuerySet
from prisoners.models import Prisoner

SHOWN_BESIDE: Final = 4
"""How many a page lists before it leads to all of them."""


@dataclass(frozen=True)
class NewsBeside:
    """The newest news of a page, and where all of it is; "" where these are all."""

    news: list[ShownNews]
    all_url: str


def news_of_person(person: Prisoner, on: date) -> PageSection | None:
    """The news that a person stands in; none on a page of initials, where it would tell who that is."""
    if person.initials_only:
        return None
    return _section(NewsItem.objects.published().of_person(person), "person", person.slug)


def news_of_case(case: Case, on: date) -> PageSection | None:
    """The news that a case stands in."""
    return _section(NewsItem.objects.published().of_case(case), "case", case.slug)


def _section(news: NewsQuerySet, name: str, slug: str) -> PageSection | None:
    found = list(news.newest_first()[: SHOWN_BESIDE + 1])
    if not found:
        return None
    more = f"{reverse('news-list')}?{urlencode({name: slug})}" if len(found) > SHOWN_BESIDE else ""
    beside = NewsBeside(shown_news(found[:SHOWN_BESIDE]), more)
    return PageSection("news", _("News"), "news/_beside.html", beside)
