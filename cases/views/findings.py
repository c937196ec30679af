"""What international bodies found, in one list."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from cases.choices import FindingBody
from cases.display.findings import by_body
from cases.models import InternationalFinding
from cases.querysets import FindingQuerySet
from memorial.base.page_head import PageHead
from memorial.base.page_kinds import Page
from memorial.base.paging import ForgivingPages
from memorial.base.public_pages import public_page
from memorial.base.templatetags.page_links import query
from prisoners.display.words import capital

FINDINGS_ON_A_PAGE: Final = 60


@method_decorator(public_page(depends_on_date=False), name="dispatch")
class FindingListView(ForgivingPages):
    """Findings by body, the newest of each first; those of one body, or all."""

    template_name = "cases/finding_list.html"
    paginate_by = FINDINGS_ON_A_PAGE

    @cached_property
    def body(self) -> str:
        asked = self.request.GET.get("body", "")
        return asked if asked in FindingBody.values else ""

    def get_queryset(self) -> FindingQuerySet:
        rows: FindingQuerySet = InternationalFinding.objects.published()
        if self.body:
            rows = rows.filter(body=self.body)
        return rows.by_body().for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page = context["page_obj"]
        is_misled = self.page_is_missing or bool(self.request.GET.get("body") and not self.body)
        return context | {
            "head": self._head(page.number, is_misled=is_misled),
            "groups": list(by_body(page)),
            "narrowed": f"body={self.body}&" if self.body else "",
            "body": self.body,
            "bodies": self._bodies(),
            "is_misled": is_misled,
        }

    def _bodies(self) -> list[tuple[str, str]]:
        known = InternationalFinding.objects.published().order_by().values_list("body", flat=True)
        there = set(known.distinct())
        return [(body.value, capital(str(body.label))) for body in FindingBody if body in there]

    def _head(self, number: int, *, is_misled: bool) -> PageHead:
        title = _("International findings")
        if self.body:
            title = capital(str(FindingBody(self.body).label))
        if number > 1:
            title = _("%(title)s, page %(number)s") % {"title": title, "number": number}
        said = _("What the UN, the European Court and others found of prosecutions in Russia.")
        asked = query(body=self.body, page=number).removeprefix("?")
        return PageHead(title, said, Page("cases:finding-list"), asked, not is_misled)
