"""Deprivation of liberty: when it began, where it goes on, how it ended."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from memorial.base.choices import Verification
from memorial.base.fields import PartialDateField, earliest_day, latest_day, partial_date_constraint
from memorial.base.partial_date import PartialDate
from prisoners.choices import (
    DeathCircumstance,
    EndOfCustodyKind,
    Regime,
    ReleaseCircumstance,
    ReleaseGround,
    StayPublic,
    StayReason,
)
from prisoners.models.place import Facility, Region
from prisoners.models.prisoner import PRISONER_IS_PUBLIC, Prisoner
from prisoners.querysets import StayQuerySet


class CertainDays(Func):
    """The days on which a stay certainly went on: `[latest start, earliest end)`, empty where none is certain.

    An unknown end is not an open end: only a stay that is said to go on has none.
    """

    function = "memorial_certain_days"
    arity = 3
    output_field = DateRangeField()


IN_THE_FUTURE = _("This is a day in the future: enter only what has happened.")


def not_in_the_future(*columns: str) -> tuple[str, str, str]:
    """The trigger by which the database refuses a date that certainly lies ahead."""
    names = ", ".join(f"'{column}'" for column in columns)
    return "happened", "BEFORE INSERT OR UPDATE", f"memorial_refuse_future({names})"


AFTER_DEATH = _(
    "By our data the person had died by then: correct this date, or the death in the person's form."
)


def not_after_death(*columns: str) -> tuple[str, str, str]:
    """The trigger by which the database refuses a date that certainly lies after the person's death."""
    names = ", ".join(f"'{column}'" for column in columns)
    return "alive", "BEFORE INSERT OR UPDATE", f"memorial_refuse_after_death({names})"


def by_two_people(fact: str, *columns: str) -> tuple[str, str, str]:
    """The trigger by which a fact waits for the eyes of a second person; `columns` make it what it is.

    Its public line, its source and the deprivation of liberty that it belongs to may be mended by one.
    """
    names = ", ".join(f"'{name}'" for name in (fact, "prisoner_id", *columns))
    return "second_look", "BEFORE INSERT OR UPDATE OR DELETE", f"memorial_wait_for_second_look({names})"


class Fact(models.Model):
    """A dated fact about a person: one public line in each language, and how far it was checked."""

    verification = models.CharField(
        _("checked"), max_length=20, choices=Verification, default=Verification.ONE_SOURCE
    )
    note = models.CharField(_("one public line"), max_length=400, blank=True)

    class Meta:
        abstract = True


