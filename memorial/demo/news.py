"""News of the invented world, published like any other; one more is a draft, one waits for its moment."""

from __future__ import annotations

import tomllib
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from cases.models import Case
from memorial.base.choices import SourceKind
from memorial.base.civil_date import MOSCOW, civil_date
from memorial.base.localized import in_language
from memorial.demo.campaign_drawings import desk
from memorial.demo.drawing_choice import CREDIT
from memorial.demo.figures import AS_OF
from memorial.news.actions import plan_news, publish_news
from memorial.news.models import NewsCase, NewsItem, NewsPerson, NewsSource
from memorial.news.pictures import set_picture
from prisoners.models import Prisoner

_FILE: Final = Path(__file__).parent / "data" / "news.toml"
_WAYS: Final = ("people", "cases", "source")
_WITH_A_PICTURE: Final = "three-years"


def write_news() -> None:
    """Publishes what has happened by today, each with those people and cases that are there."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))["news"]
    for one in told:
        item = _written(one)
        if item.on <= civil_date():
            publish_news(newsitem=item, by=None)
            # Told on the day after the event, as if it had been written then.
            on = min(item.on + timedelta(days=1), civil_date())
            NewsItem.objects.filter(pk=item.pk).update(published_on=on, first_published_at=_noon(on))
            if item.slug == _WITH_A_PICTURE:
                _picture(item)
    _in_work()


def _written(one: dict[str, Any]) -> NewsItem:
    words = {name: str(value).strip() for name, value in one.items() if name not in (*_WAYS, "on")}
    item = NewsItem.objects.create(on=one["on"], **words)
    people = Prisoner.objects.published().filter(slug__in=one.get("people", []))
    cases = Case.objects.published().filter(slug__in=one.get("cases", []))
    for number, person in enumerate(people.order_by("id")):
        NewsPerson.objects.create(item=item, prisoner=person, order=number)
    for number, case in enumerate(cases.order_by("id")):
        NewsCase.objects.create(item=item, case=case, order=number)
    if one.get("source"):
        NewsSource.objects.create(item=item, kind=SourceKind.HUMAN_RIGHTS, url=one["source"])
    return item


def _picture(item: NewsItem) -> None:
    words = {
        in_language("alt", "ru"): "Рисунок: стол с лампой и стопкой писем",
        in_language("alt", "en"): "A drawing: a desk with a lamp and a pile of letters",
        **CREDIT,
    }
    set_picture(newsitem=item, data=desk(), words=words, by=None)


def _in_work() -> None:
    """A draft for the office, and a piece that is published by itself in two days."""
    today = max(AS_OF, civil_date())
    NewsItem.objects.create(
        slug="letters-evening",
        on=today,
        title_ru="Вечер писем: что взять с собой и кому написать (черновик)",
        title_en="A letter evening: what to bring, and whom to write to (draft)",
        summary_ru="Черновик: место и час ещё не подтверждены.",
        summary_en="A draft: place and hour are not confirmed yet.",
    )
    waiting = NewsItem.objects.create(
        slug="pages-in-english",
        on=civil_date(),
        title_ru="Перевели ещё сто страниц",
        title_en="A hundred more pages in English",
        summary_ru="Добровольцы перевели короткие описания ещё ста человек.",
        summary_en="Volunteers have translated short descriptions of a hundred more people.",
    )
    plan_news(newsitem=waiting, at=_noon(civil_date() + timedelta(days=2)), by=None)


def _noon(day: Any) -> datetime:
    return datetime.combine(day, time(12), tzinfo=MOSCOW)
