"""The vocabulary of questions about cases: adjectives filter, `for_*` load what a page needs."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q

from cases.case_querysets import LONG_COLUMNS, VERIFIED, CaseQuerySet, ProsecutionQuerySet
from cases.choices import FindingBody, HearingState
from memorial.base.choices import State
from memorial.base.localized import all_languages, current_language, in_language, localized
from memorial.base.publication import PublishedQuerySet

__all__ = [
    "VERIFIED",
    "ArticleQuerySet",
    "CaseQuerySet",
    "CoversTheHidden",
    "DecisionQuerySet",
    "DocumentQuerySet",
    "FindingQuerySet",
    "HearingQuerySet",
    "OfPeopleQuerySet",
    "OfficialRoleQuerySet",
    "ProsecutionQuerySet",
]
_HAS_TEXT = reduce(or_, (~Q(**{name: ""}) for name in all_languages("text")))
_LONG_OF_CASE = tuple(f"case__{column}" for column in LONG_COLUMNS)


class ArticleQuerySet(models.QuerySet):
    """Articles. They have no state: one has a page while it is used, or while we say something of it."""

    def used(self) -> Self:
        """Articles used in political cases by our table, or in a charge that readers see."""
        from cases.models import Charge

        charges = Charge.objects.filter(
            VERIFIED,
            article=OuterRef("pk"),
            prosecution__case__state=State.PUBLISHED,
            prosecution__prisoner__state=State.PUBLISHED,
        )
        return self.filter(Q(used_in_political_cases=True) | Exists(charges))

    def for_list(self) -> Self:
        """What a list shows: the titles of the editions."""
        return self.defer(*LONG_COLUMNS).prefetch_related("editions")

    def for_detail(self) -> Self:
        """What the page of an article shows: every edition with its parts."""
        return self.prefetch_related("editions__parts")


class OfPeopleQuerySet(models.QuerySet):
    """Hearings and decisions: of the whole case, or of chosen people of whom readers may know one."""

    def shown(self) -> Self:
        """Those that readers may see. One that concerns only hidden people is hidden with them."""
        known = self.model.people.rel.related_model._default_manager.filter(  # type: ignore[attr-defined]
            prosecution__prisoner__state=State.PUBLISHED,
            **{self.model.people.rel.field.name: OuterRef("pk")},  # type: ignore[attr-defined]
        )
        return self.filter(VERIFIED, Q(whole_case=True) | Exists(known), case__state=State.PUBLISHED)


class HearingQuerySet(OfPeopleQuerySet):
    """Hearings."""

    def upcoming(self, on: date) -> Self:
        """Planned ones of that day and later, soonest first."""
        return self.filter(on__gte=on, hearing_state=HearingState.PLANNED).order_by(
            "on", F("at").asc(nulls_first=True), "id"
        )

    def without_outcome(self, on: date) -> Self:
        """Planned ones whose day has passed: somebody should say what came of them."""
        return self.filter(on__lt=on, hearing_state=HearingState.PLANNED)

    def for_calendar(self) -> Self:
        """With court, case, the published people they concern, and a successor that readers may see."""
        from cases.models import Hearing, HearingPerson

        people = HearingPerson.objects.filter(prosecution__prisoner__state=State.PUBLISHED).select_related(
            "prosecution__prisoner"
        )
        return self.select_related("court__region", "case").prefetch_related(
            Prefetch("people", queryset=people),
            Prefetch("postponed_to", queryset=Hearing.objects.shown()),
        )


class DecisionQuerySet(OfPeopleQuerySet):
    """Decisions."""

    def standing(self) -> Self:
        """Those that no verified later decision supersedes."""
        from cases.models import Decision

        later = Decision.objects.filter(VERIFIED, supersedes=OuterRef("pk"))
        return self.filter(VERIFIED).exclude(Exists(later))


class OfficialQuerySet(PublishedQuerySet):
    """Officials."""

    def with_page(self) -> Self:
        """The published ones of whom readers may see a part in a case or a sanction; others have no page."""
        from cases.models import OfficialRole, Sanction

        roles = OfficialRole.objects.shown().filter(official=OuterRef("pk"))
        sanctions = Sanction.objects.filter(VERIFIED, official=OuterRef("pk"))
        return self.published().filter(Exists(roles) | Exists(sanctions))


class OfficialRoleQuerySet(models.QuerySet):
    """Parts of officials in prosecutions."""

    def shown(self) -> Self:
        """Those that readers may see: verified, confirmed by two people, of what is published on all sides."""
        return self.filter(
            VERIFIED,
            confirmed=True,
            official__state=State.PUBLISHED,
            prosecution__case__state=State.PUBLISHED,
            prosecution__prisoner__state=State.PUBLISHED,
        )


class CoversTheHidden(models.Func):
    """Whether the file of a document was checked since the last person of its case was hidden."""

    function = "memorial_document_covers_the_hidden"
    output_field = models.BooleanField()


class DocumentQuerySet(PublishedQuerySet):
    """Documents."""

    def published(self) -> Self:
        """What readers may see: published, of a published case, of nobody who is not, with all hidden covered."""
        case = Q(case__isnull=True) | Q(case__state=State.PUBLISHED)
        person = Q(prosecution__isnull=True) | Q(
            prosecution__case__state=State.PUBLISHED, prosecution__prisoner__state=State.PUBLISHED
        )
        return super().published().filter(Q(stem="") | Q(CoversTheHidden(F("pk"))), case, person)

    def of_case(self, case: models.Model) -> Self:
        """Those of the case itself and of the people in it, oldest first."""
        return self.filter(case=case)

    def of_person(self, person: models.Model) -> Self:
        """Those of the person, and those of the person's cases that are of nobody in particular."""
        of_all = Q(prosecution__isnull=True, case__prosecutions__prisoner=person)
        return self.filter(Q(prosecution__prisoner=person) | of_all).distinct()

    def with_text(self) -> Self:
        """Those that can be read here, in one language at least."""
        return self.filter(_HAS_TEXT)

    def newest_first(self) -> Self:
        """By the date of the document; undated ones last."""
        return self.order_by(F("on_earliest").desc(nulls_last=True), "-id")

    def for_list(self) -> Self:
        """What a list shows, without the texts; `has_text` says whether there is one."""
        has_text = models.ExpressionWrapper(_HAS_TEXT, output_field=models.BooleanField())
        return self._with_whom().annotate(has_text=has_text).defer(*LONG_COLUMNS, *_LONG_OF_CASE)

    def for_addresses(self) -> Self:
        """What the addresses of pages need."""
        return self.defer(*LONG_COLUMNS)

    def for_reading(self) -> Self:
        """What is read on the page: the text, the case, the person, the sources."""
        return self._with_whom().defer(*_LONG_OF_CASE).prefetch_related("citations")

    def _with_whom(self) -> Self:
        from prisoners.models import Prisoner

        person = Prefetch("prosecution__prisoner", queryset=Prisoner.objects.for_addresses())
        return self.select_related("case", "prosecution").prefetch_related(person)


