"""Rows that the database must refuse, and rows that only might be wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone

from memorial.base.civil_date import civil_date
from memorial.due.models import DueWork
from memorial.news.models import NewsCase, NewsItem, NewsPerson, NewsPicture, NewsSource
from tests.factories import CaseFactory, PrisonerFactory

MOMENT = timezone.now()


def news(**given) -> Callable[[], object]:
    whole = {
        "slug": "news",
        "title_ru": "Новость",
        "summary_ru": "Коротко.",
        "on": date(2026, 5, 5),
        "state": "published",
        "published_on": date(2026, 5, 6),
    }
    return lambda: NewsItem.objects.create(**{**whole, **given})


def work(**given) -> Callable[[], object]:
    whole = {"kind": "publish_news", "object_id": 1, "due_at": MOMENT, "next_try_at": MOMENT}
    return lambda: DueWork.objects.create(**{**whole, **given})


def _twice(write: Callable[[], object]) -> Callable[[], object]:
    def both() -> None:
        write()
        write()

    return both


def _person_twice() -> None:
    item, person = news()(), PrisonerFactory()
    for _ in range(2):
        NewsPerson.objects.create(item=item, prisoner=person)


def _case_twice() -> None:
    item, case = news()(), CaseFactory()
    for _ in range(2):
        NewsCase.objects.create(item=item, case=case)


def _source(**given) -> Callable[[], object]:
    return lambda: NewsSource.objects.create(item=news()(), kind="media", **given)


def _picture(slug: str = "news", **given) -> Callable[[], object]:
    words = {"alt_ru": "Суд", "alt_en": "A court", "credit_ru": "А. Н.", "credit_en": "A. N."}
    return lambda: NewsPicture.objects.create(item=news(slug=slug)(), **{**words, **given})


def _pictures_of_one_stem() -> None:
    for slug in ("one", "two"):
        _picture(slug, stem="ab" * 12)()


def _beside_somebody_hidden() -> None:
    picture = _picture()()
    NewsPerson.objects.create(item=picture.item, prisoner=PrisonerFactory(state="withdrawn"))
    NewsPicture.objects.update(stem="ab" * 12)


def _moved_ahead() -> None:
    item = news()()
    NewsItem.objects.filter(pk=item.pk).update(on=civil_date() + timedelta(days=1))


REFUSED: dict[str, list[Callable[[], object]]] = {
    "newsitem_state_known": [news(state="secret")],
    "newsitem_address_valid": [news(slug="feed"), news(slug="a--b"), news(slug="Ab"), news(slug="-a")],
    "newsitem_has_words": [
        news(title_ru=""),
        news(summary_ru=" "),
        news(title_ru="", title_en="News"),
    ],
    "newsitem_knows_when_it_was_published": [news(published_on=None)],
    "news_is_of_the_past": [news(on=date(2199, 1, 1)), _moved_ahead],
    "newsperson_once": [_person_twice],
    "newscase_once": [_case_twice],
    "newssource_no_origin_no_link": [
        _source(without_origin=True, url="https://example.org/"),
        _source(without_origin=True, publisher="Газета"),
    ],
    "newspicture_stem_once": [_pictures_of_one_stem],
    "newspicture_stem_is_random": [_picture(stem="ivan"), _picture(stem="A" * 24)],
    "newspicture_words_in_both": [_picture(alt_en=""), _picture(credit_ru="")],
    "news_picture_of_nobody_hidden": [_beside_somebody_hidden],
    "duework_open_once": [_twice(work())],
    "duework_outcome_known": [work(outcome="lost", done_at=MOMENT)],
    "duework_ends_at_a_moment": [work(outcome="done"), work(done_at=MOMENT)],
    "duework_is_not_tried_early": [work(next_try_at=MOMENT - timedelta(minutes=1))],
}
ACCEPTED: dict[str, Callable[[], object]] = {
    "news in Russian": news(),
    "news in English alone": news(title_ru="", summary_ru="", title_en="News", summary_en="In short."),
    "a draft of nothing yet": news(
        state="draft", published_on=None, title_ru="", summary_ru="", on=date(2199, 1, 1)
    ),
    "a source of news without its origin": _source(without_origin=True, title="Письмо"),
    "work that was done twice": _twice(work(outcome="done", done_at=MOMENT)),
}
