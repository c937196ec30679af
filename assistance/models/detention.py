"""Defending rights in detention: which right, where, what was done and what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assistance.choices import DetentionOutcomeKind, DetentionRight
from assistance.models.client import Client, OfClient
from assistance.models.legal import OfAid
from assistance.models.money import Costed, cost_constraints
from assistance.models.rules import (
    BEFORE_IT_BEGAN,
    IN_THE_FUTURE,
    NEEDED,
    SEES_CLIENT,
    SEES_COSTS,
    Lasting,
    lasting_constraints,
    needed_here,
    not_in_the_future,
    seen_with,
)
from assistance.querysets import LastingAidQuerySet, OfAidQuerySet
from memorial.base.encrypted_fields import EncryptedTextField, sealed_constraint
from memorial.base.fields import PartialDateField, earliest_day, latest_day, partial_date_constraint
from prisoners.models import Facility


class DetentionAid(OfClient, Lasting, Costed):
    """A right that was violated, and what was done to defend it."""

    STAFF_WHEN = f"{SEES_CLIENT} OR {SEES_COSTS}"
    TRIGGERS = (
        not_in_the_future("began"),
        (
            "outcomes",
            "BEFORE UPDATE OF began",
            "memorial_guard_aid_began('assistance_detentionoutcome', 'detention_aid_id')",
        ),
    )
    TRIGGERS_BELOW = (needed_here("prisoners_facility", "assistance_detentionaid", "facility_id"),)
    REFUSALS = {
        "assistance_detentionaid_happened": IN_THE_FUTURE,
        "assistance_outcome_after_it_began": BEFORE_IT_BEGAN,
        "record_is_needed": NEEDED,
    }

    client = models.ForeignKey(
        Client, verbose_name=_("client"), related_name="detention_aids", on_delete=models.CASCADE
    )
    right = models.CharField(_("right violated"), max_length=16, choices=DetentionRight)
    facility = models.ForeignKey(
        Facility,
        verbose_name=_("institution"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
    )
    action = EncryptedTextField(_("what was done"), blank=True)
    note = EncryptedTextField(_("note"), blank=True)

    objects = LastingAidQuerySet.as_manager()

    class Meta:
        verbose_name = _("help in detention")
        verbose_name_plural = _("help in detention")
        ordering = ["-began_earliest", "-id"]
        constraints = [
            *lasting_constraints("detentionaid"),
            *cost_constraints("detentionaid"),
            sealed_constraint("detentionaid_action_sealed", "action"),
            sealed_constraint("detentionaid_note_sealed", "note"),
            models.CheckConstraint(
                name="detentionaid_right_known",
                condition=Q(right__in=DetentionRight.values),
                violation_error_message=_("Choose one of the rights."),
            ),
        ]


class DetentionOutcome(OfAid):
    """What came of defending a right, and when."""

    STAFF_WHEN = seen_with("assistance_detentionaid", "detention_aid_id")
    TRIGGERS = (
        not_in_the_future("on"),
        (
            "aid_began",
            "BEFORE INSERT OR UPDATE",
            "memorial_guard_outcome('assistance_detentionaid', 'detention_aid_id')",
        ),
    )
    REFUSALS = {
        "assistance_detentionoutcome_happened": IN_THE_FUTURE,
        "assistance_outcome_after_it_began": BEFORE_IT_BEGAN,
    }

    detention_aid = models.ForeignKey(
        DetentionAid,
        verbose_name=_("help in detention"),
        related_name="outcomes",
        on_delete=models.CASCADE,
    )
    kind = models.CharField(_("outcome"), max_length=20, choices=DetentionOutcomeKind)
    on = PartialDateField(_("on"))
    on_earliest = earliest_day("on")
    on_latest = latest_day("on")
    note = EncryptedTextField(_("note"), blank=True)

    objects = OfAidQuerySet.as_manager()

    class Meta:
        verbose_name = _("outcome of help in detention")
        verbose_name_plural = _("outcomes of help in detention")
        ordering = ["on_earliest", "id"]
        constraints = [
            partial_date_constraint("detentionoutcome_on_valid", "on"),
            sealed_constraint("detentionoutcome_note_sealed", "note"),
        ]
