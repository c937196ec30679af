"""Which tables the package has, and where their rows come from. Everything is read as a reader would."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Final, NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.exports.cases import case_rows
from cases.exports.records import (
    ARTICLE_LIST,
    COURT_LIST,
    DOCUMENT_LIST,
    FINDING_LIST,
    OFFICIAL_LIST,
    rows_of,
)
from cases.models import Case, Charge, Decision, DecisionPerson, Hearing, Prosecution
from cases.opendata import (
    CASES,
    CHARGES,
    DECISIONS,
    HEARINGS,
    PROSECUTIONS,
    ChargeData,
    DecisionData,
    HearingRow,
    ProsecutionData,
)
from cases.querysets import VERIFIED
from memorial.base.opendata.columns import Table
from memorial.base.opendata.lists import OpenList
from memorial.base.opendata.portions import numbers_of
from memorial.base.opendata.usual import date_text
from prisoners.exports.facilities import FACILITY_LIST
from prisoners.exports.rows import person_rows
from prisoners.models import Prisoner, Region
from prisoners.opendata import (
    PEOPLE as PEOPLE_ON_SCREEN,
)
from prisoners.opendata import (
    RECOGNITIONS,
    REGIONS,
    STAYS,
    PersonRow,
    recognitions_of,
    stays_of,
)


class Content(NamedTuple):
    """A table and what reads its rows, for a day."""

    table: Table
    rows: Callable[[date], Iterable[Any]]


def _year_of_birth(row: PersonRow) -> str | None:
    return date_text(row.born.to_year()) if row.born else None


PEOPLE: Final = replace(
    PEOPLE_ON_SCREEN,
    columns=tuple(
        replace(column, description=_("The year."), value=_year_of_birth) if column.code == "born" else column
        for column in PEOPLE_ON_SCREEN.columns
    ),
)
"""A version is kept for years, and an exact birth date is public only while the person can be written to."""


def _people(on: date) -> Iterator[PersonRow]:
    return person_rows(numbers_of(Prisoner.objects.published().order_by("slug")), on)


def _stays(on: date) -> Iterator[Any]:
    return (stay for row in _people(on) for stay in stays_of(row))


def _recognitions(on: date) -> Iterator[Any]:
    return (made for row in _people(on) for made in recognitions_of(row))


def _cases(on: date) -> Iterator[Any]:
    return case_rows(numbers_of(Case.objects.published().order_by("slug")), on)


def _prosecutions(_on: date) -> Iterator[ProsecutionData]:
    shown = Prosecution.objects.shown()
    found = rows_of(
        shown.order_by("case__slug", "prisoner__slug", "pk"),
        lambda some: shown.filter(pk__in=some).select_related("case", "prisoner"),
    )
    return (ProsecutionData(each) for each in found)


def _charges(_on: date) -> Iterator[ChargeData]:
    shown = Charge.objects.filter(VERIFIED, prosecution__in=Prosecution.objects.shown())
    found = rows_of(
        shown.order_by("prosecution__case__slug", "prosecution__prisoner__slug", "order", "pk"),
        lambda some: (
            shown.filter(pk__in=some)
            .select_related("article", "edition", "prosecution__case", "prosecution__prisoner")
            .prefetch_related("events")
        ),
    )
    return (ChargeData(each) for each in found)


def _decisions(_on: date) -> Iterator[DecisionData]:
    shown = Decision.objects.shown()
    whole = shown.filter(whole_case=True, people__isnull=True)
    of_all = rows_of(
        whole.order_by("case__slug", "round", "on_earliest", "pk"),
        lambda some: whole.filter(pk__in=some).select_related("case", "court"),
    )
    yield from (DecisionData(each) for each in of_all)
    links = DecisionPerson.objects.filter(decision__in=shown, prosecution__in=Prosecution.objects.shown())
    found = rows_of(
        links.order_by("decision__case__slug", "decision__round", "decision__on_earliest", "pk"),
        lambda some: (
            links.filter(pk__in=some)
            .select_related("decision__case", "decision__court", "prosecution__prisoner")
            .prefetch_related("penalties")
        ),
    )
    yield from (DecisionData(link.decision, link) for link in found)


def _hearings(on: date) -> Iterator[HearingRow]:
    shown = Hearing.objects.shown()
    found = rows_of(shown.order_by("on", "uid"), lambda some: shown.filter(pk__in=some).for_calendar())
    return (HearingRow(each, on) for each in found)


def _list(of: OpenList) -> Content:
    return Content(of.table, lambda on: of.select(QueryDict(""), on).rows())


CONTENTS: Final[tuple[Content, ...]] = (
    Content(PEOPLE, _people),
    Content(CASES, _cases),
    Content(PROSECUTIONS, _prosecutions),
    Content(CHARGES, _charges),
    Content(DECISIONS, _decisions),
    Content(HEARINGS, _hearings),
    Content(STAYS, _stays),
    Content(RECOGNITIONS, _recognitions),
    _list(FINDING_LIST),
    _list(DOCUMENT_LIST),
    _list(ARTICLE_LIST),
    _list(COURT_LIST),
    _list(OFFICIAL_LIST),
    _list(FACILITY_LIST),
    Content(REGIONS, lambda _on: Region.objects.order_by("code")),
)
"""In the order in which somebody who opens the package for the first time would read them."""
