"""Payment details as one person proposes them and another approves them. Confidential, and never read by pages."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from donations.models.methods import PaymentMethod
from donations.signing.details import MethodDetails
from donations.signing.text import read_block
from memorial.base.publication import Versioned

_FROZEN = _("What was proposed or approved stays as it is: a mistake is corrected by a new proposal.")


class DetailsDecision(models.TextChoices):
    """What the second person said."""

    APPROVED = "approved", _("approved")
    DECLINED = "declined", _("declined")


class DetailsProposalQuerySet(models.QuerySet):
    """Proposals."""

    def waiting(self) -> Self:
        """Those that nobody has decided on."""
        return self.filter(decision="")

    def approved(self) -> Self:
        return self.filter(decision=DetailsDecision.APPROVED)

    def unseen_by(self, name: str) -> Self:
        """Those approved of which this person has not taken note."""
        return self.approved().exclude(notices__seen_by=name)

    def to_sign(self) -> Self:
        """What the next set consists of: the last approved details of every method that readers are told of."""
        last = self.approved().filter(method__is_shown=True)
        return last.order_by("method_id", "-id").distinct("method_id").select_related("method")


class DetailsProposal(Versioned):
    """The details of one method. Written once; afterwards only a decision is added, by somebody else.

    Both prove anew who they are, and when they did is kept: the database refuses more than five minutes.
    Who proposed and who decided it takes from whoever acts (`memorial.actor`).
    """

    PUBLIC: frozenset[str] = frozenset()
    STAFF_WHEN = "(SELECT memorial_staff_may('donations', 'view_detailsproposal'))"
    TRIGGERS = (
        ("proposed", "BEFORE INSERT", "memorial_propose_details()"),
        ("decided", "BEFORE UPDATE OR DELETE", "memorial_decide_details()"),
    )
    REFUSALS = {
        "details_have_a_proposer": _("Somebody proposes details, and somebody else decides: say who acts."),
        "details_confirmed_just_now": _(
            "Prove once more who you are: the last time is over five minutes ago."
        ),
        "details_of_their_method": _("These details are of another way to give."),
        "details_approved_by_right": _("You may not approve payment details."),
        "details_are_frozen": _FROZEN,
    }

    method = models.ForeignKey(
        PaymentMethod, verbose_name=_("way to give"), related_name="proposals", on_delete=models.PROTECT
    )
    block = models.TextField(_("payment details"), help_text=_("As they will stand in the signed text."))
    proposed_by = models.CharField(_("proposed by"), max_length=80, blank=True, editable=False)
    proposed_at = models.DateTimeField(_("proposed"), null=True, editable=False)
    proposer_confirmed_at = models.DateTimeField(_("the proposer proved who they are"), editable=False)
    decision = models.CharField(_("decision"), max_length=10, choices=DetailsDecision, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=80, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    decider_confirmed_at = models.DateTimeField(
        _("who decided proved who they are"), null=True, blank=True, editable=False
    )

    objects = DetailsProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed payment details")
        verbose_name_plural = _("proposed payment details")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["method"],
                name="detailsproposal_one_waits",
                condition=Q(decision=""),
                violation_error_message=_("Details of this way to give wait for a decision already."),
            ),
            models.CheckConstraint(
                name="detailsproposal_decided_by_another",
                condition=Q(decided_by="") | ~Q(decided_by=F("proposed_by")),
                violation_error_message=_("You proposed these details: another person looks at them."),
            ),
            models.CheckConstraint(
                name="detailsproposal_decision_is_whole",
                condition=Q(
                    decision="", decided_by="", decided_at__isnull=True, decider_confirmed_at__isnull=True
                )
                | (
                    Q(
                        decision__in=DetailsDecision.values,
                        decided_at__isnull=False,
                        decider_confirmed_at__isnull=False,
                    )
                    & ~Q(decided_by="")
                ),
                violation_error_message=_("A decision has somebody who made it, and a time."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.method)

    @property
    def details(self) -> MethodDetails:
        """What was proposed. Raises `DetailsRefused` for what somebody put there past the form."""
        return read_block(self.block)

    @property
    def is_waiting(self) -> bool:
        return not self.decision
