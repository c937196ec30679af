"""A recognition of several people drafts its news in the same step: texts, people, cases, source."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.html import format_html_join
from django.utils.translation import ngettext

from cases.actions.recognise import announced, announcement, is_named
from cases.models import Case, RecognitionProsecution
from memorial.base.choices import SourceKind
from memorial.base.civil_date import civil_date
from memorial.base.localized import LANGUAGES, in_language
from memorial.base.rich_text import excerpt
from memorial.news.models import LONGEST_SUMMARY, LONGEST_TITLE, NewsCase, NewsItem, NewsPerson, NewsSource
from prisoners.models import Prisoner, Recognition, Statement


def draft_of_recognition(statement: Statement) -> NewsItem | None:
    """The draft of the news of a statement; None where nobody in it may be named.

    Readers cannot see it before its recognitions are confirmed by a second person: that is asked when the news
    is published. A draft that somebody has begun is left as it is.
    """
    rows = [row for row in announced(statement, with_waiting=True) if is_named(row.prisoner)]
    if not rows or NewsItem.objects.filter(statement=statement).exists():
        return None
    latest = max((row.on.latest for row in rows if row.on and row.on.latest), default=civil_date())
    item = NewsItem.objects.create(
        slug=_free_slug(f"recognised-{latest.isoformat()}"),
        on=latest,
        statement=statement,
        **_texts(statement, rows),
    )
    people = [row.prisoner for row in rows]
    NewsPerson.objects.bulk_create(
        NewsPerson(item=item, prisoner=person, order=number) for number, person in enumerate(people)
    )
    NewsCase.objects.bulk_create(
        NewsCase(item=item, case=case, order=number) for number, case in enumerate(_cases(rows))
    )
    if statement.url:
        NewsSource.objects.create(item=item, kind=SourceKind.HUMAN_RIGHTS, url=statement.url)
    return item


def _texts(statement: Statement, rows: list[Recognition]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for code in LANGUAGES:
        with translation.override(code):
            told = announcement(statement, code, with_waiting=True)
            paragraphs = [part for part in told.news.split("\n\n") if part]
            found[in_language("title", code)] = excerpt(told.title, LONGEST_TITLE)
            found[in_language("summary", code)] = excerpt(
                _summary([row.prisoner for row in rows]), LONGEST_SUMMARY
            )
            found[in_language("text", code)] = format_html_join(
                "", "<p>{}</p>", ((part,) for part in paragraphs)
            )
    return found


def _summary(people: list[Prisoner]) -> str:
    number = len(people)
    names = ", ".join(str(person) for person in people)
    said = ngettext(
        "We have recognised one more person as a political prisoner: %(names)s.",
        "We have recognised %(number)s more people as political prisoners: %(names)s.",
        number,
    )
    return said % {"number": number, "names": names}


def _cases(rows: list[Recognition]) -> list[Case]:
    """The published cases in which they were recognised, each once."""
    links = RecognitionProsecution.objects.filter(recognition__in=rows).select_related("prosecution__case")
    cases = {link.prosecution.case_id: link.prosecution.case for link in links.order_by("id")}
    return [case for case in cases.values() if case.is_published]


def _free_slug(base: str) -> str:
    taken = set(NewsItem.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
    return next(slug for slug in numbered if slug not in taken)
