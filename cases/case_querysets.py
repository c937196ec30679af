"""Questions about cases and prosecutions: what a list and a page of cases load, of published people only."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce

from cases.stage import BY_VERDICT
from memorial.base.choices import State, Verification
from memorial.base.localized import all_languages, current_language, in_language, localized
from memorial.base.publication import PublishedQuerySet

VERIFIED = ~Q(verification=Verification.UNVERIFIED)
LONG_COLUMNS = ("text", *all_languages("text"))


class ProsecutionQuerySet(models.QuerySet):
    """Prosecutions: one person in one case."""

    def shown(self) -> Self:
        """Those that readers may see: both the case and the person are published."""
        return self.filter(case__state=State.PUBLISHED, prisoner__state=State.PUBLISHED)

    def of_shown_people(self) -> Self:
        """Those of published people, whatever the state of the case: for the case's own page and its preview."""
        return self.filter(prisoner__state=State.PUBLISHED)

    def with_record(self) -> Self:
        """Loads what is verified of charges, measures of restraint and decisions, and what tells the stage."""
        from cases.models import (
            Charge,
            ChargeEvent,
            Decision,
            DecisionPerson,
            Restraint,
            RestraintExtension,
        )

        events = ChargeEvent.objects.filter(VERIFIED).select_related("becomes__article", "decision")
        charges = (
            Charge.objects.filter(VERIFIED)
            .select_related("article", "edition")
            .prefetch_related(Prefetch("events", queryset=events), "article__editions", "citations")
        )
        extensions = RestraintExtension.objects.filter(VERIFIED).select_related("court")
        restraints = (
            Restraint.objects.filter(VERIFIED)
            .select_related("court")
            .prefetch_related(Prefetch("extensions", queryset=extensions), "citations")
        )
        decisions = (
            DecisionPerson.objects.exclude(decision__verification=Verification.UNVERIFIED)
            .select_related("decision__court")
            .prefetch_related("penalties", "decision__citations")
            .order_by("decision__round", "decision__on_earliest", "decision_id")
        )
        return self.prefetch_related(
            *_of_all(Decision.objects.select_related("court")),
            Prefetch("charges", queryset=charges),
            Prefetch("restraints", queryset=restraints),
            Prefetch("decision_links", queryset=decisions),
            "hearing_links__hearing",
        )

    def with_stage(self) -> Self:
        """Loads what tells the stage and no more: a list shows nothing else of the record."""
        from cases.models import Charge, ChargeEvent, Decision, DecisionPerson

        judged = ChargeEvent.objects.filter(VERIFIED, charge=OuterRef("pk"), kind__in=BY_VERDICT)
        judged = judged.annotate(day=Coalesce("on_earliest", Value(date.min)))
        first = judged.order_by(F("on_earliest").asc(nulls_first=True)).values("day")[:1]
        charges = Charge.objects.filter(VERIFIED).annotate(judged_on=Subquery(first))
        decided = DecisionPerson.objects.exclude(decision__verification=Verification.UNVERIFIED)
        return self.prefetch_related(
            *_of_all(Decision.objects.all()),
            Prefetch("charges", queryset=charges),
            Prefetch(
                "decision_links", queryset=decided.select_related("decision").prefetch_related("penalties")
            ),
            "hearing_links__hearing",
        )

    def with_people(self, on: date) -> Self:
        """Loads the people as lists show them: liberty, recognition, name."""
        from prisoners.models import Prisoner

        return self.prefetch_related(Prefetch("prisoner", queryset=Prisoner.objects.for_list(on)))

    def with_case_page(self) -> Self:
        """Loads what only the page of a case shows of a person in it: recognitions, officials."""
        from cases.models import OfficialRole, RecognitionProsecution

        recognitions = RecognitionProsecution.objects.exclude(
            recognition__verification=Verification.UNVERIFIED
        ).select_related("recognition")
        roles = OfficialRole.objects.shown().select_related("official__court")
        others = (
            RecognitionProsecution.objects.exclude(recognition__verification=Verification.UNVERIFIED)
            .filter(recognition__prisoner=OuterRef("prisoner"), prosecution__case__state=State.PUBLISHED)
            .exclude(prosecution=OuterRef("pk"))
        )
        return self.annotate(recognised_elsewhere=Exists(others)).prefetch_related(
            Prefetch("recognition_links", queryset=recognitions),
            Prefetch("official_roles", queryset=roles),
        )

    def by_name(self) -> Self:
        """In the alphabetical order of the reader's language."""
        return self.order_by(f"prisoner__{in_language('sort_key', current_language())}", "id")


