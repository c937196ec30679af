"""Decisions, not only sentences: by instance and round, each with what it means for each person."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.choices import DecisionKind, Instance, MedicalMeasure, PenaltyKind
from cases.models.case import Case
from cases.models.ground import ONE_CASE, InCourt, certainly_ordered, same_case
from cases.models.hearing import THE_WHOLE_CASE, THE_WHOLE_CASE_HELP
from cases.models.prosecution import Prosecution
from cases.models.public_when import DECISION, DECISION_PERSON, OF_DECISION_PERSON
from cases.querysets import DecisionQuerySet
from memorial.base.fields import PartialDateField, earliest_day, latest_day, partial_date_constraint
from prisoners.choices import Regime
from prisoners.models.custody import IN_THE_FUTURE, Fact, not_in_the_future

NO_PENALTY_HERE = _(
    "An acquittal, and a ruling on compulsory medical measures, impose no penalty: "
    "choose another decision, or take out the penalty."
)
IN_ORDER = _("A decision of the first instance comes before its review in the same round: compare the dates.")
WITH_MONEY = (
    PenaltyKind.FINE,
    PenaltyKind.COURT_FINE,
    PenaltyKind.ADMINISTRATIVE_FINE,
    PenaltyKind.CONFISCATION,
)
WITH_HOURS = (PenaltyKind.COMPULSORY_WORK, PenaltyKind.ADMINISTRATIVE_WORK)
WITH_REGIME = (PenaltyKind.IMPRISONMENT, PenaltyKind.LIFE, PenaltyKind.SUSPENDED, PenaltyKind.DEFERRAL)
NO_LENGTH = {"years__isnull": True, "months__isnull": True, "days__isnull": True, "hours__isnull": True}


class Decision(InCourt, Fact):
    """What a court or an investigator decided in a case, for the whole case or for chosen people.

    A quashed verdict brings a second first instance: a round more. A later decision may
    supersede an earlier one, skipping instances where law does.
    """

    PUBLIC = frozenset(
        {
            "case",
            "whole_case",
            "kind",
            "instance",
            "round",
            "court",
            "on",
            "in_force_on",
            "until",
            "supersedes",
            "note",
            "verification",
        }
    )
    PUBLIC_WHEN = DECISION

    TRIGGERS = (
        not_in_the_future("on"),
        same_case("one_case", ("case_id", ""), ("supersedes_id", "cases_decision")),
        ("case_kept", "BEFORE UPDATE OF case_id", "memorial_guard_case_kept('decision_id')"),
        ("supersedes", "AFTER INSERT OR UPDATE", "memorial_guard_superseding()"),
        ("order", "AFTER INSERT OR UPDATE", "memorial_guard_instances('id')"),
        ("penalties", "BEFORE UPDATE OF kind", "memorial_guard_decision_kind()"),
        (
            "whole_case",
            "AFTER UPDATE OF whole_case",
            "memorial_empty_people('cases_decisionperson', 'decision_id')",
        ),
    )
    REFUSALS = {
        "cases_decision_happened": IN_THE_FUTURE,
        "decision_supersedes_an_earlier_one": _("A decision supersedes an earlier one: compare the dates."),
        "decision_instances_in_order": IN_ORDER,
        "decision_without_penalty": NO_PENALTY_HERE,
        **ONE_CASE,
    }

    case = models.ForeignKey(Case, verbose_name=_("case"), related_name="decisions", on_delete=models.CASCADE)
    whole_case = models.BooleanField(THE_WHOLE_CASE, default=True, help_text=THE_WHOLE_CASE_HELP)
    kind = models.CharField(_("decision"), max_length=24, choices=DecisionKind)
    instance = models.CharField(_("instance"), max_length=14, choices=Instance, default=Instance.FIRST)
    round = models.PositiveSmallIntegerField(
        _("round"),
        default=1,
        validators=[MinValueValidator(1)],
        help_text=_("2 where an earlier verdict was quashed and the case is tried anew."),
    )
    on = PartialDateField(_("decided on"))
    on_earliest = earliest_day("on")
    on_latest = latest_day("on")
    in_force_on = PartialDateField(_("in force from"))
    in_force_on_earliest = earliest_day("in_force_on")
    in_force_on_latest = latest_day("in_force_on")
    until = PartialDateField(_("until, or to be reviewed by"))
    until_earliest = earliest_day("until")
    until_latest = latest_day("until")
    supersedes = models.ForeignKey(
        "self",
        verbose_name=_("supersedes"),
        related_name="superseded_by",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["round", "on_earliest", "id"]
        constraints = [
            partial_date_constraint("decision_on_valid", "on"),
            partial_date_constraint("decision_in_force_valid", "in_force_on"),
            partial_date_constraint("decision_until_valid", "until"),
            models.CheckConstraint(
                name="decision_round_is_counted",
                condition=Q(round__gte=1),
                violation_error_message=_("Rounds are counted from 1."),
            ),
            certainly_ordered(
                "decision_in_force_after_decided",
                "on",
                "in_force_on",
                _("A decision cannot enter into force before it is taken."),
            ),
            certainly_ordered(
                "decision_until_after_decided",
                "on",
                "until",
                _("A decision cannot hold until a day before it is taken."),
            ),
            models.CheckConstraint(
                name="decision_supersedes_another",
                condition=Q(supersedes__isnull=True) | ~Q(supersedes=F("id")),
                violation_error_message=_("A decision supersedes another one, not itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on or _('date unknown')}"


class DecisionPerson(models.Model):
    """What a decision means for one person of the case."""

    PUBLIC = frozenset({"decision", "prosecution", "outcome_line", "in_absentia", "medical_measure"})
    PUBLIC_WHEN = DECISION_PERSON

    TRIGGERS = (
        same_case("one_case", ("decision_id", "cases_decision"), ("prosecution_id", "cases_prosecution")),
        ("order", "AFTER INSERT OR UPDATE", "memorial_guard_instances('decision_id')"),
        ("medical", "BEFORE INSERT OR UPDATE", "memorial_guard_medical_measure()"),
        ("whole_case", "AFTER INSERT OR UPDATE", "memorial_not_whole_case('cases_decision', 'decision_id')"),
    )
    REFUSALS = {
        "decision_instances_in_order": IN_ORDER,
        "decisionperson_medical_measure_fits": _(
            "An acquittal brings no compulsory medical measure, and beside a penalty only out-patient treatment "
            "stands (Criminal Code, Art. 99)."
        ),
        **ONE_CASE,
    }

    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), related_name="people", on_delete=models.CASCADE
    )
    prosecution = models.ForeignKey(
        Prosecution, verbose_name=_("prosecution"), related_name="decision_links", on_delete=models.CASCADE
    )
    outcome_line = models.CharField(_("outcome in one line"), max_length=300, blank=True)
    in_absentia = models.BooleanField(_("in absentia"), default=False)
    medical_measure = models.CharField(
        _("compulsory medical measure"), max_length=12, choices=MedicalMeasure, blank=True
    )

    class Meta:
        verbose_name = _("person of a decision")
        verbose_name_plural = _("people of decisions")
        ordering = ["decision", "id"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "prosecution"], name="decisionperson_once")
        ]

    def __str__(self) -> str:
        return f"{self.prosecution}: {self.decision.get_kind_display()}"


class Penalty(models.Model):
    """A penalty or another measure that a decision imposes on one person. Lengths add up: 2 years 6 months."""

    PUBLIC = frozenset(
        {
            "decision_person",
            "kind",
            "years",
            "months",
            "days",
            "hours",
            "regime",
            "amount",
            "currency",
            "probation_years",
            "probation_months",
            "deferred_until",
            "detail",
        }
    )
    PUBLIC_WHEN = OF_DECISION_PERSON

    TRIGGERS = (("decision", "BEFORE INSERT OR UPDATE", "memorial_guard_penalty()"),)
    REFUSALS = {"decision_without_penalty": NO_PENALTY_HERE}

    class Currency(models.TextChoices):
        RUB = "RUB", _("roubles")
        UAH = "UAH", _("hryvnias")
        OTHER = "XXX", _("another currency")

    decision_person = models.ForeignKey(
        DecisionPerson,
        verbose_name=_("person of a decision"),
        related_name="penalties",
        on_delete=models.CASCADE,
    )
    kind = models.CharField(_("penalty"), max_length=24, choices=PenaltyKind)
    years = models.PositiveSmallIntegerField(_("years"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(_("months"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("days"), null=True, blank=True)
    hours = models.PositiveSmallIntegerField(_("hours"), null=True, blank=True)
    regime = models.CharField(_("regime"), max_length=12, choices=Regime, blank=True)
    amount = models.DecimalField(_("sum"), max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, blank=True)
    probation_years = models.PositiveSmallIntegerField(_("probation, years"), null=True, blank=True)
    probation_months = models.PositiveSmallIntegerField(_("probation, months"), null=True, blank=True)
    deferred_until = PartialDateField(_("deferred until"))
    deferred_until_earliest = earliest_day("deferred_until")
    deferred_until_latest = latest_day("deferred_until")
    detail = models.CharField(_("of what: post, activity, rank, property"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("penalty")
        verbose_name_plural = _("penalties")
        ordering = ["decision_person", "id"]
        constraints = [
            partial_date_constraint("penalty_deferred_valid", "deferred_until"),
            models.CheckConstraint(
                name="penalty_life_has_no_length",
                condition=~Q(kind__in=["life", "death_penalty", "none"]) | Q(**NO_LENGTH),
                violation_error_message=_("Life imprisonment has neither years nor months."),
            ),
            models.CheckConstraint(
                name="penalty_money_only_of_a_fine",
                condition=(Q(amount__isnull=True) & Q(currency=""))
                | (
                    Q(kind__in=[str(kind) for kind in WITH_MONEY], amount__isnull=False, amount__gt=0)
                    & ~Q(currency="")
                ),
                violation_error_message=_("A sum belongs to a fine or confiscation, and has a currency."),
            ),
            models.CheckConstraint(
                name="penalty_hours_only_of_work",
                condition=Q(hours__isnull=True) | Q(kind__in=[str(kind) for kind in WITH_HOURS]),
                violation_error_message=_("Only compulsory work is counted in hours."),
            ),
            models.CheckConstraint(
                name="penalty_regime_only_of_imprisonment",
                condition=Q(regime="") | Q(kind__in=[str(kind) for kind in WITH_REGIME]),
                violation_error_message=_("Only imprisonment has a regime."),
            ),
            models.CheckConstraint(
                name="penalty_probation_only_of_suspended",
                condition=Q(probation_years__isnull=True, probation_months__isnull=True)
                | Q(kind=PenaltyKind.SUSPENDED),
                violation_error_message=_("Only a suspended sentence has a probation period."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
