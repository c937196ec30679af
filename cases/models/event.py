"""What else happened in a case, and how the people of cases are related."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from cases.choices import EventKind, RelationKind
from cases.models.case import Case
from cases.models.ground import ONE_CASE, same_case
from cases.models.prosecution import Prosecution
from cases.models.public_when import BOTH_PEOPLE_ARE_PUBLIC, OF_CASE_OR_PROSECUTION
from memorial.base.choices import Verification
from memorial.base.fields import PartialDateField, earliest_day, latest_day, partial_date_constraint
from prisoners.models import Prisoner
from prisoners.models.custody import IN_THE_FUTURE, not_in_the_future

OF_A_CASE_OR_A_PERSON = _("Choose the case, or whose prosecution in it.")


class Event(models.Model):
    """A line of the chronology that no charge, hearing or decision tells, of a case or of one person in it.

    The database fills the case from the prosecution, so that a case finds all its events by `case`.
    """

    PUBLIC = frozenset({"case", "prosecution", "kind", "on", "line", "verification"})
    PUBLIC_WHEN = OF_CASE_OR_PROSECUTION

    TRIGGERS = (
        not_in_the_future("on"),
        ("fill_case", "BEFORE INSERT OR UPDATE", "memorial_fill_case()"),
        same_case("one_case", ("case_id", ""), ("prosecution_id", "cases_prosecution")),
    )
    REFUSALS = {"cases_event_happened": IN_THE_FUTURE, **ONE_CASE}

    case = models.ForeignKey(
        Case, verbose_name=_("case"), related_name="events", null=True, blank=True, on_delete=models.CASCADE
    )
    prosecution = models.ForeignKey(
        Prosecution,
        verbose_name=_("prosecution"),
        related_name="events",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    kind = models.CharField(_("kind"), max_length=14, choices=EventKind, default=EventKind.OTHER)
    on = PartialDateField(_("on"))
    on_earliest = earliest_day("on")
    on_latest = latest_day("on")
    line = models.CharField(_("one public line"), max_length=400)
    verification = models.CharField(
        _("checked"), max_length=20, choices=Verification, default=Verification.ONE_SOURCE
    )

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["on_earliest", "id"]
        constraints = [
            partial_date_constraint("event_on_valid", "on"),
            models.CheckConstraint(
                name="event_of_a_case_or_a_person",
                condition=Q(case__isnull=False) | Q(prosecution__isnull=False),
                violation_error_message=OF_A_CASE_OR_A_PERSON,
            ),
            models.CheckConstraint(
                name="event_says_something",
                condition=~Q(line_ru="") | ~Q(line_en=""),
                violation_error_message=_("Say in one language at least what happened."),
            ),
        ]

    def __str__(self) -> str:
        return self.line


class Relation(models.Model):
    """How one person is related to another: the first to the second.

    Shown only on purpose, between two published people of whom neither is shown by initials.
    """

    PUBLIC = frozenset({"person", "other", "kind", "shown"})
    PUBLIC_WHEN = f"r.shown AND {BOTH_PEOPLE_ARE_PUBLIC}"

    person = models.ForeignKey(
        Prisoner, verbose_name=_("person"), related_name="relations", on_delete=models.CASCADE
    )
    other = models.ForeignKey(
        Prisoner,
        verbose_name=_("other person"),
        related_name="relations_of_others",
        on_delete=models.CASCADE,
    )
    kind = models.CharField(_("relation"), max_length=16, choices=RelationKind)
    shown = models.BooleanField(_("shown to readers"), default=False)

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints = [
            models.UniqueConstraint(
                Least("person", "other"),
                Greatest("person", "other"),
                "kind",
                name="relation_once",
                violation_error_message=_("This relation is entered already, perhaps the other way round."),
            ),
            models.CheckConstraint(
                name="relation_to_another_person",
                condition=~Q(person=F("other")),
                violation_error_message=_("A person is not related to themselves."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} — {self.get_kind_display()} — {self.other}"
