"""The prosecution: one person in one case. It is the unit of law, with a fate of its own."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.choices import Plea, ProsecutionRole, Stage, SuspensionReason
from cases.models.case import Case
from cases.models.ground import ONE_CASE, ONE_PERSON, certainly_ordered, same_person
from cases.models.public_when import OF_PROSECUTION, PROSECUTION, through
from cases.querysets import ProsecutionQuerySet
from memorial.base.fields import PartialDateField, earliest_day, latest_day, partial_date_constraint
from prisoners.models import Prisoner, Recognition
from prisoners.models.custody import IN_THE_FUTURE, not_in_the_future
from prisoners.models.prisoner import PRISONER_IS_PUBLIC


class Prosecution(models.Model):
    """One person in one case. Public only when the case and the person are both published.

    The stage follows from decisions, hearings and charges (`cases.stage`), unless entered here.
    """

    PUBLIC = frozenset(
        {
            "case",
            "prisoner",
            "role",
            "plea",
            "in_absentia",
            "since",
            "stage_entered",
            "suspended_on",
            "resumed_on",
            "suspension_reason",
        }
    )
    PUBLIC_WHEN = PROSECUTION

    TRIGGERS = (
        not_in_the_future("since", "suspended_on", "resumed_on"),
        ("case_kept", "BEFORE UPDATE OF case_id", "memorial_guard_case_kept('prosecution_id')"),
        (
            "deserted",
            "AFTER DELETE OR UPDATE OF case_id, prisoner_id",
            "memorial_withdraw_deserted('prosecution')",
        ),
    )
    REFUSALS = {"cases_prosecution_happened": IN_THE_FUTURE, **ONE_CASE}

    case = models.ForeignKey(
        Case, verbose_name=_("case"), related_name="prosecutions", on_delete=models.CASCADE
    )
    prisoner = models.ForeignKey(
        Prisoner, verbose_name=_("person"), related_name="prosecutions", on_delete=models.CASCADE
    )
    role = models.CharField(
        _("role in the case"), max_length=24, choices=ProsecutionRole, default=ProsecutionRole.ACCUSED
    )
    plea = models.CharField(_("plea"), max_length=12, choices=Plea, default=Plea.NOT_KNOWN)
    in_absentia = models.BooleanField(_("in absentia"), default=False)
    since = PartialDateField(_("charged or suspected since"))
    since_earliest = earliest_day("since")
    since_latest = latest_day("since")
    stage_entered = models.CharField(
        _("stage, where decisions do not tell it"), max_length=24, choices=Stage, blank=True
    )
    suspended_on = PartialDateField(_("suspended on"))
    suspended_on_earliest = earliest_day("suspended_on")
    suspended_on_latest = latest_day("suspended_on")
    resumed_on = PartialDateField(_("resumed on"))
    resumed_on_earliest = earliest_day("resumed_on")
    resumed_on_latest = latest_day("resumed_on")
    suspension_reason = models.CharField(
        _("why suspended"), max_length=10, choices=SuspensionReason, blank=True
    )

    objects = ProsecutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("prosecution")
        verbose_name_plural = _("prosecutions")
        ordering = ["case", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "prisoner"],
                name="prosecution_once",
            ),
            partial_date_constraint("prosecution_since_valid", "since"),
            partial_date_constraint("prosecution_suspended_valid", "suspended_on"),
            partial_date_constraint("prosecution_resumed_valid", "resumed_on"),
            certainly_ordered(
                "prosecution_resumed_after_suspended",
                "suspended_on",
                "resumed_on",
                _("A prosecution cannot be resumed before it was suspended."),
            ),
            models.CheckConstraint(
                name="prosecution_resumed_was_suspended",
                condition=Q(resumed_on__isnull=True) | ~Q(suspension_reason=""),
                violation_error_message=_("Only what was suspended is resumed: say why it was suspended."),
            ),
            models.CheckConstraint(
                name="prosecution_suspended_for_a_reason",
                condition=Q(suspended_on__isnull=True) | ~Q(suspension_reason=""),
                violation_error_message=_("Say why the prosecution is suspended."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prisoner} — {self.case}"

    @property
    def is_suspended(self) -> bool:
        """Whether it was suspended and, as far as is known, not resumed."""
        return bool(self.suspension_reason) and self.resumed_on is None


class ProsecutionPrivate(models.Model):
    """What staff know of a prosecution and readers never see: above all, who gave evidence."""

    PUBLIC: frozenset[str] = frozenset()

    prosecution = models.OneToOneField(Prosecution, related_name="private", on_delete=models.CASCADE)
    gave_evidence = models.BooleanField(_("gave evidence against others"), null=True, blank=True)
    cooperation_note = models.TextField(_("about cooperation with the investigation"), blank=True)
    staff_note = models.TextField(_("staff note"), blank=True)

    class Meta:
        verbose_name = _("confidential part of a prosecution")
        verbose_name_plural = _("confidential parts of prosecutions")

    def __str__(self) -> str:
        return f"#{self.prosecution_id}"


class RecognitionProsecution(models.Model):
    """A decision on recognition was made in this prosecution: it says nothing of the person's others."""

    PUBLIC = frozenset({"recognition", "prosecution"})
    PUBLIC_WHEN = (
        f"{OF_PROSECUTION} AND "
        f"{through('prisoners_recognition', 'recognition_id', PRISONER_IS_PUBLIC, verified=True)}"
    )

    TRIGGERS = (
        same_person(
            "one_person",
            ("recognition_id", "prisoners_recognition"),
            ("prosecution_id", "cases_prosecution"),
        ),
    )
    REFUSALS = ONE_PERSON

    recognition = models.ForeignKey(
        Recognition,
        verbose_name=_("recognition"),
        related_name="prosecution_links",
        on_delete=models.CASCADE,
    )
    prosecution = models.ForeignKey(
        Prosecution,
        verbose_name=_("prosecution"),
        related_name="recognition_links",
        on_delete=models.CASCADE,
    )

    class Meta:
        verbose_name = _("prosecution of a recognition")
        verbose_name_plural = _("prosecutions of recognitions")
        constraints = [
            models.UniqueConstraint(fields=["recognition", "prosecution"], name="recognitionprosecution_once")
        ]

    def __str__(self) -> str:
        return str(self.prosecution)