class FindingQuerySet(PublishedQuerySet):
    """International findings."""

    def published(self) -> Self:
        """What readers may see: published, and about a published person or a published case."""
        from cases.models import FindingPerson

        people = FindingPerson.objects.filter(finding=OuterRef("pk"), prisoner__state=State.PUBLISHED)
        return super().published().filter(Q(case__state=State.PUBLISHED) | Exists(people))

    def of_case(self, case: models.Model) -> Self:
        """Those about the case."""
        return self.filter(case=case)

    def of_person(self, person: models.Model) -> Self:
        """Those about the person by name."""
        return self.filter(people__prisoner=person)

    def by_body(self) -> Self:
        """Bodies as `FindingBody` lists them, others by name; the newest findings of each first."""
        places = [models.When(body=body, then=place) for place, body in enumerate(FindingBody.values)]
        place = models.Case(*places, default=len(places), output_field=models.IntegerField())
        return self.order_by(place, localized("body_name"), F("on_earliest").desc(nulls_last=True), "-id")

    def for_list(self) -> Self:
        """What a list shows, with those people of it who are published."""
        from cases.models import FindingPerson
        from prisoners.models import Prisoner

        key = f"prisoner__{in_language('sort_key', current_language())}"
        people = FindingPerson.objects.filter(prisoner__state=State.PUBLISHED).order_by(key, "id")
        named = people.prefetch_related(Prefetch("prisoner", queryset=Prisoner.objects.for_addresses()))
        return (
            self.select_related("case")
            .defer(*_LONG_OF_CASE)
            .prefetch_related(Prefetch("people", queryset=named), "citations")
        )
