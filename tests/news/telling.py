"""News for tests: pieces of every shape for the walks of all pages, and single ones."""

from __future__ import annotations

from datetime import date

from memorial.base.choices import State
from memorial.news.models import NewsCase, NewsItem, NewsPerson, NewsSource

DAY = date(2026, 10, 5)


def piece(slug: str = "verdict", *, people=(), cases=(), **fields) -> NewsItem:
    """A published piece in both languages, about these people and cases."""
    item = NewsItem.objects.create(
        **{
            "slug": slug,
            "title_ru": "Приговор по делу о чтениях",
            "title_en": "Verdict in the readings case",
            "summary_ru": "Суд назначил семь лет колонии.",
            "summary_en": "The court imposed seven years in a penal colony.",
            "text_ru": "<p>Защита подаст апелляцию.</p>",
            "text_en": "<p>The defence will appeal.</p>",
            "on": DAY,
            "state": State.PUBLISHED,
            "published_on": date(2026, 10, 6),
            **fields,
        }
    )
    for number, person in enumerate(people):
        NewsPerson.objects.create(item=item, prisoner=person, order=number)
    for number, case in enumerate(cases):
        NewsCase.objects.create(item=item, case=case, order=number)
    return item


def told_news(*people) -> None:
    """With people and a source; without a text; in Russian alone; of another year, with the longest title."""
    first = piece(people=people)
    NewsSource.objects.create(item=first, kind="media", title="Газета", url="https://example.org/verdict")
    piece("short", title_ru="Заседание отложено", title_en="Hearing put off", text_ru="", text_en="")
    piece(
        "only-russian",
        title_ru="Апелляция назначена",
        title_en="",
        summary_en="",
        text_en="",
        people=people[:1],
    )
    piece("long-ago", on=date(2024, 2, 1), title_ru="Щ" * 60 + " " + "ы" * 79, title_en="W" * 140)
