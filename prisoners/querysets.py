"""The vocabulary of questions about people: adjectives filter, `with_*` annotate, `for_*` load."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Exists, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Least, Substr

from memorial.base.choices import Verification
from memorial.base.localized import all_languages, current_language, in_language
from memorial.base.publication import PublishedQuerySet
from prisoners.choices import (
    DecidingBody,
    EndOfCustodyKind,
    LibertyStatus,
    RecognitionOutcome,
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
"""What the domain means by *imprisoned on a date*; forced labour and administrative arrest stand beside."""

REASONS_COUNTED = [reason for reason, status in STATUS_OF_STAY.items() if status in COUNTED_AS_IMPRISONED]
WAR_GROUNDS = (ReleaseGround.WAR_78_1, ReleaseGround.WAR_80_2, ReleaseGround.WAR_PARDON)

_VERIFIED = ~Q(verification=Verification.UNVERIFIED)
# Deferred with their bare columns, which hold a copy.
_LONG_COLUMNS = ("what_happened", "why_political", *all_languages("what_happened", "why_political"))
_LONG_AGO = Value(date.min, output_field=models.DateField())


class StayQuerySet(models.QuerySet):
    """Stays of people in places."""

    def shown(self) -> Self:
        """Those that readers may see as such: a place or at least a region."""
        return self.exclude(public=StayPublic.NO)

    def open_on(self, day: date) -> Self:
        """Those that went on on that day: begun by then, and said to go on or certainly ended later.

        What happened is not in the future: a stay that ended «in November» is over in November.
        """
        begun = Q(began_earliest__lte=day) | Q(began_earliest__isnull=True)
        return self.filter(begun, Q(ongoing=True) | Q(ended_earliest__gt=day))


class RecognitionQuerySet(models.QuerySet):
    """Decisions on recognition."""

    def by_this_project(self) -> Self:
        """Decisions of this project; those inherited from the Memorial Human Rights Centre stand apart."""
        return self.filter(decided_by=DecidingBody.THIS_PROJECT)

    def standing(self) -> Self:
        """Recognitions that no later decision of the same body withdrew.

        A withdrawal follows what it withdraws: one whose date is open or unknown counts as later.
        """
        later = self.model._default_manager.filter(
            Q(on_latest__isnull=True) | Q(on_latest__gte=Coalesce(OuterRef("on_earliest"), _LONG_AGO)),
            _VERIFIED,
            _same_body(),
            prisoner=OuterRef("prisoner"),
            decided_by=OuterRef("decided_by"),
            outcome=RecognitionOutcome.WITHDRAWN,
        )
        return self.filter(_VERIFIED, outcome=RecognitionOutcome.RECOGNISED).exclude(Exists(later))

    def waiting(self) -> Self:
        """Recognitions that somebody entered and nobody else has confirmed yet."""
        recognised = self.filter(outcome=RecognitionOutcome.RECOGNISED, second_look__confirmed_by="")
        return recognised.exclude(second_look__wanted="")


class PrisonerQuerySet(PublishedQuerySet):
    """People. Whoever shows them starts at `published()`."""

    # What to load with the people once they are fetched; see `with_belongings()`.
    _belongings: tuple[str, ...] = ()
    _on: date = date.min
    _has_sources = False

    def imprisoned(self, on: date) -> Self:
        """People whose liberty on that day, as `with_liberty` tells it, counts as imprisonment."""
        reason = Subquery(self._open_stays(on).values("reason")[:1])
        return (
            self.alias(reason_on_the_day=reason)
            .filter(reason_on_the_day__in=REASONS_COUNTED)
            .exclude(Exists(self._deaths(on)))
        )

    def recognised(self) -> Self:
        """People with a standing recognition by this project; distinct people, whenever it was made."""
        from prisoners.models import Recognition

        decisions = Recognition.objects.by_this_project().standing()
        return self.filter(Exists(decisions.filter(prisoner=OuterRef("pk"))))

    def with_second_look_reasons(self) -> Self:
        """Annotates what `Prisoner.second_look_reasons` tells, for many people at once. For staff only."""
        reasons = Func(
            "pk",
            "letters_from_abroad_harmful",
            "born_earliest",
            function="memorial_second_look_reasons",
            output_field=ArrayField(models.CharField()),
        )
        return self.annotate(second_look_codes=reasons)

    def with_liberty(self, on: date) -> Self:
        """Annotates `liberty`: the person's liberty on that day, «not known» where nothing tells it.

        In this order: a death; an open stay that is not temporary, else a temporary one; an
        end of custody, unless a new arrest followed it; what staff entered as of that day.
        No open stay means unknown, not free. What is not verified tells nothing.
        """
        open_stay = self._open_stays(on)
        by_stay = Case(
            *(
                When(open_reason=reason, then=Value(status.value))
                for reason, status in STATUS_OF_STAY.items()
            ),
            default=Value(""),
            output_field=models.CharField(),
        )
        no_place = Q(public=StayPublic.YES, facility__isnull=True)
        unknown = open_stay.annotate(
            no_place=Case(When(no_place, then=True), default=False, output_field=models.BooleanField())
        )
        annotated = self.annotate(
            open_reason=Subquery(open_stay.values("reason")[:1]),
            open_place_unknown=Subquery(unknown.values("no_place")[:1]),
            ended_as=Subquery(self._last_end(on)),
        )
        known_by_then = Q(liberty_as_of__isnull=True) | Q(liberty_as_of__lte=on)
        entered = known_by_then & ~Q(liberty_entered="")
        return annotated.annotate(
            liberty=Case(
                When(Exists(self._deaths(on)), then=Value(LibertyStatus.DIED.value)),
                When(open_reason__isnull=False, then=by_stay),
                When(ended_as__isnull=False, then=Coalesce("ended_as", Value(""))),
                When(entered, then="liberty_entered"),
                default=Value(LibertyStatus.NOT_KNOWN.value),
                output_field=models.CharField(),
            )
        )

    def with_belongings(self, *names: str, on: date) -> Self:
        """Loads rows that belong to the people, by the names of `prisoners.belongings`, and tells their liberty.

        Not with `values()` and not through `iterator()`, which hand rows out one by one.
        """
        loaded = self.all()
        loaded._belongings, loaded._on = names, on
        return loaded

    def by_name(self) -> Self:
        """In alphabetical order of the reader's language, names in its own script first."""
        key = _sort_key()
        # Latin comes before Cyrillic in every server's order; a Russian list begins with А.
        in_latin = Case(When(**{f"{key}__lt": "а"}, then=True), default=False)
        own_script_first = [in_latin] if current_language() == "ru" else []
        return self.order_by(*own_script_first, key, "id")

    def for_list(self, on: date) -> Self:
        """What a card or a table row shows, without the long texts."""
        from prisoners.belongings import CARD

        people = self.select_related("region").defer(*_LONG_COLUMNS)
        return people.with_belongings(*CARD, on=on).by_name()

    def for_addresses(self) -> Self:
        """What the addresses of pages need, without the long texts: the sitemap reads everybody."""
        return self.defer(*_LONG_COLUMNS)

    def starting_with(self, letter: str) -> Self:
        """People whose sort key in the reader's language begins with a letter."""
        return self.filter(**{f"{_sort_key()}__startswith": letter})

    def first_letters(self) -> list[str]:
        """The letters that names begin with in the reader's language, those of its alphabet first."""
        letters = self.order_by().values_list(Substr(_sort_key(), 1, 1), flat=True).distinct()
        is_russian = current_language() == "ru"
        return sorted(filter(None, letters), key=lambda letter: (is_russian == letter.isascii(), letter))

    def held_at(self, facility: models.Model, on: date) -> Self:
        """People with a public stay in an institution that goes on on that day.

        Of those shown by initials the place is not shown, so they are not here either.
        """
        stays = self._stays(on).filter(facility=facility, public=StayPublic.YES)
        return self.filter(Exists(stays), initials_only=False).exclude(Exists(self._deaths(on)))

    def for_detail(self, on: date) -> Self:
        """Everything that a person's page shows."""
        from prisoners.belongings import PAGE

        detailed = self.select_related("region").with_belongings(*PAGE, on=on)
        detailed._has_sources = True
        return detailed

    def _clone(self) -> Self:
        cloned: Self = super()._clone()  # type: ignore[misc]  # the stubs have none
        cloned._belongings, cloned._on, cloned._has_sources = self._belongings, self._on, self._has_sources
        return cloned

    def _fetch_all(self) -> None:
        is_new = self._result_cache is None
        super()._fetch_all()
        if is_new and self._belongings and self._result_cache:
            self._load_belongings(self._result_cache)

    def _load_belongings(self, people: list[Any]) -> None:
        from prisoners.belongings import load, load_sources
        from prisoners.liberty import tell_liberty

        load(people, self._belongings)
        if self._has_sources:
            load_sources(people)
        for person in people:
            tell_liberty(person, self._on)

    def _stays(self, on: date) -> StayQuerySet:
        from prisoners.models import Stay

        stays: StayQuerySet = Stay.objects.filter(_VERIFIED, prisoner=OuterRef("pk"))
        return stays.open_on(on)

    def _open_stays(self, on: date) -> StayQuerySet:
        """The stay that tells where a person is comes first: the main one, begun last."""
        last = models.F("began_earliest").desc(nulls_last=True)
        return self._stays(on).order_by("temporary", last, "-id")

    def _deaths(self, on: date) -> models.QuerySet:
        from prisoners.models import Death

        known = Q(on_earliest__lte=on) | Q(on_earliest__isnull=True)
        return Death.objects.filter(known, _VERIFIED, prisoner=OuterRef("pk"))

    def _last_end(self, on: date) -> models.QuerySet:
        """The status that the last end of custody by that day left the person in; none after a new arrest."""
        from prisoners.models import Custody, EndOfCustody

        status = Case(
            When(kind=EndOfCustodyKind.DEATH, then=Value(LibertyStatus.DIED.value)),
            When(
                Q(circumstance=ReleaseCircumstance.SENT_TO_WAR) | Q(ground__in=WAR_GROUNDS),
                then=Value(LibertyStatus.SENT_TO_WAR.value),
            ),
            When(kind=EndOfCustodyKind.ESCAPE, then=Value(LibertyStatus.NOT_KNOWN.value)),
            default=Value(LibertyStatus.AT_LIBERTY.value),
            output_field=models.CharField(),
        )
        arrested = Least("seized_on_earliest", "detained_on_earliest", "remanded_on_earliest")
        rearrest = Custody.objects.annotate(arrested=arrested).filter(
            _VERIFIED, prisoner=OuterRef("prisoner"), arrested__gt=OuterRef("on_latest"), arrested__lte=on
        )
        ends = EndOfCustody.objects.filter(_VERIFIED, ~Exists(rearrest), prisoner=OuterRef("pk"))
        return (
            ends.filter(Q(on_earliest__lte=on) | Q(on_earliest__isnull=True))
            .order_by(models.F("on_earliest").desc(nulls_last=True), "-id")
            .annotate(status=status)
            .values("status")[:1]
        )


def _same_body() -> Q:
    """Decided by the same body as the outer decision; other organisations are told apart by name."""
    same = ~Q(decided_by=DecidingBody.OTHER)
    for name in all_languages("body_name"):
        same |= ~Q(**{name: ""}) & Q(**{name: OuterRef(name)})
    return same


def _sort_key() -> str:
    """The column by which names are sorted in the reader's language."""
    return in_language("sort_key", current_language())
