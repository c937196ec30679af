"""The list of institutions: by region, with how many people readers may know to be held in each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from memorial.base.civil_date import civil_date
from memorial.base.localized import localized
from memorial.base.name_key import sort_key
from memorial.base.page_head import PageHead
from memorial.base.page_kinds import Page
from memorial.base.public_pages import public_page
from prisoners.models import Facility, Region
from prisoners.regions import InstitutionRow, with_held


@method_decorator(public_page(), name="dispatch")
class FacilityListView(TemplateView):
    """Institutions with a page, by region."""

    template_name = "prisoners/facility_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        places = Facility.objects.published().select_related("region").order_by(localized("name"), "id")
        rows = [InstitutionRow(each, each.held) for each in with_held(places, civil_date())]
        said = _("Colonies, remand prisons and hospitals that hold political prisoners: where to write.")
        head = PageHead(_("Institutions"), said, Page("prisoners:facility-list"))
        return super().get_context_data(**kwargs) | {
            "head": head,
            "regions": _by_region(rows),
            "number": len(rows),
        }


def _by_region(rows: Iterable[InstitutionRow]) -> list[tuple[Region | None, list[InstitutionRow]]]:
    """Institutions under their regions, in alphabetical order; those whose region is not known last."""
    groups: dict[Region | None, list[InstitutionRow]] = {}
    for row in rows:
        groups.setdefault(row.facility.region, []).append(row)
    return sorted(groups.items(), key=lambda group: _place(group[0]))


def _place(region: Region | None) -> tuple[bool, str, str]:
    return (region is None, sort_key(region.shown_name) if region else "", region.code if region else "")
