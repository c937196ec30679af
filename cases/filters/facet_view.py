"""All values of one filter of the list of cases."""

from __future__ import annotations

from typing import Final

from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from cases.selection import CaseFilter
from memorial.base.facets.form import FilterPages
from memorial.base.facets.views import FilterValuesView
from memorial.base.public_pages import public_page

PAGES: Final = FilterPages("cases:case-list", "cases:case-filter")


@method_decorator(public_page(), name="dispatch")
class CaseFilterView(FilterValuesView):
    """The values of one filter of cases."""

    template_name = "cases/case_filter.html"
    asks = CaseFilter
    pages = PAGES
    list_name = _("Cases")
