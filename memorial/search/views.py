"""The search page. The query is read once and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from memorial.base.page_head import Alternate, PageHead
from memorial.base.page_kinds import Page
from memorial.base.public_pages import public_page
from memorial.search.page import SearchPage, search_page
from memorial.search.text_query import tidied

_IN_THE_TITLE = 40


@dataclass(frozen=True)
class SearchHead(PageHead):
    """The head of the search page: the query goes along into the other language, and into no search engine."""

    asked: str = ""

    @property
    def switches(self) -> list[Alternate]:
        """The same search in the other languages."""
        query = f"?{urlencode({'q': self.asked})}" if self.asked else ""
        return [Alternate(page.language, page.name, page.url + query) for page in super().switches]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was found for `q`, in all kinds or in the one that `in` names; without `q` only the box."""
    asked = request.GET.get("q", "")
    if not tidied(asked):
        return _box(request)  # type: ignore[return-value]  # the decorator's type is wider
    page = search_page(asked, request.GET.get("in", ""))
    response = render(request, "search/search.html", {"page": page, "head": _head(page)})
    # Neither a proxy nor the reader's own disk keeps what was looked for.
    response["Cache-Control"] = "private, no-store"
    return response


@public_page(depends_on_date=False)
def _box(request: HttpRequest) -> HttpResponse:
    """The page before anything is asked: the same for everyone."""
    page = SearchPage("")
    return render(request, "search/search.html", {"page": page, "head": _head(page)})


def _head(page: SearchPage) -> SearchHead:
    short = page.query[:_IN_THE_TITLE]
    title = _("Search: %(query)s") % {"query": short} if page.query else pgettext("page", "Search")
    said = _("People, cases, articles of law, places, courts and documents of this encyclopaedia.")
    return SearchHead(title, said, Page("search"), is_indexed=False, asked=page.query)
