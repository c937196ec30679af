"""Pages of people and places. Everything starts at `published()`."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, Final

from django.conf import settings
from django.core.paginator import Page as PaginatorPage
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.display.hearings import passport_warning
from memorial.base.civil_date import civil_date
from memorial.base.localized import current_language
from memorial.base.name_key import sort_key
from memorial.base.page_head import PageHead
from memorial.base.page_kinds import Page
from memorial.base.paging import ForgivingPages
from memorial.base.public_pages import public_page
from memorial.base.shown_text import shown_text
from memorial.base.templatetags.page_links import query
from memorial.base.typography import grouped_number
from prisoners.display.institution import FORMER_SHOWN, InstitutionPage
from prisoners.display.people import PersonCard, PersonPage
from prisoners.display.words import date_words
from prisoners.held import for_names, held_before
from prisoners.kept_orders import PeopleInOrder, kept_letters, kept_order
from prisoners.models import Facility, Prisoner
from prisoners.models.place import FacilityQuerySet
from prisoners.moved_pages import MovedDetailView
from prisoners.orders import FIRST, Order, in_order
from prisoners.pages import facility_page, prisoner_page
from prisoners.poster import poster_obstacle
from prisoners.querysets import PrisonerQuerySet
from prisoners.structured_data import open_graph, person_data
from prisoners.told import cards_of, record_of, told_by

PEOPLE_ON_A_PAGE: Final = 24
_VIEWS: Final = ("", "table")


@method_decorator(public_page(), name="dispatch")
class PrisonerListView(ForgivingPages):
    """People as cards or as a table, all of them or those of one letter, in one of four orders."""

    template_name = "prisoners/prisoner_list.html"
    paginate_by = PEOPLE_ON_A_PAGE

    @cached_property
    def on(self) -> date:
        return civil_date()

    @cached_property
    def letter(self) -> str:
        """The first letter asked for, as in a sort key; "" for what is no letter."""
        asked = self.request.GET.get("letter", "")
        letter = sort_key(asked) if len(asked) == 1 else ""
        return letter if letter.isalpha() else ""

    @cached_property
    def order(self) -> Order:
        """The order asked for; by name where there is none of that name."""
        asked = self.request.GET.get("sort", "")
        return Order(asked) if asked in Order else Order.NAME

    @property
    def is_misled(self) -> bool:
        """Whether the address asks for what this list does not have."""
        asked = self.request.GET
        wrong_letter = bool(asked.get("letter")) and not self.letter
        wrong_order = (asked.get("sort") or Order.NAME) not in Order
        return self.page_is_missing or wrong_letter or wrong_order or asked.get("view", "") not in _VIEWS

    def get_queryset(self) -> PeopleInOrder:  # type: ignore[override]  # a sequence is all that paging needs
        key = (current_language(), self.order, self.letter, self.on)
        return kept_order(key, self._people, self.on)

    def _people(self) -> PrisonerQuerySet:
        people: PrisonerQuerySet = Prisoner.objects.published().by_name()
        chosen = people.starting_with(self.letter) if self.letter else people
        return in_order(chosen, self.order, self.on)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page: PaginatorPage = context["page_obj"]
        view = "table" if self.request.GET.get("view") == "table" else ""
        return context | {
            "head": self._head(page.number),
            "cards": cards_of(page, self.on),
            "view": view,
            "is_table": view == "table",
            "page_number": page.number,
            "count": _count_words(page.paginator.count),
            "letter": self.letter.upper(),
            "letters": [letter.upper() for letter in kept_letters(current_language())],
            "orders": Order.choices,
            "order": self.order,
            "order_note": FIRST[self.order],
            "sort": self._sort,
            "is_by_name": self.order == Order.NAME,
            "is_by_update": self.order == Order.UPDATED,
            "is_misled": self.is_misled,
        }

    @property
    def _sort(self) -> str:
        """The order as addresses name it: the alphabetical one is the list itself."""
        return "" if self.order == Order.NAME else self.order.value

    def _head(self, number: int) -> PageHead:
        title = _("People: %(letter)s") % {"letter": self.letter.upper()} if self.letter else _("People")
        if number > 1:
            title = _("%(title)s, page %(number)s") % {"title": title, "number": number}
        said = _("People deprived of liberty in Russia for political reasons: an alphabetical list.")
        asked = query(letter=self.letter.upper(), sort=self._sort, page=number).removeprefix("?")
        # Search engines meet everybody in one order; the same people in three more are of no use to them.
        is_indexed = self.order == Order.NAME and not self.is_misled
        return PageHead(title, said, Page("prisoners:prisoner-list"), asked, is_indexed)


@method_decorator(public_page(), name="dispatch")
class PrisonerDetailView(MovedDetailView):
    """The page of one person."""

    template_name = "prisoners/prisoner_detail.html"
    context_object_name = "person"

    def get_queryset(self) -> PrisonerQuerySet:
        people: PrisonerQuerySet = Prisoner.objects.published().for_detail(civil_date())
        return people

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | detail_context(self.object, civil_date())


@method_decorator(public_page(), name="dispatch")
class FacilityDetailView(MovedDetailView):
    """The page of one institution: what it is, how to write there, who is held there today."""

    template_name = "prisoners/facility_detail.html"
    context_object_name = "facility"

    def get_queryset(self) -> FacilityQuerySet:
        places: FacilityQuerySet = Facility.objects.published().for_detail()
        return places

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        on = civil_date()
        people = Prisoner.objects.published().held_at(self.object, on).for_list(on)
        before = for_names(held_before(self.object, on), on)[: FORMER_SHOWN + 1]
        place = InstitutionPage(
            self.object,
            [PersonCard(person, on) for person in people],
            [PersonCard(person, on) for person in before],
        )
        name = str(shown_text(self.object, "name"))
        said = _("%(name)s: address for letters, and who is held there.") % {"name": name}
        head = PageHead(name, said, facility_page(self.object))
        return super().get_context_data(**kwargs) | {
            "place": place,
            "head": head,
            "count": _count_words(len(place.people)),
        }


def detail_context(prisoner: Prisoner, on: date) -> dict[str, Any]:
    """What the template of a person's page needs; the staff preview of a draft uses it too.

    `prisoner` comes from `for_detail(on)`.
    """
    record = record_of(prisoner, on)
    page = PersonPage(prisoner, on, told_by(record))
    head = PageHead(page.name.full, page.description, prisoner_page(prisoner))
    return {
        "person": prisoner,
        "card": page,
        "record": record,
        "head": head,
        "passport_warning": passport_warning(),
        "has_poster": not poster_obstacle(prisoner, on),
        "og": open_graph(page, head),
        "person_data": person_data(page, head),
        "as_of": date_words(on),
        "editors_email": settings.EDITORS_EMAIL,
        "editors_have_key": bool(settings.EDITORS_PGP_KEY),
    }


def _count_words(number: int) -> str:
    """«1 612 человек», "1 person"."""
    counted = {"count": grouped_number(number, current_language())}
    return ngettext("%(count)s person", "%(count)s people", number) % counted
