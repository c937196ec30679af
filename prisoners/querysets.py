"""The vocabulary of questions about people: adjectives filter, `with_*` annotate, `for_*` load."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from memorial.base.localized import current_language, in_language
from memorial.base.publication import PublishedQuerySet
from prisoners.choices import (
    DecidingBody,
    LibertyStatus,
    ReleaseCircumstance,
    ReleaseGround,
    StayPublic,
    StayReason,
)

STATUS_OF_STAY: dict[str, LibertyStatus] = {
    StayReason.CAPTURED: LibertyStatus.HELD_WITHOUT_CASE,
    StayReason.SEIZED: LibertyStatus.HELD_WITHOUT_CASE,
    StayReason.NO_CASE: LibertyStatus.HELD_WITHOUT_CASE,
    StayReason.POLICE_DETENTION: LibertyStatus.PRETRIAL_DETENTION,
    StayReason.REMAND: LibertyStatus.PRETRIAL_DETENTION,
    StayReason.EXTRADITION: LibertyStatus.PRETRIAL_DETENTION,
    StayReason.SERVING: LibertyStatus.IMPRISONED,
    StayReason.TRANSIT: LibertyStatus.IMPRISONED,
    StayReason.TEMPORARY: LibertyStatus.IMPRISONED,
    StayReason.HOSPITAL: LibertyStatus.IMPRISONED,
    StayReason.UNKNOWN: LibertyStatus.IMPRISONED,
    StayReason.HOUSE_ARREST: LibertyStatus.HOUSE_ARREST,
    StayReason.EXAMINATION: LibertyStatus.PSYCHIATRIC_EXAMINATION,
    StayReason.COMPULSORY_TREATMENT: LibertyStatus.INPATIENT_TREATMENT,
    StayReason.ADMINISTRATIVE_ARREST: LibertyStatus.ADMINISTRATIVE_ARREST,
    StayReason.FORCED_LABOUR: LibertyStatus.FORCED_LABOUR,
    StayReason.EXPULSION: LibertyStatus.IMMIGRATION_DETENTION,
}
"""What an open stay says of a person's liberty."""

COUNTED_AS_IMPRISONED = frozenset(
    {
        LibertyStatus.PRETRIAL_DETENTION,
        LibertyStatus.IMPRISONED,
        LibertyStatus.HOUSE_ARREST,
        LibertyStatus.INPATIENT_TREATMENT,
        LibertyStatus.PSYCHIATRIC_EXAMINATION,
        LibertyStatus.HELD_WITHOUT_CASE,
    }
)
"""The domain's definition of *imprisoned on a date*; forced labour and administrative arrest stand beside it."""

REASONS_COUNTED = [reason for reason, status in STATUS_OF_STAY.items() if status in COUNTED_AS_IMPRISONED]
WAR_GROUNDS = (ReleaseGround.WAR_78_1, ReleaseGround.WAR_80_2, ReleaseGround.WAR_PARDON)


class StayQuerySet(models.QuerySet):
    """Stays of people in places."""

    def shown(self) -> Self:
        """Those that readers may see as such: a place or at least a region."""
        return self.exclude(public=StayPublic.NO)

    def open_on(self, day: date) -> Self:
        """Those that certainly went on on that day: begun by then, and not over or said to go on."""
        begun = Q(began_earliest__lte=day) | Q(began_earliest__isnull=True)
        return self.filter(begun, Q(ongoing=True) | Q(ended_latest__gte=day))


class RecognitionQuerySet(models.QuerySet):
    """Decisions on recognition."""

    def by_this_project(self) -> Self:
        """Decisions of this project; those inherited from the Memorial Human Rights Centre stand apart."""
        return self.filter(decided_by=DecidingBody.THIS_PROJECT)

    def standing(self) -> Self:
        """Recognitions that no later decision of the same body withdrew."""
        later = self.model._default_manager.filter(
            prisoner=OuterRef("prisoner"),
            decided_by=OuterRef("decided_by"),
            outcome="withdrawn",
            on_latest__gte=OuterRef("on_earliest"),
        )
        return self.filter(outcome="recognised").exclude(Exists(later))


