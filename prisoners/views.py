"""Pages of people and places. Everything starts at `published()`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from cases.display.articles import count_of_people
from cases.display.hearings import passport_warning
from memorial.base.civil_date import civil_date
from memorial.base.page_head import PageHead
from memorial.base.page_sections import sections_of
from memorial.base.public_pages import public_page
from memorial.base.shown_text import shown_text
from prisoners.display.institution import FORMER_SHOWN, InstitutionPage
from prisoners.display.people import PersonCard, PersonPage
from prisoners.display.words import date_words
from prisoners.held import for_names, held_before
from prisoners.models import Facility, Prisoner
from prisoners.models.place import FacilityQuerySet
from prisoners.moved_pages import MovedDetailView
from prisoners.pages import facility_page, prisoner_page
from prisoners.poster import poster_obstacle
from prisoners.querysets import PrisonerQuerySet
from prisoners.structured_data import open_graph, person_data
from prisoners.told import record_of, told_by


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
            "count": count_of_people(len(place.people)),
        }


def detail_context(prisoner: Prisoner, on: date) -> dict[str, Any]:
    """What the template of a person's page needs; the staff preview of a draft uses it too.

    `prisoner` comes from `for_detail(on)`.
    """
    record = record_of(prisoner, on)
    sections = sections_of("prisoner", prisoner, on)
    page = PersonPage(prisoner, on, told_by(record, sections))
    head = PageHead(page.name.full, page.description, prisoner_page(prisoner))
    return {
        "person": prisoner,
        "card": page,
        "record": record,
        "sections": sections,
        "head": head,
        "passport_warning": passport_warning(),
        "has_poster": not poster_obstacle(prisoner, on),
        "og": open_graph(page, head),
        "person_data": person_data(page, head),
        "as_of": date_words(on),
        "editors_email": settings.EDITORS_EMAIL,
        "editors_have_key": bool(settings.EDITORS_PGP_KEY),
    }
