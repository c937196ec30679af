"""Of what a calendar is: of everything, of a case, of a person, of a court, of a region."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.models import Case, Court, Hearing, HearingPerson
from memorial.appeals.models import Appeal, PublicEvent
from memorial.appeals.querysets import AppealQuerySet, EventQuerySet
from memorial.base.choices import State
from prisoners.models import Prisoner, Region
from prisoners.querysets import PrisonerQuerySet

WHOLE_CASE: Final = Q(whole_case=True)


@dataclass(frozen=True)
class Scope:
    """At most one of these is set; none of them is the calendar of everything."""

    case: Case | None = None
    person: Prisoner | None = None
    court: Court | None = None
    region: Region | None = None

    def hearings(self) -> QuerySet[Hearing]:
        """Hearings that readers may see, of this scope."""
        shown = Hearing.objects.shown()
        if self.case is not None:
            return shown.filter(case=self.case)
        if self.court is not None:
            return shown.filter(court=self.court)
        if self.region is not None:
            # Of a court that readers do not see, nothing is known here, its region neither.
            courts = Court.objects.published().filter(pk=OuterRef("court"))
            here, known = Exists(courts.filter(region=self.region)), Exists(courts)
            return shown.filter(Q(here) | Q(~known, case__region=self.region))
        if self.person is not None:
            named = HearingPerson.objects.filter(hearing=OuterRef("pk"), prosecution__prisoner=self.person)
            of_their_cases = Q(case__prosecutions__prisoner=self.person)
            return shown.filter(of_their_cases, WHOLE_CASE | Exists(named))
        return shown

    def appeals(self) -> AppealQuerySet:
        """Appeals for this scope: of a person theirs, of everything all, else none."""
        shown: AppealQuerySet = Appeal.objects.published()
        if self.person is not None:
            return shown.of_person(self.person)
        return shown.none() if self.case or self.court or self.region else shown

    def events(self) -> EventQuerySet:
        """Events abroad: they belong to the calendar of everything alone."""
        shown: EventQuerySet = PublicEvent.objects.published()
        return shown.none() if self.case or self.person or self.court or self.region else shown

    def people(self) -> PrisonerQuerySet:
        """Published people whose expected release and birthday belong to this scope; a court's has none."""
        people: PrisonerQuerySet = Prisoner.objects.published()
        if self.court is not None:
            return people.none()
        if self.person is not None:
            return people.filter(pk=self.person.pk)
        if self.case is not None:
            return people.filter(prosecutions__case=self.case, prosecutions__case__state=State.PUBLISHED)
        if self.region is not None:
            return people.filter(region=self.region)
        return people


@dataclass(frozen=True)
class Span:
    """The days that a calendar tells of, the first and the last included."""

    first: date
    last: date
