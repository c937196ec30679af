"""Notices of safety: whether somebody in a place may give in a way, and the text above the page of donations.

What is proposed is confidential and names who proposed and who approved. What readers may see stands in
tables of its own, which the database alone writes, when a second person approves.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from donations.choices import Level, Place
from donations.models.methods import PaymentMethod
from memorial.base.fields import RichTextField
from memorial.base.publication import Versioned

MOST_DAYS: Final = 365
"""Days after a lawyer's check for which a notice may be valid at most."""
EXPIRING_DAYS: Final = 21
LONGEST_TITLE: Final = 120
_SEEN_BY: Final = "(SELECT memorial_staff_may('donations', 'view_safetyproposal'))"


class NoticeDecision(models.TextChoices):
    """What the second person said."""

    APPROVED = "approved", _("approved")
    DECLINED = "declined", _("declined")


class _Days(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


def _on_one_day(name: str, message: Any, *of: str | Coalesce) -> ExclusionConstraint:
    """Refuses two rows of the same cell that are valid on one day."""
    days = _Days("valid_from", "valid_until", RangeBoundary(inclusive_lower=True, inclusive_upper=True))
    same: list[tuple[str | Combinable, str]] = [(expression, RangeOperators.EQUAL) for expression in of]
    return ExclusionConstraint(
        name=name, expressions=[*same, (days, RangeOperators.OVERLAPS)], violation_error_message=message
    )


def _rules_of_proposals(name: str) -> list[models.BaseConstraint]:
    """Days that a lawyer's check carries, a decision by somebody else, an end after approval only."""
    return [
        models.CheckConstraint(
            name=f"{name}_days_in_order",
            condition=Q(
                checked_on__lte=F("valid_from"),
                valid_from__lte=F("valid_until"),
                valid_until__lte=F("checked_on") + timedelta(days=MOST_DAYS),
            ),
            violation_error_message=_(
                "Checked first, valid from then on, and for a year after the check at most."
            ),
        ),
        models.CheckConstraint(
            name=f"{name}_decided_by_another",
            condition=Q(decided_by="") | ~Q(decided_by=F("proposed_by")),
            violation_error_message=_("You proposed this: another person looks at it."),
        ),
        models.CheckConstraint(
            name=f"{name}_decision_is_whole",
            condition=Q(decision="", decided_by="", decided_at__isnull=True)
            | (Q(decision__in=NoticeDecision.values, decided_at__isnull=False) & ~Q(decided_by="")),
            violation_error_message=_("A decision has somebody who made it, and a time."),
        ),
        models.CheckConstraint(
            name=f"{name}_ended_after_approval",
            condition=Q(ended_by="", ended_at__isnull=True)
            | (Q(ended_at__isnull=False, decision=NoticeDecision.APPROVED) & ~Q(ended_by="")),
            violation_error_message=_("Only what was approved can be ended early."),
        ),
    ]


class ProposalQuerySet(models.QuerySet):
    """Proposals of notices."""

    def waiting(self) -> Self:
        """Those that nobody has decided on."""
        return self.filter(decision="")

    def endable(self) -> Self:
        """Approved, and not ended."""
        return self.filter(decision=NoticeDecision.APPROVED, ended_by="")


class ProposedNotice(Versioned):
    """What both kinds of notice have: a lawyer's check, days, two people, an early end.

    Written once; afterwards a decision is added, by somebody else, and perhaps an early end, by anybody
    who may propose: to forbid takes one person. All names are taken from whoever acts (`memorial.actor`).
    Whoever decides proves anew who they are, and when they did is kept: the database refuses more than five
    minutes. Decisions from before this was kept have no such moment.
    """

    REFUSALS = {
        "notice_has_a_proposer": _("Somebody proposes a notice, and somebody else decides: say who acts."),
        "notice_checked_already": _("A lawyer's check is of today or earlier."),
        "notice_confirmed_just_now": _(
            "Prove once more who you are: the last time is over five minutes ago."
        ),
        "notice_approved_by_right": _("You may not approve notices of safety."),
        "notice_approved_in_time": _("Its last day is over: propose it anew, with new days."),
        "notice_ended_by_right": _("You may not end notices of safety."),
        "notice_is_frozen": _(
            "What was proposed or approved stays as it is: a mistake is corrected by a new proposal."
        ),
    }

    checked_on = models.DateField(_("checked by a lawyer on"))
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(
        _("valid until"), help_text=_("The last day; a year after the check at most.")
    )
    proposed_by = models.CharField(_("proposed by"), max_length=80, blank=True, editable=False)
    proposed_at = models.DateTimeField(_("proposed"), null=True, editable=False)
    decision = models.CharField(_("decision"), max_length=10, choices=NoticeDecision, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=80, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    decider_confirmed_at = models.DateTimeField(
        _("who decided proved who they are"), null=True, blank=True, editable=False
    )
    ended_by = models.CharField(_("ended early by"), max_length=80, blank=True, editable=False)
    ended_at = models.DateTimeField(_("ended early"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_waiting(self) -> bool:
        return not self.decision


class SafetyProposal(ProposedNotice):
    """What one person proposes for a cell of the table: a place and a way to give, or telling others of us."""

    PUBLIC: frozenset[str] = frozenset()
    STAFF_WHEN = _SEEN_BY
    TRIGGERS = (
        ("proposed", "BEFORE INSERT", "memorial_propose_notice()"),
        ("decided", "BEFORE UPDATE OR DELETE", "memorial_decide_notice()"),
        ("published", "AFTER UPDATE OF decision, ended_at", "memorial_publish_safety()"),
    )

    place = models.CharField(_("where the donor is"), max_length=20, choices=Place)
    method = models.ForeignKey(
        PaymentMethod,
        verbose_name=_("way to give"),
        related_name="safety_proposals",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        help_text=_("Empty: telling others of us, passing the link on."),
    )
    level = models.CharField(_("what readers are told"), max_length=10, choices=Level)
    reason = models.CharField(
        _("why, in a few words"), max_length=160, blank=True, help_text=_("“may be read at the border”")
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed notice of safety")
        verbose_name_plural = _("proposed notices of safety")
        ordering = ["-id"]
        constraints = [
            *_rules_of_proposals("safetyproposal"),
            models.CheckConstraint(
                name="safetyproposal_words_are_known",
                condition=Q(place__in=Place.values, level__in=Level.values),
                violation_error_message=_("Choose one of the places and one of the words."),
            ),
            models.CheckConstraint(
                name="safetyproposal_reason_in_both",
                condition=Q(reason_ru="", reason_en="", level__in=[Level.NO, Level.SUITABLE])
                | (~Q(reason_ru="") & ~Q(reason_en="")),
                violation_error_message=_("Caution says why; a reason is given in both languages."),
            ),
            models.UniqueConstraint(
                F("place"),
                Coalesce("method", Value(0)),
                name="safetyproposal_one_waits",
                condition=Q(decision=""),
                violation_error_message=_("A proposal for this place and this way waits already."),
            ),
        ]

    def __str__(self) -> str:
        subject = self.method if self.method_id else _("telling others")
        return f"{self.get_place_display()}, {subject}: {self.get_level_display()}"


class NoticeQuerySet(models.QuerySet):
    """Notices as approved. Everything here was approved by two people and is public."""

    def published(self) -> Self:
        """What readers may see: all of it."""
        return self.all()

    def valid(self, on: date) -> Self:
        """Those that hold on a day, by the date in Moscow."""
        return self.filter(valid_from__lte=on, valid_until__gte=on)

    def expiring(self, on: date) -> Self:
        """Those that hold on the day and for three weeks at most, the first to expire first."""
        last = on + timedelta(days=EXPIRING_DAYS)
        return self.valid(on).filter(valid_until__lte=last).order_by("valid_until", "pk")


class SafetyNotice(models.Model):
    """An approved word for a cell. Where none holds on a day, the word is «do not pay».

    Written by the database alone, under the number of its proposal. Another notice for the cell shortens it
    or takes its place; one ended early is gone. At most one holds for a cell on a day.
    """

    PUBLIC = frozenset({"method", "place", "level", "reason", "checked_on", "valid_from", "valid_until"})
    WRITTEN_BY_TRIGGERS = True
    TRIGGERS = (("through_two", "BEFORE UPDATE", "memorial_guard_notice()"),)
    REFUSALS = {"notice_through_two_people": _("Notices change by proposals that another person approves.")}

    method = models.ForeignKey(
        PaymentMethod,
        verbose_name=_("way to give"),
        related_name="notices",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    place = models.CharField(_("where the donor is"), max_length=20, choices=Place)
    level = models.CharField(_("what readers are told"), max_length=10, choices=Level)
    reason = models.CharField(_("why, in a few words"), max_length=160, blank=True)
    checked_on = models.DateField(_("checked by a lawyer on"))
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice of safety")
        verbose_name_plural = _("notices of safety")
        ordering = ["-id"]
        constraints = [
            _on_one_day(
                "safetynotice_one_a_day",
                _("Another notice for this place and this way holds on one of these days."),
                "place",
                Coalesce("method", Value(0)),
            )
        ]

    def __str__(self) -> str:
        subject = self.method if self.method_id else _("telling others")
        return f"{self.get_place_display()}, {subject}: {self.get_level_display()}"


class DonorNoticeProposal(ProposedNotice):
    """The text above the page of donations, as one person proposes it; in both languages or not at all."""

    PUBLIC: frozenset[str] = frozenset()
    STAFF_WHEN = _SEEN_BY
    TRIGGERS = (
        ("proposed", "BEFORE INSERT", "memorial_propose_notice()"),
        ("decided", "BEFORE UPDATE OR DELETE", "memorial_decide_notice()"),
        ("published", "AFTER UPDATE OF decision, ended_at", "memorial_publish_donor_notice()"),
    )

    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    text = RichTextField(_("text"))

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed text for donors")
        verbose_name_plural = _("proposed texts for donors")
        ordering = ["-id"]
        constraints = [
            *_rules_of_proposals("donornoticeproposal"),
            models.CheckConstraint(
                name="donornoticeproposal_in_both",
                condition=~Q(title_ru="") & ~Q(title_en="") & ~Q(text_ru="") & ~Q(text_en=""),
                violation_error_message=_("Readers of both languages are warned: write it in both."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DonorNotice(models.Model):
    """The approved text above the page of donations. Where none holds on a day, nobody is told to pay."""

    PUBLIC = frozenset({"title", "text", "checked_on", "valid_from", "valid_until"})
    WRITTEN_BY_TRIGGERS = True
    TRIGGERS = (("through_two", "BEFORE UPDATE", "memorial_guard_notice()"),)

    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    text = RichTextField(_("text"))
    checked_on = models.DateField(_("checked by a lawyer on"))
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("text for donors")
        verbose_name_plural = _("texts for donors")
        ordering = ["-id"]
        constraints = [
            _on_one_day("donornotice_one_a_day", _("Another text for donors holds on one of these days."))
        ]

    def __str__(self) -> str:
        return self.title
