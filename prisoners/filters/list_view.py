"""The list of people: cards or a table, narrowed by filters, a name or a letter, in one of four orders."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from cases.display.articles import count_of_people
from cases.selection import PeopleFilter
from memorial.base.civil_date import civil_date
from memorial.base.facets.form import shown_filters
from memorial.base.facets.pages import hidden_fields
from memorial.base.localized import current_language
from memorial.base.page_head import LONGEST_TITLE, ROOM_FOR_A_NUMBER, PageHead
from memorial.base.page_kinds import Page
from memorial.base.paging import ForgivingPages
from memorial.base.public_pages import public_page
from memorial.base.templatetags.page_links import query
from prisoners.filters.facet_view import PAGES
from prisoners.kept_orders import kept_letters
from prisoners.orders import FIRST, Order
from prisoners.shown_cards import Look, shown_cards

PEOPLE_ON_A_PAGE: Final = 24
MOST_PAGES: Final = 50
"""Of everybody, and of a filter: whoever goes further goes by letter, whose pages have no such end."""
_VIEWS: Final = ("", "table")


class FirstPages(Paginator):
    """The first pages of a list too long to leaf through."""

    @cached_property
    def num_pages(self) -> int:
        """How many pages there are, at most `MOST_PAGES`."""
        return min(Paginator(self.object_list, self.per_page).num_pages, MOST_PAGES)


@method_decorator(public_page(), name="dispatch")
class PrisonerListView(ForgivingPages):
    """People as cards or as a table."""

    template_name = "prisoners/prisoner_list.html"
    paginate_by = PEOPLE_ON_A_PAGE

    @cached_property
    def asked(self) -> PeopleFilter:
        return PeopleFilter(self.request.GET, civil_date())

    @property
    def paginator_class(self) -> type[Paginator]:  # type: ignore[override]  # stubs: a plain attribute
        return Paginator if self.asked.letter else FirstPages

    @property
    def view(self) -> str:
        """How the list is shown: "table", or "" for cards."""
        return "table" if self.request.GET.get("view") == "table" else ""

    @property
    def is_misled(self) -> bool:
        """Whether the address asks for what this list does not have."""
        wrong_view = self.request.GET.get("view", "") not in _VIEWS
        return self.page_is_missing or wrong_view or self.asked.is_misled

    def get_queryset(self) -> Sequence[int]:  # type: ignore[override]  # a sequence is all that paging needs
        return self.asked.numbers()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page: PaginatorPage = context["page_obj"]
        asked, order = self.asked, self.asked.order
        look = Look(self.view == "table", by_update=order == Order.UPDATED)
        is_last_of_many = page.paginator.num_pages == MOST_PAGES and page.number == MOST_PAGES
        return context | {
            "head": self._head(page.number),
            "asked": asked,
            "cards": shown_cards(list(page), asked.on, look),
            "view": self.view,
            "is_table": look.is_table,
            "page_number": page.number,
            "count": count_of_people(page.paginator.count),
            "letter": asked.letter.upper(),
            "letters": [letter.upper() for letter in kept_letters(current_language())],
            "narrowed": asked.canonical_query(),
            "others": hidden_fields(asked.chosen, asked.others() | {"view": self.view, "sort": ""}),
            "filters": shown_filters(asked, PAGES, self.view),
            "orders": Order.choices,
            "order": order,
            "order_note": FIRST[order],
            "sort": asked.others()["sort"],
            "is_by_name": order == Order.NAME,
            "is_by_update": look.by_update,
            "is_misled": self.is_misled,
            "nobody": _("Nobody found"),
            "nobody_of_these": self._nobody(),
            "everybody": _("All people"),
            "goes_on_by_letter": is_last_of_many and page.paginator.count > MOST_PAGES * PEOPLE_ON_A_PAGE,
        }

    def _head(self, number: int) -> PageHead:
        asked = self.asked
        title = self._title()
        if number > 1:
            title = _("%(title)s, page %(number)s") % {"title": title, "number": number}
        said = _("People deprived of liberty in Russia for political reasons: an alphabetical list.")
        pages = query(page=number).removeprefix("?")
        address = "&".join(part for part in (asked.canonical_query(), pages) if part)
        # Search engines meet everybody in one order; the same people in three more are of no use to them.
        is_plain = not (self.is_misled or asked.is_too_short)
        is_indexed = asked.order == Order.NAME and is_plain and asked.is_worth_finding
        page = Page("prisoners:prisoner-list")
        return PageHead(title, said, page, address, is_indexed, asked.query_of(asked.chosen, q=asked.q))

    def _title(self) -> str:
        asked = self.asked
        if asked.letter:
            return _("People: %(letter)s") % {"letter": asked.letter.upper()}
        said = asked.described()
        title = _("People: %(letter)s") % {"letter": said} if said else _("People")
        return title if len(title) <= LONGEST_TITLE - ROOM_FOR_A_NUMBER else _("People")

    def _nobody(self) -> str:
        asked = self.asked
        if asked.letter and not (asked.q or asked.is_narrowed):
            return _("No name here begins with the letter %(letter)s.") % {"letter": asked.letter.upper()}
        if asked.q and not (asked.letter or asked.is_narrowed):
            return _("There is nobody here with the name “%(name)s”.") % {"name": asked.q}
        return _("There is nobody of whom all this is true.")
