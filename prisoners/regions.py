"""The page of a region: what it is, who is held there, who is of its cases, which institutions it has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import Http404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cases.display.decisions import court_name, court_url
from cases.models import Case, Court
from memorial.base.civil_date import civil_date
from memorial.base.localized import LANGUAGES, current_language, localized
from memorial.base.page_head import PageHead
from memorial.base.page_kinds import Page
from memorial.base.paging import ForgivingPages
from memorial.base.public_pages import public_page
from memorial.base.shown_text import ShownText, shown_text
from memorial.base.typography import grouped_number
from prisoners.choices import StayPublic, StayReason
from prisoners.display.people import PersonCard
from prisoners.display.words import date_words, since_words
from prisoners.held import for_names
from prisoners.models import Facility, OccupationPeriod, Prisoner, Region, Stay
from prisoners.querysets import PrisonerQuerySet

PEOPLE_ON_A_PAGE: Final = 120
_UKRAINE: Final = "UA"


@dataclass(frozen=True)
class ShownOccupation:
    """A period of an occupation: which part, and when."""

    part: ShownText
    when: str


@dataclass(frozen=True)
class InstitutionRow:
    """An institution with a page, and how many people readers may know to be held in it."""

    facility: Facility
    held: int

    @property
    def name(self) -> ShownText:
        return shown_text(self.facility, "name")

    @property
    def held_words(self) -> str:
        return count_of_people(self.held) if self.held else ""


@dataclass(frozen=True)
class RegionPage:
    """A region as its own page shows it."""

    region: Region
    on: date

    @cached_property
    def name(self) -> ShownText:
        """The name under which people know it, without a word on whose it is: the page says that itself."""
        return shown_text(self.region, "display_name") or shown_text(self.region, "name")

    @property
    def full_name(self) -> ShownText | None:
        """The official name, where people say another one."""
        full = shown_text(self.region, "name")
        return full if full.text != self.name.text else None

    @property
    def url(self) -> str:
        return self.region.get_absolute_url()

    @property
    def name_language(self) -> str:
        return self.name.language if self.name.is_foreign else ""

    @property
    def state(self) -> str:
        """Whose region it is and whether it is occupied, in words."""
        if self.region.occupied == Region.Occupied.YES:
            return _("A region of Ukraine, occupied by Russia.")
        if self.region.occupied == Region.Occupied.PARTLY:
            return self._partly()
        return _("A region of Ukraine.") if self.region.country == _UKRAINE else ""

    def _partly(self) -> str:
        """Whether parts are occupied still; where no days are entered, that is not known here."""
        periods = self.region.occupations.all()
        if not periods:
            return _("A region of Ukraine; parts of it are or were occupied by Russia.")
        if all(period.ended for period in periods):
            return _("A region of Ukraine; parts of it were occupied by Russia.")
        return _("A region of Ukraine; parts of it are occupied by Russia.")

    @cached_property
    def occupations(self) -> list[ShownOccupation]:
        periods = sorted(self.region.occupations.all(), key=_first_day)
        return [ShownOccupation(shown_text(period, "part"), _period(period)) for period in periods]

    @cached_property
    def institutions(self) -> list[InstitutionRow]:
        facilities = Facility.objects.published().filter(region=self.region).order_by(localized("name"), "id")
        return [InstitutionRow(each, each.held) for each in with_held(facilities, self.on)]

    @cached_property
    def courts(self) -> list[tuple[ShownText, str]]:
        """Courts with a page, by name, each with its address; names of occupation courts stand in quotes."""
        courts = Court.objects.published().filter(region=self.region).order_by(localized("name"), "id")
        return [(court_name(court), court_url(court)) for court in courts]

    @cached_property
    def held(self) -> list[PersonCard]:
        return [PersonCard(person, self.on) for person in for_names(held_in(self.region, self.on), self.on)]

    @property
    def held_words(self) -> str:
        return count_of_people(len(self.held))

    @cached_property
    def number_of_cases(self) -> str:
        """How many published cases are of the region; "" where none is."""
        number = Case.objects.published().filter(region=self.region).count()
        return grouped_number(number, current_language()) if number else ""

    @property
    def cases_url(self) -> str:
        """The list of these cases."""
        return f"{reverse('cases:case-list')}?region={self.region.path_code}"

    def cases(self) -> PrisonerQuerySet:
        """People of the region's cases, wherever they are now."""
        return for_names(Prisoner.objects.published().filter(region=self.region), self.on)


def region_page(region: Region) -> Page:
    """The page of one region; complete in the languages in which it has a name."""
    complete = tuple(code for code in LANGUAGES if getattr(region, f"name_{code}"))
    return Page("prisoners:region-detail", {"code": region.path_code}, complete)


