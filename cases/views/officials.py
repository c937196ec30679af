"""Officials who were confirmed by two people: the list, and one with the parts in prosecutions and the sanctions."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import F, Prefetch, QuerySet
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from cases.display.officials import ShownOfficial, ShownSanction, cases_of
from cases.models import Official, OfficialRole, Sanction
from cases.pages import official_page
from cases.querysets import VERIFIED
from memorial.base.localized import localized
from memorial.base.page_head import PageHead
from memorial.base.page_kinds import Page
from memorial.base.paging import ForgivingPages
from memorial.base.public_pages import public_page
from memorial.base.templatetags.page_links import query
from prisoners.models import Prisoner

OFFICIALS_ON_A_PAGE: Final = 120


@method_decorator(public_page(depends_on_date=False), name="dispatch")
class OfficialListView(ForgivingPages):
    """Officials with a page, by surname."""

    template_name = "cases/official_list.html"
    paginate_by = OFFICIALS_ON_A_PAGE

    def get_queryset(self) -> QuerySet[Official]:
        officials: QuerySet[Official] = Official.objects.with_page().select_related("court")
        return officials.order_by(localized("surname"), localized("given_names"), "id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page = context["page_obj"]
        return context | {
            "rows": [ShownOfficial(official) for official in page],
            "head": self._head(page.number),
            "is_misled": self.page_is_missing,
        }

    def _head(self, number: int) -> PageHead:
        title = _("Officials")
        if number > 1:
            title = _("%(title)s, page %(number)s") % {"title": title, "number": number}
        said = _("Judges, prosecutors, investigators, experts: their part in political cases.")
        asked = query(page=number).removeprefix("?")
        return PageHead(title, said, Page("cases:official-list"), asked, not self.page_is_missing)


@method_decorator(public_page(depends_on_date=False), name="dispatch")
class OfficialDetailView(DetailView):
    """One official in office."""

    template_name = "cases/official_detail.html"
    context_object_name = "official"

    def get_queryset(self) -> QuerySet[Official]:
        people = Prefetch("prosecution__prisoner", queryset=Prisoner.objects.for_addresses())
        roles = OfficialRole.objects.shown().select_related("prosecution__case")
        in_order = roles.order_by(F("on_latest").desc(nulls_last=True), "id")
        sanctions = Sanction.objects.filter(VERIFIED).order_by("imposed_on_earliest", "id")
        officials: QuerySet[Official] = Official.objects.with_page()
        return officials.select_related("court", "facility", "region").prefetch_related(
            "citations",
            Prefetch("roles", queryset=in_order.prefetch_related(people, "citations")),
            Prefetch("sanctions", queryset=sanctions.prefetch_related("citations")),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        name = self.object.name.full
        said = _("%(name)s: office, part in political cases, sanctions.") % {"name": name}
        return super().get_context_data(**kwargs) | {
            "shown": ShownOfficial(self.object),
            "cases": cases_of(self.object.roles.all()),
            "sanctions": [ShownSanction(sanction) for sanction in self.object.sanctions.all()],
            "head": PageHead(name, said, official_page(self.object)),
        }
