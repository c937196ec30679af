"""What help cost, by month, programme and kind of thing: one statement, and no sum counted twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Count, DateField, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast, TruncMonth
from django.db.models.lookups import Exact

from assistance.choices import Programme
from assistance.models import AidItem, DetentionAid, HumanitarianAid, LegalAid

COLUMNS = ("month", "programme", "item", "currency", "cost_sum", "entries")


@dataclass(frozen=True, slots=True)
class CostRow:
    """One line of the account: a sum in one currency. `kind` is empty where nothing is broken down."""

    month: date | None
    """The first day of the month; None where the date does not certainly tell it."""
    programme: str
    kind: str
    """The code of the kind of item, or the empty text."""
    currency: str
    cost: Decimal
    entries: int


def costs_by_month(first: date, last: date) -> list[CostRow]:
    """Every sum whose date may lie in the period, both days included, by month, programme and kind.

    Help that lasts is counted in the month in which it began; a parcel with what stands in no item of
    it, and its items by their kinds.
    """
    first_part, *others = _parts(first, last)
    rows = first_part.union(*others, all=True).order_by(*COLUMNS[:4])
    return [CostRow(*(row[name] for name in COLUMNS)) for row in rows]


def _parts(first: date, last: date) -> Iterator[QuerySet[Any, dict[str, Any]]]:
    for table, programme in ((LegalAid, Programme.LEGAL), (DetentionAid, Programme.DETENTION)):
        yield _summed(table._default_manager.all(), "began", programme, Value(""), first, last)
    parcels: QuerySet[Any] = HumanitarianAid.objects.all()
    yield _summed(parcels, "given_on", Programme.HUMANITARIAN, Value(""), first, last)
    items: QuerySet[Any] = AidItem.objects.all()
    yield _summed(items, "aid__given_on", Programme.HUMANITARIAN, F("kind__code"), first, last)


def _summed(  # noqa: PLR0917 - each is one word of one sentence
    rows: QuerySet[Any], day: str, programme: str, kind: Any, first: date, last: date
) -> QuerySet[Any, dict[str, Any]]:
    earliest, latest = f"{day}_earliest", f"{day}_latest"
    within = Q(**{f"{latest}__gte": first}) & Q(**{f"{earliest}__lte": last})
    undated = Q(**{f"{earliest}__isnull": True}) | Q(**{f"{latest}__isnull": True})
    named = rows.filter(within | undated, cost__isnull=False).annotate(
        month=_certain_month(earliest, latest),
        programme=Value(programme, output_field=CharField()),
        item=Cast(kind, CharField()),
    )
    grouped = named.values("month", "programme", "item", "currency")
    return grouped.annotate(cost_sum=Sum("cost"), entries=Count("pk"))


def _certain_month(earliest: str, latest: str) -> Case:
    """The month of a date that lies within one; `<= 2024` and `2024` lie within none."""
    one = Exact(TruncMonth(earliest), TruncMonth(latest))
    first_day = Cast(TruncMonth(earliest), DateField())
    return Case(When(one, then=first_day), default=None, output_field=DateField())
