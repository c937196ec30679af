"""The term of a person, over all cases: what it comes from, what it absorbs, when it is expected to end."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.decision import DecisionPerson
from cases.models.ground import ONE_PERSON, same_person
from cases.models.public_when import OF_DECISION_PERSON, OF_TERM, TERM, through
from memorial.base.fields import PartialDateField, earliest_day, latest_day, partial_date_constraint
from prisoners.choices import Regime
from prisoners.models import Prisoner
from prisoners.models.custody import AFTER_DEATH, Fact, not_after_death


class Term(Fact):
    """How long a person is to be deprived of liberty by all decisions together (УК РФ, Arts 69–72).

    The expected end is entered by staff; the hint (`cases.credit`) only proposes one.
    """

    PUBLIC = frozenset(
        {
            "prisoner",
            "years",
            "months",
            "days",
            "is_life",
            "regime",
            "begins_on",
            "expected_end",
            "current",
            "note",
            "verification",
        }
    )
    PUBLIC_WHEN = TERM

    TRIGGERS = (not_after_death("begins_on"),)
    REFUSALS = {"prisoners_after_death": AFTER_DEATH}

    prisoner = models.ForeignKey(
        Prisoner, verbose_name=_("person"), related_name="terms", on_delete=models.CASCADE
    )
    years = models.PositiveSmallIntegerField(_("years"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(_("months"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("days"), null=True, blank=True)
    is_life = models.BooleanField(_("life imprisonment"), default=False)
    regime = models.CharField(_("regime"), max_length=12, choices=Regime, blank=True)
    begins_on = PartialDateField(_("counted from"))
    begins_on_earliest = earliest_day("begins_on")
    begins_on_latest = latest_day("begins_on")
    expected_end = PartialDateField(_("expected end"))
    expected_end_earliest = earliest_day("expected_end")
    expected_end_latest = latest_day("expected_end")
    current = models.BooleanField(_("in force now"), default=True)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["-current", "-id"]
        constraints = [
            partial_date_constraint("term_begins_valid", "begins_on"),
            partial_date_constraint("term_expected_end_valid", "expected_end"),
            models.UniqueConstraint(
                fields=["prisoner"],
                name="term_one_in_force",
                condition=Q(current=True),
                violation_error_message=_("A person has one term in force: untick the earlier one."),
            ),
            models.CheckConstraint(
                name="term_life_has_no_length",
                condition=Q(is_life=False)
                | Q(years__isnull=True, months__isnull=True, days__isnull=True, expected_end__isnull=True),
                violation_error_message=_("Life imprisonment has neither a length nor an expected end."),
            ),
            models.CheckConstraint(
                name="term_has_a_length",
                condition=Q(is_life=True)
                | Q(years__isnull=False, years__gt=0)
                | Q(months__isnull=False, months__gt=0)
                | Q(days__isnull=False, days__gt=0),
                violation_error_message=_("Say how long the term is: years, months or days."),
            ),
            models.CheckConstraint(
                name="term_ends_after_it_begins",
                condition=Q(expected_end_latest__gte=F("begins_on_earliest")),
                violation_error_message=_("A term cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prisoner}: {self.years or 0}/{self.months or 0}/{self.days or 0}"


class TermDecision(models.Model):
    """A decision that a term comes from."""

    PUBLIC = frozenset({"term", "decision_person"})
    PUBLIC_WHEN = f"{OF_TERM} AND {OF_DECISION_PERSON}"

    TRIGGERS = (("one_person", "BEFORE INSERT OR UPDATE", "memorial_guard_term_decision()"),)
    REFUSALS = {
        "term_not_of_treatment": _("A ruling on compulsory medical measures has no term."),
        **ONE_PERSON,
    }

    term = models.ForeignKey(Term, verbose_name=_("term"), related_name="decisions", on_delete=models.CASCADE)
    decision_person = models.ForeignKey(
        DecisionPerson,
        verbose_name=_("person of a decision"),
        related_name="term_links",
        on_delete=models.CASCADE,
    )

    class Meta:
        verbose_name = _("decision of a term")
        verbose_name_plural = _("decisions of terms")
        constraints = [models.UniqueConstraint(fields=["term", "decision_person"], name="termdecision_once")]

    def __str__(self) -> str:
        return str(self.decision_person)


class TermAbsorption(models.Model):
    """An aggregate term points to a term that it absorbs (УК РФ, Arts 69 and 70)."""

    PUBLIC = frozenset({"term", "absorbed"})
    PUBLIC_WHEN = f"{OF_TERM} AND {through('cases_term', 'absorbed_id', TERM, verified=True)}"

    TRIGGERS = (same_person("one_person", ("term_id", "cases_term"), ("absorbed_id", "cases_term")),)
    REFUSALS = ONE_PERSON

    term = models.ForeignKey(Term, verbose_name=_("term"), related_name="absorbs", on_delete=models.CASCADE)
    absorbed = models.ForeignKey(
        Term, verbose_name=_("absorbed term"), related_name="absorbed_by", on_delete=models.CASCADE
    )

    class Meta:
        verbose_name = _("absorbed term")
        verbose_name_plural = _("absorbed terms")
        constraints = [
            models.UniqueConstraint(fields=["term", "absorbed"], name="termabsorption_once"),
            models.CheckConstraint(
                name="termabsorption_of_another",
                condition=~Q(term=F("absorbed")),
                violation_error_message=_("A term absorbs another one, not itself."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.absorbed)
