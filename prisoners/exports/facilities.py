"""The list of institutions as open data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from memorial.base.localized import localized
from memorial.base.opendata.lists import OpenList, Selection
from memorial.base.opendata.portions import in_portions, numbers_of
from prisoners.models import Facility
from prisoners.opendata import FACILITIES


def select_facilities(_asked: QueryDict, _on: date) -> Selection:
    """Institutions with a page, all of them, always: the page has no filter."""
    published = Facility.objects.published()

    def rows() -> Iterator[Facility]:
        numbers = numbers_of(published.order_by(localized("name"), "id"))
        return in_portions(numbers, lambda some: published.filter(pk__in=some).select_related("region"))

    return Selection(rows, lambda: _("All institutions"))


FACILITY_LIST: Final = OpenList(FACILITIES, "prisoners:facility-list", select_facilities)