def region_pages() -> Iterator[Page]:
    """Pages of the regions that have anybody or anything to show, for the registry of pages."""
    people = Prisoner.objects.published().filter(region=OuterRef("pk"))
    places = Facility.objects.published().filter(region=OuterRef("pk"))
    # Some regions have neither cases nor institutions, and are named by stays alone.
    stays = Stay.objects.shown().filter(region=OuterRef("pk")).exclude(reason=StayReason.HOUSE_ARREST)
    shown = stays.filter(Exists(Prisoner.objects.published().filter(pk=OuterRef("prisoner"))))
    courts = Court.objects.published().filter(region=OuterRef("pk"))
    has_something = Exists(people) | Exists(places) | Exists(shown) | Exists(courts)
    regions = Region.objects.filter(has_something).order_by("code")
    yield from map(region_page, regions.iterator())


def held_in(region: Region, on: date) -> PrisonerQuerySet:
    """People whose stay in the region readers may know of and that goes on; never by house arrest.

    A concealed place counts for nothing here, and a home gives no region away. Where nothing but
    the region is public, that is enough.
    """
    institutions = Facility.objects.published().filter(region=region)
    here = Q(facility__in=institutions) | Q(region=region)
    stays = Stay.objects.open_on(on).filter(here, prisoner=OuterRef("pk"))
    shown = stays.exclude(public=StayPublic.NO).exclude(reason=StayReason.HOUSE_ARREST)
    people: PrisonerQuerySet = Prisoner.objects.published()
    return people.filter(Exists(shown), death__isnull=True)


def count_of_people(number: int) -> str:
    """«1 612 человек», "1 person"."""
    counted = {"count": grouped_number(number, current_language())}
    return ngettext("%(count)s person", "%(count)s people", number) % counted


def with_held(facilities: QuerySet[Facility], on: date) -> QuerySet[Any]:
    """With `held`: how many people readers may know to be held there on the day; nobody by initials."""
    open_stays = Stay.objects.open_on(on).filter(public=StayPublic.YES, facility=OuterRef("pk"))
    held = Prisoner.objects.published().filter(death__isnull=True, initials_only=False)
    people = open_stays.filter(prisoner__in=held).order_by().values("facility")
    counted = people.annotate(people=Count("prisoner", distinct=True)).values("people")
    return facilities.annotate(held=Coalesce(Subquery(counted), Value(0), output_field=IntegerField()))


def _first_day(period: OccupationPeriod) -> tuple[date, int]:
    return (period.began.earliest if period.began and period.began.earliest else date.min), period.pk


def _period(period: OccupationPeriod) -> str:
    if period.ended:
        dash = "—" if current_language() == "ru" else "–"
        return f"{date_words(period.began)} {dash} {date_words(period.ended)}"
    return pgettext("occupation", "since %(date)s") % {"date": since_words(period.began) or _("not known")}


@method_decorator(public_page(), name="dispatch")
class RegionDetailView(ForgivingPages):
    """The page of one region; its list is that of the people of its cases, by pages."""

    template_name = "prisoners/region_detail.html"
    context_object_name = "people"
    paginate_by = PEOPLE_ON_A_PAGE

    @cached_property
    def place(self) -> RegionPage:
        """The region asked for. Raises Http404 for a code that is none or is not written as in links."""
        code = self.kwargs["code"]
        if code != code.lower():
            raise Http404
        region = Region.objects.prefetch_related("occupations").filter(code=code.upper()).first()
        if region is None:
            raise Http404
        return RegionPage(region, civil_date())

    def get_queryset(self) -> PrisonerQuerySet:
        return self.place.cases()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page, place = context["page_obj"], self.place
        total = page.paginator.count
        return context | {
            "place": place,
            "head": self._head(
                page.number, is_useful=bool(total or place.held or place.institutions or place.courts)
            ),
            "cards": [PersonCard(person, place.on) for person in page],
            "cases_words": count_of_people(total) if total else "",
            "is_misled": self.page_is_missing,
        }

    def _head(self, number: int, *, is_useful: bool) -> PageHead:
        title = str(self.place.name)
        if number > 1:
            title = _("%(title)s, page %(number)s") % {"title": title, "number": number}
        said = _("%(name)s: people of its cases, who is held there, institutions.") % {
            "name": self.place.name
        }
        query = f"page={number}" if number > 1 else ""
        is_indexed = is_useful and not self.page_is_missing
        return PageHead(title, said, region_page(self.place.region), query, is_indexed=is_indexed)
