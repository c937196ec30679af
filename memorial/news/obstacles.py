"""What keeps a piece of news from readers, and whom its words name who is hidden."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from memorial.base.choices import State
from memorial.base.localized import all_languages
from memorial.base.rich_text import plain_text
from memorial.news.models import NewsCase, NewsItem, NewsPerson
from prisoners.actions.moved_names import words_of_name
from prisoners.actions.name_pattern import NamePattern, name_pattern
from prisoners.models import Prisoner, SecondLook

TEXTS = ("slug", *all_languages("title", "summary", "text"))
WORDS_AROUND = 3


def news_obstacles(item: NewsItem) -> list[str]:
    """Every obstacle but the day of the event, in sentences."""
    found = []
    if not _has_title_and_summary(item):
        found.append(_("A piece of news has a title and a summary in the same language."))
    links = NewsPerson.objects.filter(item=item).select_related("prisoner")
    for person in (link.prisoner for link in links):
        if not person.is_published or person.initials_only:
            found.append(_("%(name)s has no page with a name: take the person out.") % {"name": person})
        # Recognition, death, release: while only one person has looked at it, it is not told.
        elif _waits_for_a_second_look(person):
            found.append(
                _("Something about %(name)s waits for a second look by a colleague.") % {"name": person}
            )
    cases = (link.case for link in NewsCase.objects.filter(item=item).select_related("case"))
    said = _("The case “%(title)s” is not published: take it out.")
    return found + [said % {"title": case} for case in cases if not case.is_published]


def lies_ahead(item: NewsItem, today: date) -> bool:
    """Whether the day of the event is after this one."""
    return item.on > today


def names_of_hidden(item: NewsItem) -> list[str]:
    """The words around each name of somebody who was withdrawn or is shown by initials.

    People who were never public are left out: they are many, and a draft is no request for silence.
    """
    texts = [plain_text(text) for text in (getattr(item, name) for name in TEXTS) if text]
    hidden = Prisoner.objects.filter(Q(state=State.WITHDRAWN) | Q(initials_only=True))
    found = []
    for person in hidden.order_by("pk"):
        pattern = _pattern(person)
        found += [_around(text, pattern) for text in texts if pattern and pattern.found_in(text)]
    return list(dict.fromkeys(found))


def _pattern(person: Prisoner) -> NamePattern | None:
    words = words_of_name(person)
    return name_pattern([*(words["surname"] or words["given_names"]), *words["spellings"]])


def _around(text: str, pattern: NamePattern) -> str:
    words = text.split()
    places = (at for at in range(len(words)) if pattern.found_in(" ".join(words[at : at + 2])))
    at = next(places, 0)
    return f"… {' '.join(words[max(0, at - WORDS_AROUND) : at + 2 + WORDS_AROUND])} …"


def _waits_for_a_second_look(person: Prisoner) -> bool:
    of_facts = SecondLook.objects.waiting().filter(prisoner=person)
    return of_facts.exclude(recognition=None, end_of_custody=None, death=None).exists()


def _has_title_and_summary(item: NewsItem) -> bool:
    titles, summaries = all_languages("title"), all_languages("summary")
    pairs = zip(titles, summaries, strict=True)
    return any(getattr(item, title).strip() and getattr(item, summary).strip() for title, summary in pairs)
