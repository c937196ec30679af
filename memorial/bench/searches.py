"""What searches take: many different names and words, each asked by itself, beside what plain Django would do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector, TrigramSimilarity
from django.core.management.base import CommandError
from django.db import connection
from django.db.models import TextField
from django.db.models.functions import Cast

from memorial.base.localized import localized
from memorial.search.page import SearchPage
from prisoners.models import Prisoner
from prisoners.name_search import people_named

QUERIES: Final = 60
_PLAIN_QUERIES: Final = 3
"""Of the plain way a few are enough to tell: each reads every row there is."""
_SHOWN: Final = 24
_SAMPLE: Final = 2_000


@dataclass(frozen=True)
class Searches:
    """Queries of one kind with the time of each in ms; `plain` those of the plain way, where there is one."""

    name: str
    times: Sequence[float]
    plain: Sequence[float] = ()

    @property
    def slow(self) -> float:
        """The 95th percentile."""
        return sorted(self.times)[max(0, round(0.95 * len(self.times)) - 1)]

    @property
    def line(self) -> str:
        """«Search, a whole name: median 6.1 ms, 95th percentile 9.8 ms; plain 410 ms.»"""
        said = f"Search, {self.name}: median {median(self.times):.1f} ms, 95th percentile {self.slow:.1f} ms"
        return f"{said}; plain {median(self.plain):.0f} ms." if self.plain else f"{said}."


def searches(number: int = QUERIES) -> Iterator[Searches]:
    """Each kind of query in turn. Raises CommandError where there is nobody to look for."""
    people = _people(number)
    if not people:
        raise CommandError("There is nobody to look for: use make bench.")
    whole = [f"{person.surname} {person.given_names}" for person in people]
    surnames = [person.surname for person in people]
    misspelled = [f"{name[:3]}{name[4:]}" for name in surnames]
    given = list(dict.fromkeys(person.given_names.split(" ")[0] for person in people))
    for name, queries in {
        "a whole name": whole,
        "a surname": surnames,
        "a surname misspelled": misspelled,
        "a given name": given,
    }.items():
        yield Searches(name, _timed(people_named, queries), _timed(_plain_names, queries[:_PLAIN_QUERIES]))
    words = _words(number)
    texts = _timed(lambda word: SearchPage(word).groups, words)
    yield Searches("a word in texts", texts, _timed(_plain_texts, words[:_PLAIN_QUERIES]))


def _timed(ask: Callable[[str], Any], queries: Sequence[str]) -> list[float]:
    ask(queries[0])
    found = []
    for query in queries:
        began = time.perf_counter()
        ask(query)
        found.append((time.perf_counter() - began) * 1000)
    return found


def _people(number: int) -> list[Prisoner]:
    """People with a full name in the active language, taken evenly from all."""
    named = Prisoner.objects.published().filter(initials_only=False)
    numbers = list(named.order_by("pk").values_list("pk", flat=True))
    chosen = numbers[:: max(1, len(numbers) // (2 * number))]
    people = named.filter(pk__in=chosen).order_by("pk")
    return [person for person in people if person.surname and person.given_names][:number]


def _words(number: int) -> list[str]:
    """The words that most texts have: those by which most is found."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM ts_stat('SELECT vector FROM search_searchentry ORDER BY id LIMIT %s')"
            " ORDER BY ndoc DESC, word LIMIT %s",
            [_SAMPLE, number],
        )
        return [word for (word,) in cursor.fetchall()]


def _plain_names(query: str) -> list[int]:
    """Trigrams over the surnames of everybody."""
    near = Prisoner.objects.published().annotate(
        near=TrigramSimilarity(localized("surname"), query.split(" ", maxsplit=1)[0])
    )
    return list(near.filter(near__gt=0.3).order_by("-near").values_list("pk", flat=True)[:_SHOWN])


def _plain_texts(word: str) -> list[int]:
    """Full text made while it is asked for, and everything that matches ranked."""
    vector, query = (
        SearchVector(Cast(localized("what_happened"), TextField()), config="russian"),
        SearchQuery(word, config="russian"),
    )
    found = Prisoner.objects.published().annotate(words=vector, rank=SearchRank(vector, query))
    return list(found.filter(words=query).order_by("-rank").values_list("pk", flat=True)[:_SHOWN])
