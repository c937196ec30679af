"""Measures of restraint over time: chosen, extended to a day, ended. House arrest never has an address."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.choices import RestraintMeasure
from cases.models.ground import InCourt, certainly_ordered
from cases.models.prosecution import Prosecution
from cases.models.public_when import OF_PROSECUTION, OF_RESTRAINT
from memorial.base.fields import PartialDateField, earliest_day, latest_day, partial_date_constraint
from memorial.base.partial_date import PartialDate
from prisoners.models.custody import AFTER_DEATH, IN_THE_FUTURE, Fact, not_in_the_future


class Restraint(InCourt, Fact):
    """A measure of restraint, or what stands in its place. `until` may lie ahead; `ended` has happened."""

    PUBLIC = frozenset({"prosecution", "measure", "court", "began", "until", "ended", "note", "verification"})
    PUBLIC_WHEN = OF_PROSECUTION

    TRIGGERS = (
        not_in_the_future("began", "ended"),
        ("alive", "BEFORE INSERT OR UPDATE", "memorial_guard_restraint_alive()"),
    )
    REFUSALS = {"cases_restraint_happened": IN_THE_FUTURE, "prisoners_after_death": AFTER_DEATH}

    prosecution = models.ForeignKey(
        Prosecution, verbose_name=_("prosecution"), related_name="restraints", on_delete=models.CASCADE
    )
    measure = models.CharField(_("measure"), max_length=24, choices=RestraintMeasure)
    began = PartialDateField(_("from"))
    began_earliest = earliest_day("began")
    began_latest = latest_day("began")
    until = PartialDateField(_("until, as first decided"))
    until_earliest = earliest_day("until")
    until_latest = latest_day("until")
    ended = PartialDateField(_("ended on"))
    ended_earliest = earliest_day("ended")
    ended_latest = latest_day("ended")

    class Meta:
        verbose_name = _("measure of restraint")
        verbose_name_plural = _("measures of restraint")
        ordering = ["began_earliest", "id"]
        constraints = [
            partial_date_constraint("restraint_began_valid", "began"),
            partial_date_constraint("restraint_until_valid", "until"),
            partial_date_constraint("restraint_ended_valid", "ended"),
            certainly_ordered(
                "restraint_until_after_it_began",
                "began",
                "until",
                _("A measure cannot be set until a day before it began."),
            ),
            certainly_ordered(
                "restraint_ends_after_it_began", "began", "ended", _("A measure cannot end before it began.")
            ),
        ]

    def __str__(self) -> str:
        return self.get_measure_display()

    @property
    def runs_until(self) -> PartialDate | None:
        """The day that the last extension sets, else the first decision. Uses what is prefetched."""
        extensions = list(self.extensions.all())
        return extensions[-1].until if extensions else self.until


class RestraintExtension(InCourt, Fact):
    """A court extended a measure to a day, which may lie ahead."""

    PUBLIC = frozenset({"restraint", "decided_on", "until", "court", "note", "verification"})
    PUBLIC_WHEN = OF_RESTRAINT

    TRIGGERS = (not_in_the_future("decided_on"),)
    REFUSALS = {"cases_restraintextension_happened": IN_THE_FUTURE}

    restraint = models.ForeignKey(
        Restraint,
        verbose_name=_("measure of restraint"),
        related_name="extensions",
        on_delete=models.CASCADE,
    )
    decided_on = PartialDateField(_("decided on"))
    decided_on_earliest = earliest_day("decided_on")
    decided_on_latest = latest_day("decided_on")
    until = PartialDateField(_("extended until"), null=False, blank=False)
    until_earliest = earliest_day("until")
    until_latest = latest_day("until")

    class Meta:
        verbose_name = _("extension of a measure")
        verbose_name_plural = _("extensions of measures")
        ordering = ["until_latest", "id"]
        constraints = [
            partial_date_constraint("restraintextension_decided_valid", "decided_on"),
            partial_date_constraint("restraintextension_until_valid", "until"),
            certainly_ordered(
                "restraintextension_until_after_decided",
                "decided_on",
                "until",
                _("A measure cannot be extended until a day before that was decided."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.until)
