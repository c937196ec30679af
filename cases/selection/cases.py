"""Which cases somebody asked for, by the parameters of an address."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

from django.db import models
from django.utils.translation import pgettext_lazy

from cases.models import Case, PublishedCase
from cases.models.kept_traits import KeptTraitsQuerySet
from cases.querysets import CaseQuerySet
from cases.selection.asked import Asked, kept_index
from cases.selection.facets import CASES
from memorial.base.facets.index import FacetIndex
from memorial.base.facets.reading import filter_set

_ROWS_AT_A_TIME: Final = 2_000
_PLAIN: Final = frozenset({"sort", "page"})


class CaseOrder(models.TextChoices):
    """How the list of cases is sorted."""

    TITLE = "title", pgettext_lazy("order of cases", "by title")
    UPDATED = "updated", pgettext_lazy("order of cases", "recently updated first")
    HEARING = "hearing", pgettext_lazy("order of cases", "next hearing first")


class CaseFilter(Asked):
    """Cases as somebody asked for them: filters and `sort`. Whatever the parameters are, there is an answer."""

    facets = CASES
    reads = filter_set(CASES)

    @cached_property
    def index(self) -> FacetIndex:
        return kept_index("cases", self.on, _rows)

    def table(self) -> KeptTraitsQuerySet:
        rows: KeptTraitsQuerySet = PublishedCase.objects.all()
        return rows

    @cached_property
    def order(self) -> CaseOrder:
        """The order asked for; by title where there is none of that name."""
        asked = self.data.get("sort", "")
        return CaseOrder(asked) if asked in CaseOrder else CaseOrder.TITLE

    @cached_property
    def is_misled(self) -> bool:
        """Whether something was asked that there is not."""
        wrong_order = (self.data.get("sort") or CaseOrder.TITLE) not in CaseOrder
        unknown = set(self.data) - _PLAIN - set(self.names())
        return wrong_order or bool(unknown) or self.asks_unknown_values

    def others(self) -> dict[str, str]:
        return {"sort": "" if self.order == CaseOrder.TITLE else self.order.value}

    def cases(self) -> CaseQuerySet:
        """The cases in their order."""
        cases: CaseQuerySet = Case.objects.published()
        if self.is_narrowed:
            cases = cases.filter(pk__in=self.filters.qs.values("case"))
        if self.order == CaseOrder.UPDATED:
            return cases.newest_first()
        return cases.soonest_hearing_first(self.on) if self.order == CaseOrder.HEARING else cases.by_title()


def _rows() -> Any:
    rows = PublishedCase.objects.order_by("pk").values_list(
        "case_id", "traits", "dated", "dated_from", "dated_until"
    )
    return rows.iterator(_ROWS_AT_A_TIME)
