"""Recognition is a decision, not a status: by whom, when, on what ground. And entries in state registers."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from memorial.base.fields import (
    PartialDateField,
    RichTextField,
    earliest_day,
    latest_day,
    partial_date_constraint,
)
from prisoners.choices import DecidingBody, PacePoint, RecognitionGround, RecognitionOutcome, Register
from prisoners.models.custody import IN_THE_FUTURE, Fact, by_two_people, not_in_the_future
from prisoners.models.prisoner import Prisoner
from prisoners.querysets import RecognitionQuerySet

PROJECT_DECIDES_SINCE = date(2022, 10, 28)
MEMORIAL_HRC_DECIDED_UNTIL = date(2022, 4, 5)


class Statement(models.Model):
    """The statement that explains a recognition; many people may share one."""

    PUBLIC = frozenset({"title", "text", "published_on", "url"})
    PUBLIC_WHEN = (
        "EXISTS (SELECT 1 FROM prisoners_recognition d JOIN prisoners_prisoner p ON p.id = d.prisoner_id"
        " WHERE d.statement_id = r.id AND p.state = 'published' AND d.verification <> 'unverified')"
    )

    title = models.CharField(_("title"), max_length=250)
    text = RichTextField(_("text"), blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["-published_on", "-id"]

    def __str__(self) -> str:
        return self.title


class Recognition(Fact):
    """A decision that a person is a political prisoner, or its withdrawal.

    The decision has no end unless withdrawn; the status lasts while the person is deprived
    of liberty, and a new arrest revives nothing. What is under consideration or refused is
    a `RecognitionReview`, which is confidential.
    """

    PUBLIC = frozenset(
        {
            "prisoner",
            "custody",
            "on",
            "decided_by",
            "body_name",
            "outcome",
            "ground",
            "pace_points",
            "statement",
            "note",
            "verification",
        }
    )

    Outcome = RecognitionOutcome

    TRIGGERS = (
        not_in_the_future("on"),
        by_two_people("recognition", "on", "decided_by", "outcome", "ground"),
    )
    REFUSALS = {"prisoners_recognition_happened": IN_THE_FUTURE}

    prisoner = models.ForeignKey(Prisoner, related_name="recognitions", on_delete=models.CASCADE)
    custody = models.ForeignKey(
        "prisoners.Custody",
        verbose_name=_("deprivation of liberty it was made in"),
        related_name="recognitions",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        help_text=_("A decision made in an old case says nothing of a new one."),
    )
    on = PartialDateField(_("decided on"))
    on_earliest = earliest_day("on")
    on_latest = latest_day("on")
    decided_by = models.CharField(
        _("decided by"), max_length=20, choices=DecidingBody, default=DecidingBody.THIS_PROJECT
    )
    body_name = models.CharField(_("which other organisation"), max_length=200, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, default=Outcome.RECOGNISED)
    ground = models.CharField(_("ground"), max_length=20, choices=RecognitionGround, blank=True)
    pace_points = ArrayField(
        models.CharField(max_length=10, choices=PacePoint),
        verbose_name=_("points of PACE"),
        default=list,
        blank=True,
    )
    statement = models.ForeignKey(
        Statement,
        verbose_name=_("statement"),
        related_name="recognitions",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )

    objects = RecognitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("recognition")
        verbose_name_plural = _("recognitions")
        ordering = ["on_earliest", "id"]
        constraints = [
            partial_date_constraint("recognition_on_valid", "on"),
            models.CheckConstraint(
                name="recognition_outcome_is_public",
                condition=Q(outcome__in=RecognitionOutcome.values),
                violation_error_message=_(
                    "Only a decision stands here; requests and refusals are confidential."
                ),
            ),
            models.CheckConstraint(
                name="recognition_not_before_the_project",
                condition=~Q(decided_by=DecidingBody.THIS_PROJECT) | Q(on_latest__gte=PROJECT_DECIDES_SINCE),
                violation_error_message=_("This project has decided since 28 October 2022."),
            ),
            models.CheckConstraint(
                name="recognition_not_after_memorial_hrc",
                condition=~Q(decided_by=DecidingBody.MEMORIAL_HRC)
                | Q(on_earliest__lte=MEMORIAL_HRC_DECIDED_UNTIL),
                violation_error_message=_("The Memorial Human Rights Centre decided until 5 April 2022."),
            ),
            models.CheckConstraint(
                name="recognition_other_body_is_named",
                condition=~Q(decided_by=DecidingBody.OTHER) | ~Q(body_name_ru="", body_name_en=""),
                violation_error_message=_("Name the other organisation."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()


class RegisterEntry(Fact):
    """An entry in a state register, with the days of entering and leaving it."""

    PUBLIC = frozenset({"prisoner", "register", "entered_on", "removed_on", "number", "note", "verification"})

    TRIGGERS = (not_in_the_future("entered_on", "removed_on"),)
    REFUSALS = {"prisoners_registerentry_happened": IN_THE_FUTURE}

    prisoner = models.ForeignKey(Prisoner, related_name="register_entries", on_delete=models.CASCADE)
    register = models.CharField(_("register"), max_length=20, choices=Register)
    entered_on = PartialDateField(_("entered on"))
    entered_on_earliest = earliest_day("entered_on")
    removed_on = PartialDateField(_("removed on"))
    removed_on_latest = latest_day("removed_on")
    number = models.CharField(_("number"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("entry in a register")
        verbose_name_plural = _("entries in registers")
        ordering = ["entered_on_earliest", "id"]
        constraints = [
            partial_date_constraint("registerentry_entered_valid", "entered_on"),
            partial_date_constraint("registerentry_removed_valid", "removed_on"),
            models.CheckConstraint(
                name="registerentry_removed_after_entered",
                condition=Q(removed_on_latest__gte=models.F("entered_on_earliest")),
                violation_error_message=_("Nobody leaves a register before being entered."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_register_display()
