"""What hangs on a person and on a case in the legal record: prosecutions, charges, decisions, hearings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet

from cases.models import Charge, Decision, DecisionPerson, Hearing, Prosecution
from cases.opendata import (
    CHARGES,
    DECISIONS,
    HEARINGS,
    PROSECUTIONS,
    CaseData,
    ChargeData,
    DecisionData,
    HearingRow,
    ProsecutionData,
)
from cases.querysets import VERIFIED, DecisionQuerySet, ProsecutionQuerySet
from memorial.api.resources import Part
from prisoners.opendata import PersonRow

_BY_PERSON: Final = ("prosecution__case__slug", "prosecution__prisoner__slug")


def _of_person(row: PersonRow) -> ProsecutionQuerySet:
    shown: ProsecutionQuerySet = Prosecution.objects.shown().filter(prisoner=row.person)
    return shown


def _of_case(row: CaseData) -> ProsecutionQuerySet:
    shown: ProsecutionQuerySet = Prosecution.objects.shown().filter(case=row.case)
    return shown


def _numbers(shown: ProsecutionQuerySet) -> list[int]:
    """Their primary keys, asked for first.

    Given numbers PostgreSQL begins with these few rows. Given the condition, whose share it cannot estimate through
    the row-level rules, it reads the tables of all decisions and people: 0.8 s for one person of 100,000.
    """
    return list(shown.order_by().values_list("pk", flat=True))


def _prosecutions(shown: ProsecutionQuerySet) -> Iterator[ProsecutionData]:
    ordered = shown.select_related("case", "prisoner").order_by("case__slug", "prisoner__slug", "pk")
    return map(ProsecutionData, ordered)


def _charges(shown: ProsecutionQuerySet) -> Iterator[ChargeData]:
    charges = (
        Charge.objects.filter(VERIFIED, prosecution__in=_numbers(shown))
        .select_related("article", "edition", "prosecution__case", "prosecution__prisoner")
        .prefetch_related("events")
        .order_by(*_BY_PERSON, "order", "pk")
    )
    return map(ChargeData, charges)


def _decisions(shown: ProsecutionQuerySet, of_all: DecisionQuerySet) -> Iterator[DecisionData]:
    """Decisions on these prosecutions, before them those on the whole of their cases."""
    whole = of_all.filter(whole_case=True, people__isnull=True).select_related("case", "court")
    yield from map(DecisionData, whole.order_by("case__slug", "round", "on_earliest", "pk"))
    numbers = _numbers(shown)
    decided = list(DecisionPerson.objects.filter(prosecution__in=numbers).values_list("decision", flat=True))
    decisions = list(Decision.objects.shown().filter(pk__in=decided).values_list("pk", flat=True))
    links: QuerySet[Any] = (
        DecisionPerson.objects.filter(decision__in=decisions, prosecution__in=numbers)
        .select_related("decision__case", "decision__court", "prosecution__prisoner")
        .prefetch_related("penalties")
        .order_by("decision__case__slug", "decision__round", "decision__on_earliest", "pk")
    )
    yield from (DecisionData(link.decision, link) for link in links)


def _decisions_of_person(row: PersonRow, _on: date) -> Iterator[DecisionData]:
    shown = _of_person(row)
    cases = list(shown.order_by().values_list("case", flat=True))
    return _decisions(shown, Decision.objects.shown().filter(case__in=cases))


def _decisions_of_case(row: CaseData, _on: date) -> Iterator[DecisionData]:
    return _decisions(_of_case(row), Decision.objects.shown().filter(case=row.case))


def _hearings_of_case(row: CaseData, on: date) -> Iterator[HearingRow]:
    hearings = Hearing.objects.shown().filter(case=row.case).for_calendar().order_by("on", "uid")
    return (HearingRow(each, on) for each in hearings)


OF_A_PERSON: Final = (
    Part(PROSECUTIONS, lambda row, _on: _prosecutions(_of_person(row)), ("person",)),
    Part(CHARGES, lambda row, _on: _charges(_of_person(row)), ("person",)),
    # Of the whole case or of this person: the column tells which.
    Part(DECISIONS, _decisions_of_person),
)
OF_A_CASE: Final = (
    Part(PROSECUTIONS, lambda row, _on: _prosecutions(_of_case(row)), ("case",)),
    Part(CHARGES, lambda row, _on: _charges(_of_case(row)), ("case",)),
    Part(DECISIONS, _decisions_of_case, ("case",)),
    Part(HEARINGS, _hearings_of_case, ("case",)),
)
