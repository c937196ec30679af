"""The list of cases as open data: the selection on screen, and its newest changes as a feed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from cases.exports.entries import case_entries
from cases.models import Case
from cases.opendata import CASES, CaseData
from cases.selection import CaseFilter
from memorial.base.opendata.lists import OpenList, Selection
from memorial.base.opendata.portions import in_portions, numbers_of


def case_rows(numbers: Sequence[int], on: date) -> Iterator[CaseData]:
    """The cases of these numbers that are published when their turn comes, in the same order."""
    published = Case.objects.published().for_list(on)
    return in_portions(numbers, lambda some: (CaseData(each, on) for each in published.filter(pk__in=some)))


def select_cases(asked: QueryDict, on: date) -> Selection:
    """The cases that the page with these parameters lists, in its order."""
    chosen = CaseFilter(asked, on=on)
    return Selection(
        rows=lambda: case_rows(numbers_of(chosen.cases()), on),
        described=lambda: CaseFilter(asked, on=on).described() or _("All cases"),
        query=chosen.canonical_query(),
        entries=lambda: case_entries(chosen.cases(), on),
    )


CASE_LIST: Final = OpenList(CASES, "cases:case-list", select_cases)