class Custody(Fact):
    """One deprivation of liberty from its first day to its end, wherever the person was kept.

    Three dates may differ: actually seized, formally detained, remanded by a court;
    «deprived of liberty since» is the first of them. A new arrest is a new row.
    """

    PUBLIC = frozenset(
        {
            "prisoner",
            "seized_on",
            "detained_on",
            "remanded_on",
            "term",
            "expected_end",
            "note",
            "verification",
        }
    )

    TRIGGERS = (
        ("minors", "AFTER INSERT OR UPDATE", "memorial_guard_minor_detail()"),
        not_in_the_future("seized_on", "detained_on", "remanded_on"),
        not_after_death("seized_on", "detained_on", "remanded_on"),
    )
    REFUSALS = {"prisoners_custody_happened": IN_THE_FUTURE, "prisoners_after_death": AFTER_DEATH}

    class TermKind(models.TextChoices):
        UNKNOWN = "unknown", _("end not known")
        FIXED = "fixed", _("fixed term")
        LIFE = "life", _("life imprisonment")
        TREATMENT = "treatment", _("compulsory treatment: no term")

    prisoner = models.ForeignKey(Prisoner, related_name="custodies", on_delete=models.CASCADE)
    seized_on = PartialDateField(_("actually seized"))
    seized_on_earliest = earliest_day("seized_on")
    seized_on_latest = latest_day("seized_on")
    detained_on = PartialDateField(_("formally detained"))
    detained_on_earliest = earliest_day("detained_on")
    detained_on_latest = latest_day("detained_on")
    remanded_on = PartialDateField(_("remanded by a court"))
    remanded_on_earliest = earliest_day("remanded_on")
    remanded_on_latest = latest_day("remanded_on")
    term = models.CharField(_("term"), max_length=10, choices=TermKind, default=TermKind.UNKNOWN)
    expected_end = PartialDateField(_("expected release"))
    expected_end_earliest = earliest_day("expected_end")
    expected_end_latest = latest_day("expected_end")

    class Meta:
        verbose_name = _("deprivation of liberty")
        verbose_name_plural = _("deprivations of liberty")
        ordering = ["id"]
        constraints = [
            partial_date_constraint("custody_seized_valid", "seized_on"),
            partial_date_constraint("custody_detained_valid", "detained_on"),
            partial_date_constraint("custody_remanded_valid", "remanded_on"),
            partial_date_constraint("custody_expected_end_valid", "expected_end"),
            models.CheckConstraint(
                name="custody_detained_after_seized",
                condition=Q(detained_on_latest__gte=F("seized_on_earliest")),
                violation_error_message=_("Formal detention cannot come before the actual seizure."),
            ),
            models.CheckConstraint(
                name="custody_remanded_after_detained",
                condition=Q(remanded_on_latest__gte=F("detained_on_earliest")),
                violation_error_message=_("A court's remand cannot come before the detention."),
            ),
            models.CheckConstraint(
                name="custody_remanded_after_seized",
                condition=Q(remanded_on_latest__gte=F("seized_on_earliest")),
                violation_error_message=_("A court's remand cannot come before the actual seizure."),
            ),
            models.CheckConstraint(
                name="custody_expected_end_only_of_a_fixed_term",
                condition=Q(expected_end__isnull=True) | Q(term__in=["fixed", "unknown"]),
                violation_error_message=_("Life imprisonment and treatment have no expected release."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.since or _("date unknown"))

    @property
    def since(self) -> PartialDate | None:
        """«Deprived of liberty since»: the first of the three dates that is known."""
        return self.seized_on or self.detained_on or self.remanded_on


class Stay(Fact):
    """A time in one place, or in custody with the place not shown.

    `public` says how much readers see. What they may not see is not in this row:
    a concealed institution or region stands in `StayPrivate`. «Ongoing» is said, and
    never concluded from a missing end.
    """

    PUBLIC = frozenset(
        {
            "prisoner",
            "facility",
            "region",
            "reason",
            "regime",
            "began",
            "ended",
            "ongoing",
            "temporary",
            "public",
            "note",
            "verification",
        }
    )
    PUBLIC_WHEN = PRISONER_IS_PUBLIC

    TRIGGERS = (
        not_in_the_future("began", "ended"),
        not_after_death("began", "ended"),
        ("region", "BEFORE INSERT OR UPDATE OF facility_id, region_id", "memorial_fill_stay_region()"),
    )
    REFUSALS = {"prisoners_stay_happened": IN_THE_FUTURE, "prisoners_after_death": AFTER_DEATH}

    prisoner = models.ForeignKey(Prisoner, related_name="stays", on_delete=models.CASCADE)
    facility = models.ForeignKey(
        Facility,
        verbose_name=_("institution"),
        related_name="stays",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    region = models.ForeignKey(
        Region,
        verbose_name=_("region"),
        related_name="stays",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    reason = models.CharField(_("reason"), max_length=24, choices=StayReason, default=StayReason.UNKNOWN)
    regime = models.CharField(_("regime"), max_length=12, choices=Regime, blank=True)
    began = PartialDateField(_("from"))
    began_earliest = earliest_day("began")
    began_latest = latest_day("began")
    ended = PartialDateField(_("until"))
    ended_earliest = earliest_day("ended")
    ended_latest = latest_day("ended")
    ongoing = models.BooleanField(_("goes on"), default=False)
    temporary = models.BooleanField(
        _("temporary"), default=False, help_text=_("Another trial, a hospital: may lie inside another stay.")
    )
    public = models.CharField(
        _("shown to readers"), max_length=12, choices=StayPublic, default=StayPublic.YES
    )

    objects = StayQuerySet.as_manager()

    class Meta:
        verbose_name = _("stay")
        verbose_name_plural = _("stays")
        ordering = ["began_earliest", "id"]
        constraints = [
            ExclusionConstraint(
                name="stay_no_certain_overlap",
                expressions=[
                    ("prisoner", RangeOperators.EQUAL),
                    (CertainDays("began_latest", "ended_earliest", "ongoing"), RangeOperators.OVERLAPS),
                ],
                condition=Q(temporary=False),
                violation_error_message=_(
                    "The person would certainly be in two places at once: end the earlier stay, or tick «temporary»."
                ),
            ),
            partial_date_constraint("stay_began_valid", "began"),
            partial_date_constraint("stay_ended_valid", "ended"),
            models.CheckConstraint(
                name="stay_ends_after_it_began",
                condition=Q(ended_latest__gte=F("began_earliest")),
                violation_error_message=_("A stay cannot end before it began."),
            ),
            models.CheckConstraint(
                name="stay_ongoing_has_no_end",
                condition=Q(ongoing=False) | Q(ended__isnull=True),
                violation_error_message=_(
                    "A stay that goes on has no end: untick «goes on» or take out the end."
                ),
            ),
            models.CheckConstraint(
                name="stay_concealed_place_is_not_here",
                condition=Q(public=StayPublic.YES) | Q(facility__isnull=True),
                violation_error_message=_(
                    "The institution of a stay that is not shown belongs to the confidential part."
                ),
            ),
            models.CheckConstraint(
                name="stay_concealed_region_is_not_here",
                condition=~Q(public=StayPublic.NO) | Q(region__isnull=True, note_ru="", note_en=""),
                violation_error_message=_("A stay that is not shown has neither region nor public line."),
            ),
            models.CheckConstraint(
                name="stay_home_is_never_shown",
                condition=~Q(reason=StayReason.HOUSE_ARREST) | Q(facility__isnull=True),
                violation_error_message=_(
                    "House arrest never has a place: an address of a home is not recorded here."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.facility or self.region or self.get_reason_display())


class StayPrivate(models.Model):
    """The place of a stay that readers may not see."""

    PUBLIC: frozenset[str] = frozenset()

    stay = models.OneToOneField(Stay, related_name="private", on_delete=models.CASCADE)
    facility = models.ForeignKey(
        Facility,
        verbose_name=_("institution"),
        related_name="concealed_stays",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    region = models.ForeignKey(
        Region, verbose_name=_("region"), related_name="+", null=True, blank=True, on_delete=models.PROTECT
    )
    staff_note = models.TextField(_("staff note"), blank=True)

    class Meta:
        verbose_name = _("confidential part of a stay")
        verbose_name_plural = _("confidential parts of stays")

    def __str__(self) -> str:
        return f"#{self.stay_id}"


class EndOfCustody(Fact):
    """How a deprivation of liberty ended. A release has a legal ground and a circumstance; neither is the other."""

    PUBLIC = frozenset(
        {"prisoner", "custody", "kind", "on", "ground", "circumstance", "note", "verification"}
    )

    TRIGGERS = (
        not_in_the_future("on"),
        not_after_death("on"),
        by_two_people("end_of_custody", "kind", "on", "ground", "circumstance"),
    )
    REFUSALS = {"prisoners_endofcustody_happened": IN_THE_FUTURE, "prisoners_after_death": AFTER_DEATH}

    prisoner = models.ForeignKey(Prisoner, related_name="ends_of_custody", on_delete=models.CASCADE)
    custody = models.OneToOneField(
        Custody,
        verbose_name=_("deprivation of liberty"),
        related_name="end",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    kind = models.CharField(
        _("end"), max_length=10, choices=EndOfCustodyKind, default=EndOfCustodyKind.RELEASE
    )
    on = PartialDateField(_("on"))
    on_earliest = earliest_day("on")
    on_latest = latest_day("on")
    ground = models.CharField(_("legal ground"), max_length=24, choices=ReleaseGround, blank=True)
    circumstance = models.CharField(_("circumstance"), max_length=24, choices=ReleaseCircumstance, blank=True)

    class Meta:
        verbose_name = _("end of custody")
        verbose_name_plural = _("ends of custody")
        ordering = ["on_earliest", "id"]
        constraints = [
            partial_date_constraint("endofcustody_on_valid", "on"),
            models.CheckConstraint(
                name="endofcustody_release_has_ground_and_circumstance",
                condition=(Q(kind=EndOfCustodyKind.RELEASE) & ~Q(ground="") & ~Q(circumstance=""))
                | (~Q(kind=EndOfCustodyKind.RELEASE) & Q(ground="", circumstance="")),
                violation_error_message=_(
                    "A release has a legal ground and a circumstance («not known» if so); death and escape have neither."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Death(Fact):
    """A death: apart from releases, with the cause as stated and by whom it was stated."""

    PUBLIC = frozenset({"prisoner", "on", "place", "cause", "circumstance", "note", "verification"})

    TRIGGERS = (
        not_in_the_future("on"),
        ("last", "BEFORE INSERT OR UPDATE", "memorial_refuse_death_before()"),
        by_two_people("death", "on", "circumstance"),
    )
    REFUSALS = {"prisoners_death_happened": IN_THE_FUTURE, "prisoners_after_death": AFTER_DEATH}

    prisoner = models.OneToOneField(Prisoner, related_name="death", on_delete=models.CASCADE)
    on = PartialDateField(_("died on"))
    on_earliest = earliest_day("on")
    on_latest = latest_day("on")
    place = models.CharField(_("place"), max_length=200, blank=True)
    cause = models.CharField(_("cause as stated, and by whom"), max_length=300, blank=True)
    circumstance = models.CharField(
        _("circumstance"), max_length=24, choices=DeathCircumstance, default=DeathCircumstance.IN_CUSTODY
    )

    class Meta:
        verbose_name = _("death")
        verbose_name_plural = _("deaths")
        constraints = [partial_date_constraint("death_on_valid", "on")]

    def __str__(self) -> str:
        return str(self.on or _("date unknown"))
