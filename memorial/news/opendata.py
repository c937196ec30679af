"""News as a table and as a feed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.base.opendata.atom import MOST_ENTRIES, Entry
from memorial.base.opendata.columns import Column, Kind, Table
from memorial.base.opendata.lists import OpenList, Selection
from memorial.base.opendata.usual import date_text, page_columns, text_columns
from memorial.news.asked import AskedNews
from memorial.news.display import ShownNews
from memorial.news.querysets import NewsQuerySet

NEWS: Final = Table(
    name="news",
    title=gettext_lazy("News"),
    description=gettext_lazy("News of political prisoners and of this project."),
    columns=(
        *page_columns("news.NewsItem.slug"),
        *text_columns(
            "title", gettext_lazy("Title"), gettext_lazy("The headline."), source="news.NewsItem.title"
        ),
        *text_columns(
            "summary",
            gettext_lazy("In short"),
            gettext_lazy("One or two sentences."),
            source="news.NewsItem.summary",
        ),
        Column(
            "on",
            Kind.DATE,
            gettext_lazy("Day of the event"),
            gettext_lazy("When it happened: not when it was told."),
            lambda row: date_text(row.on),
            "news.NewsItem.on",
        ),
        Column(
            "published_on",
            Kind.DATE,
            gettext_lazy("Published on"),
            gettext_lazy("The day on which it was first told here."),
            lambda row: date_text(row.published_on),
            "news.NewsItem.published_on",
        ),
    ),
    key=("id",),
)


def select_news(asked: QueryDict, on: date) -> Selection:
    """The news that the page with these parameters lists, in its order."""
    chosen = AskedNews(asked)
    return Selection(
        rows=chosen.items().iterator,
        described=lambda: AskedNews(asked).described() or _("All news"),
        query=chosen.query,
        entries=lambda: news_entries(chosen.items(), on),
    )


def news_entries(items: NewsQuerySet, on: date) -> Iterator[Entry]:
    """News by the day of the event, but nothing of people who asked for quiet."""
    for item in items.loud(on)[:MOST_ENTRIES]:
        shown = ShownNews(item)
        language = shown.title.language if shown.title.is_foreign else ""
        yield Entry(f"news/{item.slug}", item.on, str(shown.title), shown.url, str(shown.summary), language)


NEWS_LIST: Final = OpenList(NEWS, "news-list", select_news)
