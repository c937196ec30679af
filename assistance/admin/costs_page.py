"""What help cost, by month and kind: sums of one currency are added, different ones never."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assistance.admin.story import money
from assistance.choices import Programme
from assistance.costs import CostRow, costs_by_month
from assistance.models import ItemKind

MONTHS = 12


@dataclass(frozen=True)
class CostLine:
    """One line as it is read: the month, the kind of help, the sum with its currency, of how many entries."""

    month: str
    kind: str
    cost: str
    entries: int


@dataclass(frozen=True)
class Costs:
    """The table of a year: its lines, and a total for each currency."""

    lines: list[CostLine]
    totals: list[CostLine]


def may_see_costs(user: Any) -> bool:
    """Whether this person may see what help cost in all; coordinators see the costs of their own clients."""
    return bool(user.has_perm("assistance.count_costs"))


def costs_of_a_year(on: date) -> Costs:
    """The costs of the twelve months that end with this one, in two queries."""
    months = on.year * 12 + on.month - MONTHS
    rows = costs_by_month(date(months // 12, months % 12 + 1, 1), on)
    kinds = {kind.code: str(kind) for kind in ItemKind.objects.all()} if rows else {}
    return Costs([_line(row, kinds) for row in rows], _totals(rows))


def _line(row: CostRow, kinds: dict[str, str]) -> CostLine:
    month = str(date_format(row.month, "F Y")) if row.month else _("month unknown")
    if row.programme == Programme.HUMANITARIAN:
        kind = kinds.get(row.kind, row.kind) if row.kind else _("parcels as a whole, postage")
    else:
        kind = str(Programme(row.programme).label)
    return CostLine(month, kind, f"{money(row.cost)} {row.currency}", row.entries)


def _totals(rows: Iterable[CostRow]) -> list[CostLine]:
    sums: dict[str, tuple[Decimal, int]] = {}
    for row in rows:
        cost, entries = sums.get(row.currency, (Decimal(0), 0))
        sums[row.currency] = cost + row.cost, entries + row.entries
    return [
        CostLine("", _("Total"), f"{money(cost)} {currency}", entries)
        for currency, (cost, entries) in sorted(sums.items())
    ]


class CostsPage:
    """Mixed into the admin of humanitarian help: `costs/`, for accountants, who see no client."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """The page before Django's own, which would take any path."""
        wrap = self.admin_site.admin_view
        own = path("costs/", wrap(self.costs_view), name="assistance_humanitarianaid_costs")
        return [own, *super().get_urls()]  # type: ignore[misc]

    def costs_view(self, request: HttpRequest) -> HttpResponse:
        """The table alone."""
        if not may_see_costs(request.user):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("What help cost"),
            "opts": self.opts,
            "costs": costs_of_a_year(timezone.localdate()),
        }
        return TemplateResponse(request, "admin/assistance_costs.html", context)
