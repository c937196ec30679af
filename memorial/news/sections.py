"""The news of a person or a case, for the pages of these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cases.models import Case
from memorial.base.localized import all_languages
from memorial.base.page_sections import PageSection
from memorial.base.stored_queries import IsOneOf, StoredQuery, StoredStatement
from memorial.news.display import ShownNews, shown_news
from memorial.news.models import NewsCase, NewsItem, NewsPerson
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
    return _section(NewsPerson, "prisoner_id", person, "person")


def news_of_case(case: Case, on: date) -> PageSection | None:
    """The news that a case stands in."""
    return _section(NewsCase, "case_id", case, "case")


def _section(links: type[NewsPerson | NewsCase], column: str, of: Any, name: str) -> PageSection | None:
    found: list[NewsItem] = _newest(links, column).ask({"of": [of.pk]})["news"]
    if not found:
        return None
    more = f"{reverse('news-list')}?{urlencode({name: of.slug})}" if len(found) > SHOWN_BESIDE else ""
    beside = NewsBeside(shown_news(found[:SHOWN_BESIDE]), more)
    return PageSection("news", _("News"), "news/_beside.html", beside)


@cache
def _newest(links: type[NewsPerson | NewsCase], column: str) -> StoredStatement:
    """One more than is shown, prepared: every page of a person asks it, and few have any."""
    of = links._default_manager.filter(IsOneOf(column, "of"), item=OuterRef("pk"))
    news = NewsItem.objects.published().filter(Exists(of)).newest_first().defer(*all_languages("text"))
    return StoredStatement({"news": StoredQuery(news[: SHOWN_BESIDE + 1])}, ["of"])
