"""Requests for help, from first contact to their end: an open one has a next step and its day."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.choices import OPEN_STATES, Programme, RequestChannel, RequestState
from assistance.models.client import Client, OfClient
from assistance.querysets import HelpRequestQuerySet
from memorial.base.encrypted_fields import EncryptedCharField, EncryptedTextField, sealed_constraint
from memorial.base.fields import StaffReference

OPEN = [state.value for state in OPEN_STATES]


class HelpRequest(OfClient):
    """A client asks for help. While it is open somebody waits for us, and the database sees to it."""

    client = models.ForeignKey(
        Client, verbose_name=_("client"), related_name="requests", on_delete=models.CASCADE
    )
    programme = models.CharField(
        _("help wanted"), max_length=12, choices=Programme, default=Programme.NOT_CLEAR
    )
    received_on = models.DateField(_("received on"), default=timezone.localdate)
    channel = models.CharField(_("how it came"), max_length=12, choices=RequestChannel)
    state = models.CharField(
        _("state"), max_length=15, choices=RequestState, default=RequestState.FIRST_CONTACT
    )
    coordinator = StaffReference(_("coordinator"), null=True, blank=True, db_index=True)
    text = EncryptedTextField(_("what is asked"), blank=True)
    next_step = EncryptedCharField(_("next step"), max_length=300, blank=True)
    next_step_on = models.DateField(_("on"), null=True, blank=True)
    last_step_on = models.DateField(_("last step on"), default=timezone.localdate)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    decision = EncryptedTextField(_("decision and its reasons"), blank=True)

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for help")
        verbose_name_plural = _("requests for help")
        ordering = ["next_step_on", "-id"]
        indexes = [
            models.Index(
                fields=["next_step_on"], condition=Q(state__in=OPEN), name="helprequest_by_next_step"
            )
        ]
        constraints = [
            sealed_constraint("helprequest_text_sealed", "text"),
            sealed_constraint("helprequest_next_step_sealed", "next_step"),
            sealed_constraint("helprequest_decision_sealed", "decision"),
            models.CheckConstraint(
                name="helprequest_state_known",
                condition=Q(state__in=RequestState.values),
                violation_error_message=_("Choose one of the states."),
            ),
            models.CheckConstraint(
                name="helprequest_open_has_a_next_step",
                condition=~Q(state__in=OPEN) | (~Q(next_step="") & Q(next_step_on__isnull=False)),
                violation_error_message=_(
                    "An open request has a next step and its day: nothing falls silent."
                ),
            ),
            models.CheckConstraint(
                name="helprequest_closed_has_its_day",
                condition=Q(state__in=OPEN, closed_on__isnull=True)
                | (~Q(state__in=OPEN) & Q(closed_on__isnull=False)),
                violation_error_message=_(
                    "A request that is closed has the day it was closed, an open one has none."
                ),
            ),
            models.CheckConstraint(
                name="helprequest_closed_after_received",
                condition=Q(closed_on__gte=F("received_on")),
                violation_error_message=_("A request cannot be closed before it was received."),
            ),
            models.CheckConstraint(
                name="helprequest_step_after_received",
                condition=Q(last_step_on__gte=F("received_on")),
                violation_error_message=_("No step was taken before the request was received."),
            ),
            models.CheckConstraint(
                name="helprequest_refused_with_reasons",
                condition=~Q(state=RequestState.REFUSED) | ~Q(decision=""),
                violation_error_message=_("Say why the request was refused."),
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether somebody waits for us."""
        return self.state in OPEN
