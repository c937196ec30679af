"""News in the world of markers: a piece that readers see, and one that they must not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from memorial.base.choices import State
from memorial.base.publication import Publishable
from memorial.news.models import (
    FormerAddress,
    NewsCase,
    NewsItem,
    NewsPerson,
    NewsPicture,
    NewsPictureOriginal,
    NewsSource,
)
from prisoners.models import Prisoner

if TYPE_CHECKING:
    from tests.leaks.rows import Maker

NEWS_SHAPES: dict[type[models.Model], dict[str, Any]] = {
    NewsItem: {"state": State.DRAFT},
    NewsPicture: {"stem": ""},
    NewsSource: {"without_origin": False},
}
"""What constraints and triggers demand of a row, and no more."""


def shown_news(make: Any, maker: Maker) -> Publishable:
    """A piece about the published person and case, with a source and a former address."""
    item: Any = make(maker, NewsItem, slug="told-news", state=State.PUBLISHED)
    maker.parents[NewsItem] = item
    for model in (NewsPerson, NewsCase, NewsSource):
        make(maker, model)
    make(maker, FormerAddress, slug="told-before")
    maker.parents[NewsPicture] = make(maker, NewsPicture, stem="feed0c" * 4)
    make(maker, NewsPictureOriginal)
    return item


def hidden_news(make: Any, maker: Maker, state: str) -> Publishable:
    """A piece that is not published, of the hidden person and of the published one; and the published piece
    of the hidden person: the link is there and nobody sees it.
    """
    item: Any = make(maker, NewsItem, state=state)
    maker.parents[NewsItem] = item
    for model in (NewsPerson, NewsCase, NewsSource, FormerAddress):
        make(maker, model)
    maker.parents[NewsPicture] = make(maker, NewsPicture)
    make(maker, NewsPictureOriginal)
    make(maker, NewsPerson, prisoner=Prisoner.objects.get(slug="gorintsev"))
    return item
