"""Reports on money: proposed by one person, approved by another, and frozen from then on.

As with totals of help: what is proposed is confidential; what readers may see stands in tables of its own,
which the database alone writes, when somebody approves. The sums of the two funds are never added together.
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assistance.models.totals import Decision, TotalsPublication
from donations.choices import Fund
from donations.models.report_figures import (
    HEADS,
    LINES,
    MoneyLine,
    ReportFigures,
    line_constraints,
    sums_constraints,
)
from memorial.base.publication import Versioned

_STAFF_WHEN = "(SELECT memorial_staff_may('donations', 'view_reportproposal'))"


class ReportProposalQuerySet(models.QuerySet):
    """Proposals."""

    def waiting(self) -> Self:
        """Those that nobody has decided on."""
        return self.filter(decision="")

    def for_list(self) -> Self:
        """The newest first."""
        return self.order_by("-id")


class ReportProposal(Versioned, ReportFigures):
    """A report as one person proposes it, and what another said to it.

    Written once: afterwards only a decision is added. Who proposed and who decided is confidential, and
    taken by the database from whoever acts (`memorial.actor`).
    """

    PUBLIC: frozenset[str] = frozenset()
    STAFF_WHEN = _STAFF_WHEN
    TRIGGERS = (
        ("proposed", "BEFORE INSERT", "memorial_propose_report()"),
        ("decided", "BEFORE UPDATE OR DELETE", "memorial_decide_report()"),
        ("published", "AFTER UPDATE OF decision", "memorial_publish_report()"),
    )
    REFUSALS = {
        "report_of_a_closed_period": _("Money is reported only for fixed periods that are over."),
        "report_has_a_proposer": _("Somebody proposes a report, and somebody else decides: say who acts."),
        "report_approved_by_right": _("You may not approve reports."),
        "report_correction_says_why": _("This period has a published report: say why it is corrected."),
        "report_is_frozen": _(
            "What was proposed or published stays as it is: a mistake is corrected by a new proposal."
        ),
        "report_adds_up": _("The lines do not add up to the stated sums."),
        "report_goes_on_from_the_last": _(
            "The report of the period before ends with another sum than this one begins with."
        ),
    }

    proposed_by = models.CharField(_("proposed by"), max_length=80, blank=True, editable=False)
    proposed_at = models.DateTimeField(_("proposed"), null=True, editable=False)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, blank=True, editable=False)
    decided_by = models.CharField(_("decided by"), max_length=80, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)

    objects = ReportProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed report")
        verbose_name_plural = _("proposed reports")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "period"],
                name="reportproposal_one_waits",
                condition=Q(decision=""),
                violation_error_message=_("A report of this fund and period waits for a decision already."),
            ),
            models.CheckConstraint(
                name="reportproposal_decided_by_another",
                condition=Q(decided_by="") | ~Q(decided_by=F("proposed_by")),
                violation_error_message=_("You proposed this report: another person looks at it."),
            ),
            models.CheckConstraint(
                name="reportproposal_decision_is_whole",
                condition=Q(decision="", decided_by="", decided_at__isnull=True)
                | (Q(decision__in=Decision.values, decided_at__isnull=False) & ~Q(decided_by="")),
                violation_error_message=_("A decision has somebody who made it, and a time."),
            ),
            *sums_constraints("reportproposal"),
        ]

    def __str__(self) -> str:
        return f"{self.get_fund_display()}: {self.told_period.name}"

    @property
    def is_waiting(self) -> bool:
        return not self.decision


class ProposedLine(MoneyLine):
    """One line of a proposal."""

    PUBLIC: frozenset[str] = frozenset()
    STAFF_WHEN = _STAFF_WHEN
    TRIGGERS = (("frozen", "BEFORE INSERT OR UPDATE OR DELETE", "memorial_guard_proposed_line()"),)
    REFUSALS = {
        "report_lines_by_the_proposer": _("Only who proposes a report writes it, and not after a decision."),
        "report_campaign_of_the_fund": _("This campaign is for the other fund."),
    }

    proposal = models.ForeignKey(
        ReportProposal, verbose_name=_("proposal"), related_name="lines", on_delete=models.CASCADE
    )

    class Meta:
        verbose_name = pgettext_lazy("report", "line")
        verbose_name_plural = _("lines")
        ordering = ["id"]
        constraints = line_constraints("proposedline", "proposal")

    def __str__(self) -> str:
        return f"{self.purpose or self.way} {self.amount} {self.currency}"


class FundReportQuerySet(models.QuerySet):
    """Published reports. Everything here was approved by two people and is public."""

    def published(self) -> Self:
        """What readers may see: all of it."""
        return self.all()

    def of(self, fund: str) -> Self:
        """Of one fund."""
        return self.filter(fund=fund)

    def for_detail(self) -> Self:
        """With the lines, their campaigns and the people helped, by period and, within one, by publication.

        The same number of statements for one report as for three.
        """
        lines = ReportLine.objects.select_related("campaign", "helped").prefetch_related("helped__totals")
        return self.prefetch_related(Prefetch("lines", queryset=lines)).order_by("fund", "period", "number")


class FundReport(ReportFigures):
    """The report on a fund's period as approved: the first one, or a correction with its reason.

    Frozen: the database refuses to change or delete it. A correction is another row with the next number;
    both are shown.
    """

    PUBLIC = HEADS | {"number", "published_on"}
    WRITTEN_BY_TRIGGERS = True
    TRIGGERS = (("frozen", "BEFORE UPDATE OR DELETE", "memorial_refuse_frozen_report()"),)

    number = models.PositiveSmallIntegerField(_("number of the publication"), default=1)
    published_on = models.DateField(_("published on"))

    objects = FundReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("published report")
        verbose_name_plural = _("published reports")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "period", "number"], name="fundreport_once"),
            *sums_constraints("fundreport"),
        ]

    def __str__(self) -> str:
        return f"{self.fund} {self.period} {self.number}"

    @property
    def is_for_prisoners(self) -> bool:
        """Whether it is the fund for the needs of political prisoners."""
        return self.fund == Fund.PRISONERS


class ReportLine(MoneyLine):
    """One line that readers see, and the approved totals that tell how many people the money helped.

    The name of its campaign is shown while the campaign itself is.
    """

    PUBLIC = LINES | {"report", "helped"}
    PUBLIC_WHEN = "true"
    WRITTEN_BY_TRIGGERS = True
    TRIGGERS = (("frozen", "BEFORE UPDATE OR DELETE", "memorial_refuse_frozen_report()"),)

    report = models.ForeignKey(
        FundReport, verbose_name=_("report"), related_name="lines", on_delete=models.CASCADE
    )
    helped = models.ForeignKey(
        TotalsPublication,
        verbose_name=_("people helped"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("published line")
        verbose_name_plural = _("published lines")
        ordering = ["id"]
        constraints = line_constraints("reportline", "report")

    def __str__(self) -> str:
        return f"{self.purpose or self.way} {self.amount} {self.currency}"
