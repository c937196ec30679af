"""The office's own records: corrections for readers; leads, requests, reviews and notes for staff only."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from memorial.base.fields import PartialDateField, StaffReference, partial_date_constraint
from prisoners.choices import LeadReliability
from prisoners.models.prisoner import Prisoner


class Correction(models.Model):
    """A mistake of substance that was put right, dated and shown on the page."""

    PUBLIC = frozenset({"prisoner", "on", "text"})

    prisoner = models.ForeignKey(Prisoner, related_name="corrections", on_delete=models.CASCADE)
    on = models.DateField(_("corrected on"))
    text = models.CharField(_("what was wrong and what is right"), max_length=400)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.on}: {self.text}"


class StaffNote(models.Model):
    """A note about a person for staff; an import leaves here what it could not read."""

    PUBLIC: frozenset[str] = frozenset()

    prisoner = models.ForeignKey(Prisoner, related_name="staff_notes", on_delete=models.CASCADE)
    text = models.TextField(_("note"))
    by = StaffReference(_("by"), null=True, blank=True, editable=False)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    done = models.BooleanField(_("dealt with"), default=False)

    class Meta:
        verbose_name = _("staff note")
        verbose_name_plural = _("staff notes")
        ordering = ["done", "-made_at"]

    def __str__(self) -> str:
        return self.text[:80]


class Lead(models.Model):
    """News of a possible case, before there is a person's page: how it came, how reliable, what is next."""

    PUBLIC: frozenset[str] = frozenset()

    class State(models.TextChoices):
        OPEN = "open", _("open")
        BECAME_PERSON = "became_person", _("became a page")
        REJECTED = "rejected", _("not for us")

    title = models.CharField(_("what it is about"), max_length=250)
    text = models.TextField(_("what is known"), blank=True)
    came_by = models.CharField(_("how it came"), max_length=200, blank=True)
    came_on = models.DateField(_("came on"))
    reliability = models.CharField(
        _("reliability"), max_length=1, choices=LeadReliability, default=LeadReliability.C
    )
    next_step = models.CharField(_("next step"), max_length=250, blank=True)
    next_step_on = models.DateField(_("on"), null=True, blank=True)
    assigned_to = StaffReference(_("who takes care"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=15, choices=State, default=State.OPEN)
    prisoner = models.ForeignKey(
        Prisoner,
        verbose_name=_("person"),
        related_name="leads",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )

    class Meta:
        verbose_name = _("lead")
        verbose_name_plural = _("leads")
        ordering = ["state", "next_step_on", "-came_on"]
        constraints = [
            models.CheckConstraint(
                name="lead_open_has_a_next_step",
                condition=~Q(state="open") | (~Q(next_step="") & Q(next_step_on__isnull=False)),
                violation_error_message=_("An open lead has a next step and its day: nothing falls silent."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class RestrictionRequest(models.Model):
    """Somebody asks to hide something. Hide first, decide later, by two people, with a day of review."""

    PUBLIC: frozenset[str] = frozenset()
    GIVEN_BY_OTHERS = True

    class By(models.TextChoices):
        PERSON = "person", _("the person")
        RELATIVE = "relative", _("a relative")
        LAWYER = "lawyer", _("the lawyer")
        OTHER = "other", _("somebody else")

    class Outcome(models.TextChoices):
        OPEN = "open", _("not decided")
        GRANTED = "granted", _("granted")
        PARTLY = "partly", _("granted in part")
        REFUSED = "refused", _("refused")

    prisoner = models.ForeignKey(
        Prisoner, verbose_name=_("person"), related_name="restriction_requests", on_delete=models.PROTECT
    )
    by = models.CharField(_("by whom"), max_length=10, choices=By)
    contact = models.CharField(_("contact"), max_length=300, blank=True)
    received_on = models.DateField(_("received on"))
    text = models.TextField(_("what is asked, and why"))
    hidden_what = models.CharField(_("what was hidden at once"), max_length=300, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.OPEN)
    decision = models.TextField(_("decision and its reasons"), blank=True)
    decided_by = StaffReference(_("decided by"), null=True, blank=True)
    confirmed_by = StaffReference(_("confirmed by"), null=True, blank=True)
    review_on = models.DateField(_("review on"))

    class Meta:
        verbose_name = _("request to restrict")
        verbose_name_plural = _("requests to restrict")
        ordering = ["outcome", "review_on"]
        constraints = [
            models.CheckConstraint(
                name="restrictionrequest_two_people_decide",
                condition=Q(outcome="open")
                | (
                    Q(decided_by__isnull=False, confirmed_by__isnull=False)
                    & ~Q(decided_by=models.F("confirmed_by"))
                    & ~Q(decision="")
                ),
                violation_error_message=_("A decision has its reasons and is taken by two different people."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.received_on}: {self.get_by_display()}"


class RecognitionReview(models.Model):
    """A request for recognition that is under consideration, or was refused. Never public."""

    PUBLIC: frozenset[str] = frozenset()

    class Outcome(models.TextChoices):
        UNDER_CONSIDERATION = (
            "under_consideration",
            pgettext_lazy("recognition_outcome", "under consideration"),
        )
        REFUSED = "refused", pgettext_lazy("recognition_outcome", "not recognised")

    prisoner = models.ForeignKey(Prisoner, related_name="recognition_reviews", on_delete=models.CASCADE)
    outcome = models.CharField(
        _("state"), max_length=20, choices=Outcome, default=Outcome.UNDER_CONSIDERATION
    )
    on = PartialDateField(_("date"))
    text = models.TextField(_("considerations"), blank=True)

    class Meta:
        verbose_name = _("review of a recognition")
        verbose_name_plural = _("reviews of recognitions")
        ordering = ["-id"]
        constraints = [
            partial_date_constraint("recognitionreview_on_valid", "on"),
            models.CheckConstraint(
                name="recognitionreview_outcome_known",
                condition=Q(outcome__in=["under_consideration", "refused"]),
                violation_error_message=_("A decision to recognise is entered as a recognition."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()
