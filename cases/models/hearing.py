"""Hearings: the only facts with a time of day, told in the court's own zone."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.choices import HearingAccess, HearingState, Instance
from cases.models.case import Case
from cases.models.ground import ONE_CASE, InCourt, same_case
from cases.models.prosecution import Prosecution
from cases.models.public_when import HEARING, OF_HEARING, OF_PROSECUTION
from cases.querysets import HearingQuerySet
from prisoners.models.custody import Fact

THE_WHOLE_CASE = _("concerns the whole case")
THE_WHOLE_CASE_HELP = _(
    "Choose people below, and it concerns only them; ticked again, their list is emptied."
)


class Hearing(InCourt, Fact):
    """A hearing on a day, with its time as the clock on the court's wall shows it, where that is known.

    `uid` is the entry's name in readers' calendars for ever; the database raises `sequence`
    whenever day, time, place or state change, so that a program updates the same entry.
    """

    PUBLIC = frozenset(
        {
            "case",
            "whole_case",
            "court",
            "room",
            "on",
            "at",
            "subject",
            "instance",
            "access",
            "hearing_state",
            "postponed_to",
            "uid",
            "sequence",
            "note",
            "verification",
        }
    )
    PUBLIC_WHEN = HEARING

    TRIGGERS = (
        ("happened", "BEFORE INSERT OR UPDATE", "memorial_guard_hearing_held()"),
        same_case("one_case", ("case_id", ""), ("postponed_to_id", "cases_hearing")),
        ("case_kept", "BEFORE UPDATE OF case_id", "memorial_guard_case_kept('hearing_id')"),
        ("sequence", "BEFORE UPDATE", "memorial_raise_sequence()"),
        (
            "whole_case",
            "AFTER UPDATE OF whole_case",
            "memorial_empty_people('cases_hearingperson', 'hearing_id')",
        ),
    )
    REFUSALS = {
        "cases_hearing_happened": _("A hearing on a day to come is planned, not held."),
        **ONE_CASE,
    }

    case = models.ForeignKey(Case, verbose_name=_("case"), related_name="hearings", on_delete=models.CASCADE)
    whole_case = models.BooleanField(THE_WHOLE_CASE, default=True, help_text=THE_WHOLE_CASE_HELP)
    room = models.CharField(_("room"), max_length=40, blank=True)
    on = models.DateField(_("day"))
    at = models.TimeField(_("time"), null=True, blank=True, help_text=_("By the clock of the court's town."))
    subject = models.CharField(_("what is heard"), max_length=200, blank=True)
    instance = models.CharField(_("instance"), max_length=14, choices=Instance, default=Instance.FIRST)
    access = models.CharField(
        _("open to the public"), max_length=8, choices=HearingAccess, default=HearingAccess.UNKNOWN
    )
    hearing_state = models.CharField(
        _("took place"), max_length=10, choices=HearingState, default=HearingState.PLANNED
    )
    postponed_to = models.OneToOneField(
        "self",
        verbose_name=_("postponed to"),
        related_name="postponed_from",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    uid = models.UUIDField(_("name in calendars"), default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(_("number of the change"), default=0, editable=False)

    objects = HearingQuerySet.as_manager()

    class Meta:
        verbose_name = _("hearing")
        verbose_name_plural = _("hearings")
        ordering = ["on", F("at").asc(nulls_first=True), "id"]
        indexes = [models.Index(fields=["on", "case"], name="hearing_by_day")]
        constraints = [
            models.CheckConstraint(
                name="hearing_postponed_to_another",
                condition=Q(postponed_to__isnull=True) | ~Q(postponed_to=F("id")),
                violation_error_message=_("A hearing is postponed to another one, not to itself."),
            ),
            models.CheckConstraint(
                name="hearing_postponed_is_said",
                condition=Q(postponed_to__isnull=True) | Q(hearing_state=HearingState.POSTPONED),
                violation_error_message=_("Only a postponed hearing has another one in its place."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.at or ''}".strip()

    @property
    def starts_at(self) -> datetime | None:
        """The moment when it begins; None where the time is not known, or the zone of a court that readers see."""
        zone = self.court.zone if self.court and self.court.is_published else None
        if self.at is None or zone is None:
            return None
        return datetime.combine(self.on, self.at, tzinfo=zone)


class HearingPerson(models.Model):
    """Whose prosecution a hearing is about, where it is not about the whole case."""

    PUBLIC = frozenset({"hearing", "prosecution"})
    PUBLIC_WHEN = f"{OF_HEARING} AND {OF_PROSECUTION}"

    TRIGGERS = (
        same_case("one_case", ("hearing_id", "cases_hearing"), ("prosecution_id", "cases_prosecution")),
        ("whole_case", "AFTER INSERT OR UPDATE", "memorial_not_whole_case('cases_hearing', 'hearing_id')"),
    )
    REFUSALS = ONE_CASE

    hearing = models.ForeignKey(
        Hearing, verbose_name=_("hearing"), related_name="people", on_delete=models.CASCADE
    )
    prosecution = models.ForeignKey(
        Prosecution, verbose_name=_("prosecution"), related_name="hearing_links", on_delete=models.CASCADE
    )

    class Meta:
        verbose_name = _("person of a hearing")
        verbose_name_plural = _("people of hearings")
        constraints = [models.UniqueConstraint(fields=["hearing", "prosecution"], name="hearingperson_once")]

    def __str__(self) -> str:
        return str(self.prosecution)