class PrisonerQuerySet(PublishedQuerySet):
    """People. Whoever shows them starts at `published()`."""

    def imprisoned(self, on: date) -> Self:
        """People with an open stay on that day that counts as imprisonment (see COUNTED_AS_IMPRISONED)."""
        return self.filter(Exists(self._stays(on).filter(reason__in=REASONS_COUNTED)))

    def recognised(self) -> Self:
        """People with a standing recognition by this project; distinct people, whenever it was made."""
        from prisoners.models import Recognition

        decisions = Recognition.objects.by_this_project().standing()
        return self.filter(Exists(decisions.filter(prisoner=OuterRef("pk"))))

    def with_liberty(self, on: date) -> Self:
        """Annotates `liberty`: the person's liberty on that day, «not known» where nothing tells it.

        In this order: a death; an open stay that is not temporary, else a temporary one; an
        end of custody; what staff entered. No open stay means unknown, not free.
        """
        from prisoners.models import Death

        died = Death.objects.filter(prisoner=OuterRef("pk")).filter(
            Q(on_earliest__lte=on) | Q(on_earliest__isnull=True)
        )
        open_stay = self._stays(on).order_by("temporary", "-began_earliest", "-id").values("reason")[:1]
        by_stay = Case(
            *(
                When(open_reason=reason, then=Value(status.value))
                for reason, status in STATUS_OF_STAY.items()
            ),
            default=Value(""),
            output_field=models.CharField(),
        )
        annotated = self.annotate(open_reason=Subquery(open_stay), ended_as=Subquery(self._last_end(on)))
        return annotated.annotate(
            liberty=Case(
                When(Exists(died), then=Value(LibertyStatus.DIED.value)),
                When(open_reason__isnull=False, then=by_stay),
                When(ended_as__isnull=False, then=Coalesce("ended_as", Value(""))),
                When(~Q(liberty_entered=""), then="liberty_entered"),
                default=Value(LibertyStatus.NOT_KNOWN.value),
                output_field=models.CharField(),
            )
        )

    def with_recognition(self) -> Self:
        """Loads the public decisions on recognition, oldest first."""
        from prisoners.models import Recognition

        return self.prefetch_related(
            Prefetch("recognitions", queryset=Recognition.objects.order_by("on_earliest", "id"))
        )

    def with_portrait(self) -> Self:
        """Loads the photos that are public, first one first."""
        from prisoners.models import Photo

        return self.prefetch_related(
            Prefetch(
                "photos", queryset=Photo.objects.exclude(stem="").order_by("order", "id"), to_attr="portraits"
            )
        )

    def with_custody(self) -> Self:
        """Loads deprivations of liberty with their ends."""
        return self.prefetch_related("custodies__end", "death")

    def by_name(self) -> Self:
        """In alphabetical order of the reader's language."""
        return self.order_by(in_language("sort_key", current_language()), "id")

    def for_list(self, on: date) -> Self:
        """What a card or a table row shows, without the long texts."""
        return (
            self.select_related("region")
            .defer(*_LONG_TEXTS)
            .with_liberty(on)
            .with_recognition()
            .with_portrait()
            .with_custody()
            .by_name()
        )

    def for_detail(self, on: date) -> Self:
        """Everything that a person's page shows."""
        from prisoners.models import Stay

        stays = (
            Stay.objects.shown().select_related("facility__region", "region").prefetch_related("citations")
        )
        return (
            self.select_related("region")
            .with_liberty(on)
            .with_portrait()
            .prefetch_related(
                Prefetch("stays", queryset=stays, to_attr="shown_stays"),
                "custodies__end__citations",
                "custodies__citations",
                "death__citations",
                "recognitions__statement",
                "recognitions__citations",
                "register_entries__citations",
                "name_variants",
                "citizenships",
                "theme_links__theme",
                "listings__prisoner_list",
                "profession_links__profession",
                "community_links__community",
                "vulnerability_links__vulnerability",
                "identifiers",
                "corrections",
                "citations",
            )
        )

    def _stays(self, on: date) -> StayQuerySet:
        from prisoners.models import Stay

        stays: StayQuerySet = Stay.objects.filter(prisoner=OuterRef("pk"))
        return stays.open_on(on)

    def _last_end(self, on: date) -> models.QuerySet:
        """The status that the last end of custody by that day left the person in."""
        from prisoners.models import EndOfCustody

        status = Case(
            When(kind="death", then=Value(LibertyStatus.DIED.value)),
            When(
                Q(circumstance=ReleaseCircumstance.SENT_TO_WAR) | Q(ground__in=WAR_GROUNDS),
                then=Value(LibertyStatus.SENT_TO_WAR.value),
            ),
            When(kind="escape", then=Value(LibertyStatus.NOT_KNOWN.value)),
            default=Value(LibertyStatus.AT_LIBERTY.value),
            output_field=models.CharField(),
        )
        ends = EndOfCustody.objects.filter(prisoner=OuterRef("pk"))
        return (
            ends.filter(Q(on_earliest__lte=on) | Q(on_earliest__isnull=True))
            .order_by(models.F("on_earliest").desc(nulls_last=True), "-id")
            .annotate(status=status)
            .values("status")[:1]
        )


_LONG_TEXTS = [
    in_language(name, code) for name in ("what_happened", "why_political") for code in ("ru", "en")
] + ["what_happened", "why_political"]
