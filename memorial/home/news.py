"""What the home page shows of the news. The news are an app of their own: without it there is simply none."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from memorial.base.choices import State
from memorial.base.shown_text import ShownText, shown_text

NEWS: Final = "memorial.news"
SHOWN: Final = 3


class ShownNews(NamedTuple):
    """A piece of news as one line: the day of the event, the title, the page."""

    on: date
    title: ShownText
    url: str


def told_in_news(first: date, last: date) -> Q | None:
    """Whether a person was in the news between two days, as a condition; None where there are no news at all."""
    if not apps.is_installed(NEWS):
        return None
    from memorial.news.models import NewsPerson

    told = NewsPerson.objects.filter(prisoner=OuterRef("pk"), item__state=State.PUBLISHED)
    return Q(Exists(told.filter(item__on__gte=first, item__on__lte=last)))


def newest_news(on: date) -> list[ShownNews]:
    """The newest pieces that the home page may show on a day, the newest first; none about who wants quiet."""
    if not apps.is_installed(NEWS):
        return []
    from memorial.news.models import NewsItem

    items = NewsItem.objects.published().loud(on).newest_first()[:SHOWN]
    return [ShownNews(each.on, shown_text(each, "title"), each.get_absolute_url()) for each in items]