def _of_all(decisions: models.QuerySet) -> tuple[str | Prefetch, ...]:
    """Decisions and hearings of the whole case, under names of their own: a page loads the case's own, and more."""
    from cases.models import Hearing

    of_all = Q(whole_case=True) & VERIFIED
    return (
        "case",
        Prefetch("case__decisions", decisions.filter(of_all), to_attr="decisions_of_all"),
        Prefetch("case__hearings", Hearing.objects.filter(of_all), to_attr="hearings_of_all"),
    )


class CaseQuerySet(PublishedQuerySet):
    """Cases. Whoever shows them starts at `published()`."""

    def by_title(self) -> Self:
        """In the alphabetical order of the reader's language; by the other title where there is none in it."""
        key = Func(localized("title"), function="memorial_sort_key", output_field=models.CharField())
        return self.order_by(key, "id")

    def newest_first(self) -> Self:
        """By the day of the last event; those of which it is not known, last."""
        return self.order_by(F("updated_on").desc(nulls_last=True), "-id")

    def soonest_hearing_first(self, on: date) -> Self:
        """By the next planned hearing; those without one, last, the newest of them first."""
        from cases.models import Hearing

        ahead = Hearing.objects.shown().upcoming(on).filter(case=OuterRef("pk")).values("on")[:1]
        updated = F("updated_on").desc(nulls_last=True)
        return self.order_by(Subquery(ahead).asc(nulls_last=True), updated, "-id")

    def for_list(self, on: date) -> Self:
        """What a row shows: the people who are published, the stage, the hearings ahead; no number of others."""
        from cases.models import Hearing

        ahead = Hearing.objects.shown().upcoming(on).select_related("court")
        return (
            self.select_related("region", "theme")
            .defer(*LONG_COLUMNS)
            .prefetch_related(
                Prefetch("prosecutions", queryset=_shown_people().with_stage().with_people(on)),
                Prefetch("hearings", queryset=ahead, to_attr="hearings_ahead"),
            )
        )

    def for_addresses(self) -> Self:
        """What the addresses of pages need."""
        return self.defer(*LONG_COLUMNS)

    def for_detail(self, on: date) -> Self:
        """Everything that a case's page shows, of published people only."""
        from cases.models import (
            Case,
            CaseLink,
            Decision,
            DecisionPerson,
            Document,
            Event,
            Hearing,
            InternationalFinding,
        )

        shown = Case.objects.published()
        links = CaseLink.objects.order_by("kind", "id")
        decided_on = DecisionPerson.objects.filter(prosecution__prisoner__state=State.PUBLISHED)
        decisions = Decision.objects.shown().select_related("court").order_by("round", "on_earliest", "id")
        documents = Document.objects.published().newest_first().for_list()
        findings = InternationalFinding.objects.published().by_body().for_list()
        happened = Event.objects.filter(
            VERIFIED, Q(prosecution__isnull=True) | Q(prosecution__prisoner__state=State.PUBLISHED)
        )
        people = _shown_people().with_record().with_people(on)
        return self.select_related("region", "theme").prefetch_related(
            Prefetch("prosecutions", queryset=people.with_case_page()),
            Prefetch(
                "decisions",
                queryset=decisions.prefetch_related(
                    Prefetch("people", queryset=decided_on.prefetch_related("penalties"))
                ),
            ),
            Prefetch("hearings", queryset=Hearing.objects.shown().for_calendar()),
            Prefetch("events", queryset=happened),
            Prefetch("documents", queryset=documents),
            Prefetch("findings", queryset=findings),
            Prefetch("links", queryset=links.filter(other__in=shown).select_related("other")),
            Prefetch("links_from_others", queryset=links.filter(case__in=shown).select_related("case")),
        )


def _shown_people() -> ProsecutionQuerySet:
    from cases.models import Prosecution

    people: ProsecutionQuerySet = Prosecution.objects.of_shown_people()
    return people.by_name()
