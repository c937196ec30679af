"""All values of one filter, under their letters: for the filters with more of them than a list shows."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from memorial.base.civil_date import civil_date
from memorial.base.facets.form import FilterPages
from memorial.base.facets.pages import by_letter, hidden_fields
from memorial.base.page_head import PageHead
from memorial.base.page_kinds import Page


class FilterValuesView(TemplateView):
    """The values of one filter that anybody has who passes the other filters asked for."""

    asks: ClassVar[type[Any]]
    pages: ClassVar[FilterPages]
    list_name: ClassVar[Any]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.asks(self.request.GET, civil_date())
        facet = asked.facet(kwargs["facet"])
        if facet is None:
            raise Http404
        title = _("%(list)s: %(filter)s") % {"list": self.list_name, "filter": facet.label}
        said = _("All values of this filter, and how many have each.")
        page = Page(self.pages.values_url, {"facet": facet.name})
        chosen = asked.query_of(asked.chosen)
        return super().get_context_data(**kwargs) | {
            "head": PageHead(title, said, page, asked.canonical_query(), is_indexed=False, kept_query=chosen),
            "asked": asked,
            "facet": facet,
            "letters": by_letter(facet, asked.values_of(facet)),
            "hidden": hidden_fields(asked.chosen, asked.others(), but=facet.name),
            "narrowed": asked.canonical_query(),
            "list_url": reverse(self.pages.list_url),
            "list_name": self.list_name,
        }
