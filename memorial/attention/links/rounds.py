"""A round of questions: which links are due, in what order, with what pauses; what is kept of the answers."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlsplit

from django.db.models import Q

from cases.models import CaseCitation
from memorial.attention.links.asking import Answer
from memorial.attention.models import CheckedLink
from prisoners.models import Citation

AGAIN_AFTER: Final = timedelta(days=30)
"""A link that answered is asked again after so long; one that failed every day until it is known to be dead."""
DEAD_AGAIN_AFTER: Final = timedelta(days=7)
PAUSE: Final = 2.0
"""Seconds between two questions to one host."""


@dataclass(frozen=True)
class Limits:
    """What a round may do at most: questions in all and to one host, seconds."""

    in_all: int = 300
    of_a_host: int = 20
    seconds: float = 1800


def links_in_use() -> set[str]:
    """The links of all sources that readers may see one day; sources without their origin have none."""
    found: set[str] = set()
    for table in (Citation, CaseCitation):
        found.update(table.objects.exclude(url="").values_list("url", flat=True).distinct())
    return found


def due_links(today: date) -> list[str]:
    """Those never asked first, then those asked longest ago. Links that no source has any more are forgotten."""
    used = links_in_use()
    known = dict(CheckedLink.objects.values_list("url", "checked_on"))
    CheckedLink.objects.filter(url__in=known.keys() - used).delete()
    rested = Q(failed_days=0, checked_on__lte=today - AGAIN_AFTER)
    failing = Q(failed_days__in=(1, 2), checked_on__lt=today)
    dead = Q(failed_days__gt=2, checked_on__lte=today - DEAD_AGAIN_AFTER)
    again = CheckedLink.objects.filter(rested | failing | dead).order_by("-failed_days", "checked_on", "pk")
    return [
        *again.filter(failed_days__in=(1, 2)).values_list("url", flat=True),
        *sorted(used - known.keys()),
    ] + [url for url in again.exclude(failed_days__in=(1, 2)).values_list("url", flat=True) if url in used]


def walk(
    urls: list[str],
    ask: Callable[[str], Answer],
    limits: Limits,
    *,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[tuple[str, Answer]]:
    """Asks within the limits, host by turns, with a pause between two questions to one host."""
    asked: Counter[str] = Counter()
    last: dict[str, float] = {}
    began = clock()
    for url in by_turns(urls):
        host = host_of(url)
        if asked[host] >= limits.of_a_host:
            continue
        if asked.total() >= limits.in_all or clock() - began > limits.seconds:
            return
        if host in last and (wait := last[host] + PAUSE - clock()) > 0:
            sleep(wait)
        asked[host] += 1
        answer = ask(url)
        last[host] = clock()
        yield url, answer


def by_turns(urls: list[str]) -> list[str]:
    """The first link of every host, then the second of each: so that pauses cost little."""
    turn: Counter[str] = Counter()
    found: list[tuple[int, int, str]] = []
    for number, url in enumerate(urls):
        host = host_of(url)
        found.append((turn[host], number, url))
        turn[host] += 1
    return [url for _turn, _number, url in sorted(found)]


def host_of(url: str) -> str:
    """The host of a link, "" where it has none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def keep(url: str, answer: Answer, today: date) -> CheckedLink:
    """Writes down what came back. Two failures of one day count once; an answer ends the count."""
    link = CheckedLink.objects.filter(url=url).first() or CheckedLink(url=url)
    if answer.failure:
        is_another_day = link.failed_days == 0 or link.checked_on < today
        link.failed_days += int(is_another_day)
        link.failed_since = link.failed_since or today
    else:
        link.failed_days, link.failed_since, link.answered_on = 0, None, today
    link.failure, link.status, link.checked_on = answer.failure, answer.status, today
    link.save()
    return link
