"""Totals of help given: proposed by one person, approved by another, and frozen from then on.

What is proposed is confidential and holds every number. What readers may see stands in tables of its own,
which hold nothing but what was approved; the database alone writes them, when somebody approves.
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assistance.totals.periods import Period, period_choices, period_of
from memorial.base.publication import Versioned

LEAST_TOLD = 5
_FROZEN = _("What was proposed or approved stays as it is: a mistake is corrected by a new proposal.")


class Decision(models.TextChoices):
    """What the second person said."""

    APPROVED = "approved", _("approved")
    DECLINED = "declined", _("declined")


class TotalsProposalQuerySet(models.QuerySet):
    """Proposals."""

    def waiting(self) -> Self:
        """Those that nobody has decided on."""
        return self.filter(decision="")

    def for_list(self) -> Self:
        """The newest first."""
        return self.order_by("-id")


class TotalsProposal(Versioned):
    """The numbers of a period as one person proposes them, and what another said to them.

    Written once: afterwards only a decision is added. Who proposed and who decided is confidential,
    and taken by the database from whoever acts (`memorial.actor`).
    """

    PUBLIC: frozenset[str] = frozenset()
    STAFF_WHEN = "(SELECT memorial_staff_may('assistance', 'view_totalsproposal'))"
    TRIGGERS = (
        ("proposed", "BEFORE INSERT", "memorial_propose_totals()"),
        ("decided", "BEFORE UPDATE OR DELETE", "memorial_decide_totals()"),
        ("published", "AFTER UPDATE OF decision", "memorial_publish_totals()"),
    )
    REFUSALS = {
        "totals_of_a_closed_period": _("Totals are told only for fixed periods that are over."),
        "totals_have_a_proposer": _("Somebody proposes totals, and somebody else decides: say who acts."),
        "totals_by_who_sees_all": _("Only somebody who sees all clients can count them all."),
        "totals_approved_by_right": _("You may not approve totals."),
        "totals_correction_says_why": _("This period has approved totals: say why they are corrected."),
        "totals_are_frozen": _FROZEN,
    }

    period = models.CharField(_("period"), max_length=20, choices=period_choices)
    as_of = models.DateField(_("as of"))
    reason = models.TextField(_("why it is corrected"), blank=True)
    proposed_by = models.CharField(_("proposed by"), max_length=80, blank=True, editable=False)
    proposed_at = models.DateTimeField(_("proposed"), null=True, editable=False)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=80, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)

    objects = TotalsProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed totals")
        verbose_name_plural = _("proposed totals")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["period"],
                name="totalsproposal_one_waits",
                condition=Q(decision=""),
                violation_error_message=_("Totals of this period wait for a decision already."),
            ),
            models.CheckConstraint(
                name="totalsproposal_decided_by_another",
                condition=Q(decided_by="") | ~Q(decided_by=F("proposed_by")),
                violation_error_message=_("You proposed these totals: another person looks at them."),
            ),
            models.CheckConstraint(
                name="totalsproposal_decision_is_whole",
                condition=Q(decision="", decided_by="", decided_at__isnull=True)
                | (Q(decision__in=Decision.values, decided_at__isnull=False) & ~Q(decided_by="")),
                violation_error_message=_("A decision has somebody who made it, and a time."),
            ),
        ]

    def __str__(self) -> str:
        return self.told_period.name

    @property
    def told_period(self) -> Period:
        """The period. Raises `ValueError` for a code that no period has."""
        return period_of(self.period)

    @property
    def is_waiting(self) -> bool:
        return not self.decision


class ProposedTotal(models.Model):
    """One number of a proposal: how many people there are, and whether readers are not to see it."""

    PUBLIC: frozenset[str] = frozenset()
    STAFF_WHEN = "(SELECT memorial_staff_may('assistance', 'view_totalsproposal'))"
    TRIGGERS = (("frozen", "BEFORE INSERT OR UPDATE OR DELETE", "memorial_guard_proposed_total()"),)
    REFUSALS = {
        "totals_added_by_the_proposer": _("Only who proposes totals writes them, and not after a decision."),
    }

    proposal = models.ForeignKey(
        TotalsProposal, verbose_name=_("proposal"), related_name="totals", on_delete=models.CASCADE
    )
    figure = models.CharField(_("figure"), max_length=60)
    label = models.CharField(_("name"), max_length=200, blank=True)
    people = models.PositiveIntegerField(_("people"))
    withheld = models.BooleanField(_("withheld"), default=False)

    class Meta:
        verbose_name = _("proposed total")
        verbose_name_plural = _("proposed totals of people")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "figure"], name="proposedtotal_once"),
            models.CheckConstraint(
                name="proposedtotal_small_is_withheld",
                condition=Q(withheld=True) | Q(people__gte=LEAST_TOLD),
                violation_error_message=_("A number below five is withheld."),
            ),
        ]

    def __str__(self) -> str:
        return self.figure


class TotalsPublicationQuerySet(models.QuerySet):
    """Publications of totals. Everything here was approved by two people and is public."""

    def published(self) -> Self:
        """What readers may see: all of it."""
        return self.all()

    def for_detail(self) -> Self:
        """With the numbers, in the order of periods and, within one, of publication."""
        return self.prefetch_related("totals").order_by("period", "number")


class TotalsPublication(models.Model):
    """The totals of a period as approved: the first ones, or a correction with its reason.

    Frozen: the database refuses to change or delete it. A correction is another row with the next number;
    both are shown.
    """

    PUBLIC = frozenset({"period", "number", "as_of", "published_on", "reason"})
    WRITTEN_BY_TRIGGERS = True
    TRIGGERS = (("frozen", "BEFORE UPDATE OR DELETE", "memorial_refuse_frozen_totals()"),)

    period = models.CharField(_("period"), max_length=20, choices=period_choices)
    number = models.PositiveSmallIntegerField(_("number of the publication"), default=1)
    as_of = models.DateField(_("as of"))
    published_on = models.DateField(_("published on"))
    reason = models.TextField(_("why it was corrected"), blank=True)

    objects = TotalsPublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("published totals")
        verbose_name_plural = _("published totals")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["period", "number"], name="totalspublication_once")]

    def __str__(self) -> str:
        return f"{self.period} {self.number}"


class PublicTotal(models.Model):
    """One number that readers see; None where it is withheld. `label` names what staff may add to."""

    PUBLIC = frozenset({"publication", "figure", "label", "people"})
    WRITTEN_BY_TRIGGERS = True
    TRIGGERS = (("frozen", "BEFORE UPDATE OR DELETE", "memorial_refuse_frozen_totals()"),)

    publication = models.ForeignKey(
        TotalsPublication, verbose_name=_("publication"), related_name="totals", on_delete=models.CASCADE
    )
    figure = models.CharField(_("figure"), max_length=60)
    label = models.CharField(_("name"), max_length=200, blank=True)
    people = models.PositiveIntegerField(_("people"), null=True, blank=True)

    class Meta:
        verbose_name = _("public total")
        verbose_name_plural = _("public totals")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "figure"], name="publictotal_once"),
            models.CheckConstraint(
                name="publictotal_no_small_number",
                condition=Q(people__isnull=True) | Q(people__gte=LEAST_TOLD),
                violation_error_message=_("A number below five is never public."),
            ),
        ]

    def __str__(self) -> str:
        return self.figure
