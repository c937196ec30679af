"""How much there is in a language, what is left, and what the last weeks brought."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection
from django.db.models import Count, Sum
from django.db.models.functions import TruncWeek

from memorial.base.admin.history_reading import staff_names
from memorial.base.civil_date import civil_date
from memorial.translating.catalogue import kind_of, kinds
from memorial.translating.models import Draft, Step
from memorial.translating.queue import all_fields

WEEKS: Final = 12
LETTERS_A_WORD: Final = 6.5
"""Characters of Russian text for each word, its space counted: how many words are left is an estimate."""


@dataclass(frozen=True)
class KindLine:
    """One kind of record: how many texts there are, and how many of them are how."""

    label: str
    table: str
    total: int
    translated: int
    outdated: int
    unknown: int
    words_left: int


@dataclass(frozen=True)
class Week:
    """A week from its Monday: how many translations were published, and their words."""

    monday: date
    published: int
    words: int


@dataclass(frozen=True)
class Pace:
    """Everything on the page. `people` are pairs of a name and how many they published translations of."""

    language: str
    lines: list[KindLine]
    weeks: list[Week]
    people: list[tuple[str, int, int]]

    @property
    def words_left(self) -> int:
        """Words without English or with an outdated one, all kinds together."""
        return sum(line.words_left for line in self.lines)


def pace_of(language: str, *, by_person: bool) -> Pace:
    """The state today. Who translated how much is for leads alone."""
    return Pace(language, _lines(language), _weeks(language), _people(language) if by_person else [])


def _lines(language: str) -> list[KindLine]:
    statement = (
        f"SELECT kind, condition, count(*), sum(size) FROM ({all_fields(kinds(), language)}) t"  # noqa: S608
        " GROUP BY kind, condition"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found: dict[str, dict[str, Any]] = defaultdict(dict)
        for table, condition, texts, letters in cursor.fetchall():
            found[table][condition] = (texts, letters)
    return [_line(kind.table, found[kind.table]) for kind in kinds() if kind.table in found]


def _line(table: str, by_condition: dict[str, tuple[int, int]]) -> KindLine:
    def texts(condition: str) -> int:
        return by_condition.get(condition, (0, 0))[0]

    def letters(condition: str) -> int:
        return int(by_condition.get(condition, (0, 0))[1])

    kind = kind_of(table)
    total = sum(count for count, _letters in by_condition.values())
    left = letters("missing") + letters("outdated")
    return KindLine(
        label=kind.label if kind else table,
        table=table,
        total=total,
        translated=total - texts("missing"),
        outdated=texts("outdated"),
        unknown=texts("unknown"),
        words_left=round(left / LETTERS_A_WORD),
    )


def _published(language: str) -> Any:
    first = civil_date() - timedelta(weeks=WEEKS - 1, days=civil_date().weekday())
    return Draft.objects.filter(step=Step.PUBLISHED, language=language, published_at__date__gte=first)


def _weeks(language: str) -> list[Week]:
    rows = (
        _published(language)
        .annotate(week=TruncWeek("published_at"))
        .values("week")
        .annotate(texts=Count("id"), said=Sum("words"))
    )
    found = {row["week"].date(): (row["texts"], row["said"]) for row in rows}
    monday = civil_date() - timedelta(days=civil_date().weekday())
    mondays = [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    return [Week(day, *found.get(day, (0, 0))) for day in mondays]


def _people(language: str) -> list[tuple[str, int, int]]:
    rows = list(
        _published(language)
        .values("holder")
        .annotate(texts=Count("id"), said=Sum("words"))
        .order_by("-said", "holder")
    )
    names = staff_names(row["holder"] for row in rows)
    return [(names.get(row["holder"], row["holder"]), row["texts"], row["said"]) for row in rows]
