"""All values of one filter of the list of people."""

from __future__ import annotations

from typing import Final

from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from cases.selection import PeopleFilter
from memorial.base.facets.form import FilterPages
from memorial.base.facets.views import FilterValuesView
from memorial.base.public_pages import public_page

PAGES: Final = FilterPages("prisoners:prisoner-list", "prisoners:prisoner-filter", has_names=True)


@method_decorator(public_page(), name="dispatch")
class PrisonerFilterView(FilterValuesView):
    """The values of one filter of people."""

    template_name = "prisoners/prisoner_filter.html"
    asks = PeopleFilter
    pages = PAGES
    list_name = _("People")
