"""Approved totals as files, for all periods."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from assistance.models import TotalsPublication
from assistance.opendata import TOTALS_TABLE, TotalRow
from memorial.base.opendata.lists import OpenList, Selection


def total_rows() -> Iterator[TotalRow]:
    """Every number ever published, in the order of periods and publications."""
    publications = list(TotalsPublication.objects.published().for_detail())
    newest = {publication.period: publication.number for publication in publications}
    for publication in publications:
        is_current = publication.number == newest[publication.period]
        for total in publication.totals.all():
            yield TotalRow(publication, total, is_current)


def select_totals(_asked: QueryDict, _on: date) -> Selection:
    """All of them: there is nothing to choose."""
    return Selection(total_rows, lambda: _("All published periods"))


TOTALS_LIST: Final = OpenList(TOTALS_TABLE, "assistance:what-we-do", select_totals)
