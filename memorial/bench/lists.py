"""What lists and the counts of their filters take, beside plain Django: the same people, the same counts, or nothing.

The plain way is what a good first version would do: one GROUP BY over the tables themselves for each filter,
and the page of the list by filter, order and slice. Six of the filters have such a plain way; ours counts all.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from statistics import median
from typing import Any, Final

from django.core.management.base import CommandError
from django.db.models import Count, QuerySet
from django.http import QueryDict

from cases.models import Article, Charge
from cases.querysets import VERIFIED
from cases.selection import PeopleFilter
from cases.selection.asked import forget_indexes
from memorial.base.choices import State
from memorial.base.civil_date import civil_date
from memorial.base.facets.definition import NOT_KNOWN
from prisoners.kept_orders import forget_orders
from prisoners.models import Prisoner, PrisonerListing, PrisonerTheme
from prisoners.querysets import PrisonerQuerySet

SHOWN: Final = 24
CHOICES: Final = ("", "gender=f", "gender=f&liberty=imprisoned&liberty=pretrial_detention")
_TIMES: Final = 15
_PLAIN_TIMES: Final = 3
Counts = dict[str, int]


@dataclass(frozen=True)
class Compared:
    """One thing done both ways, in ms: ours as kept, ours anew after a change, the plain way."""

    name: str
    kept: Sequence[float]
    anew: Sequence[float]
    plain: Sequence[float]

    @property
    def line(self) -> str:
        """«Filters' counts, all people: kept 0.4 ms, after a change 61.0 ms; plain 212 ms. The same counts.»"""
        times = tuple(map(median, (self.kept, self.anew, self.plain)))
        return f"{self.name}: kept %.2f ms, after a change %.1f ms; plain %.0f ms." % times


def comparisons() -> Iterator[Compared]:
    """Each choice both ways. Raises CommandError where the two do not say the same."""
    on = civil_date()
    if not Prisoner.objects.published().exists():
        raise CommandError("There is nobody to list: use make bench.")
    for query in CHOICES:
        words = query or "everybody"
        yield _compared(
            f"Counts of {len(PLAIN)} filters, {words}",
            partial(counts, query, on),
            partial(plain_counts, query, on),
        )
        yield _compared(
            f"People of a page and how many, {words}",
            partial(first_people, query, on),
            partial(plain_people, query, on),
        )


def _compared(name: str, ours: Callable[[], Any], plainly: Callable[[], Any]) -> Compared:
    if ours() != plainly():
        raise CommandError(f"{name}: the plain way says something else. Nothing was measured.")

    def anew() -> Any:
        forget_indexes()
        forget_orders()
        return ours()

    return Compared(name, _timed(ours, _TIMES), _timed(anew, _PLAIN_TIMES), _timed(plainly, _PLAIN_TIMES))


def _timed(work: Callable[[], Any], times: int) -> list[float]:
    found = []
    for _number in range(times):
        began = time.perf_counter()
        work()
        found.append((time.perf_counter() - began) * 1000)
    return found


# --- Ours ------------------------------------------------------------------------------------------


def counts(query: str, on: date) -> dict[str, Counts]:
    """By filter, how many have each value and pass the other filters; without «not known»."""
    asked = PeopleFilter(QueryDict(query), on)
    found = {name: asked.index.counts(name, asked.chosen, asked.within) for name in PLAIN}
    # Charges under laws that are no table's are counted by us, but have no plain way.
    found["article"] = {
        code: number for code, number in found["article"].items() if code in _articles_known()
    }
    return {name: _known(values) for name, values in found.items()}


@cache
def _articles_known() -> frozenset[str]:
    return frozenset(Article.objects.values_list("slug", flat=True))


def first_people(query: str, on: date) -> tuple[list[int], int]:
    """The numbers of the first page's people in their order, and how many there are."""
    asked = PeopleFilter(QueryDict(query), on)
    return list(asked.numbers()[:SHOWN]), asked.count


# --- Plainly ---------------------------------------------------------------------------------------


def plain_counts(query: str, on: date) -> dict[str, Counts]:
    """The same with one statement a filter, each over the people whom the other filters leave."""
    data = QueryDict(query)
    return {name: _known(count(_people(data, on, but=name), on)) for name, count in PLAIN.items()}


def plain_people(query: str, on: date) -> tuple[list[int], int]:
    """The same with a filter, an order and a slice, and one statement for the count."""
    people = _people(QueryDict(query), on)
    return list(people.by_name().values_list("pk", flat=True)[:SHOWN]), people.count()


def _people(data: QueryDict, on: date, but: str = "") -> PrisonerQuerySet:
    people: PrisonerQuerySet = Prisoner.objects.published()
    if data.getlist("gender") and but != "gender":
        people = people.filter(gender__in=data.getlist("gender"))
    if data.getlist("liberty") and but != "liberty":
        people = people.with_liberty(on).filter(liberty__in=data.getlist("liberty"))
    return people


def _known(values: Mapping[Any, int]) -> Counts:
    return {
        str(value).lower(): number for value, number in values.items() if value and value not in NOT_KNOWN
    }


def _grouped(rows: QuerySet[Any], by: str, person: str) -> dict[Any, int]:
    return dict(rows.order_by().values_list(by).annotate(people=Count(person, distinct=True)))


def _linked(model: Any, by: str) -> Callable[[PrisonerQuerySet, date], dict[Any, int]]:
    def count(people: PrisonerQuerySet, _on: date) -> dict[Any, int]:
        return _grouped(model.objects.filter(prisoner__in=people.order_by().values("pk")), by, "prisoner")

    return count


def _articles(people: PrisonerQuerySet, _on: date) -> dict[Any, int]:
    charges = Charge.objects.filter(
        VERIFIED,
        prosecution__prisoner__in=people.order_by().values("pk"),
        prosecution__case__state=State.PUBLISHED,
        article__isnull=False,
    )
    return _grouped(charges, "article__slug", "prosecution__prisoner")


PLAIN: Final[Mapping[str, Callable[[PrisonerQuerySet, date], dict[Any, int]]]] = {
    "gender": lambda people, _on: _grouped(people, "gender", "pk"),
    "region": lambda people, _on: _grouped(people, "region__code", "pk"),
    "liberty": lambda people, on: _grouped(people.with_liberty(on), "liberty", "pk"),
    "theme": _linked(PrisonerTheme, "theme__code"),
    "list": _linked(PrisonerListing, "prisoner_list__code"),
    "article": _articles,
}
