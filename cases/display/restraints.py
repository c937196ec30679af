"""Measures of restraint in words: chosen, extended to a day, ended. House arrest never has an address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from cases.choices import RestraintMeasure
from cases.display.decisions import court_name
from cases.display.lengths import limit_words
from cases.models import Decision, Prosecution, Restraint
from memorial.base.partial_date import PartialDate
from memorial.base.shown_text import ShownText, shown_text
from prisoners.display.words import capital, date_words


@dataclass(frozen=True)
class ShownRestraint:
    """One measure over time. Uses what `with_record()` loads."""

    restraint: Restraint

    @cached_property
    def label(self) -> str:
        """«Заключение под стражу»."""
        return capital(str(RestraintMeasure(self.restraint.measure).label))

    @property
    def began(self) -> str:
        return date_words(self.restraint.began) if isinstance(self.restraint.began, PartialDate) else ""

    @property
    def until(self) -> str:
        """«До 14 февраля 2027»: the day that the last decision sets; "" once the measure has ended."""
        runs_until = self.restraint.runs_until
        if self.restraint.ended or not isinstance(runs_until, PartialDate):
            return ""
        return _("until %(date)s") % {"date": limit_words(runs_until)}

    @property
    def ended(self) -> str:
        return date_words(self.restraint.ended) if isinstance(self.restraint.ended, PartialDate) else ""

    @cached_property
    def court(self) -> ShownText:
        return court_name(self.restraint.court)

    @cached_property
    def note(self) -> ShownText:
        return shown_text(self.restraint, "note")


def measure_told(decision: Decision, prosecutions: Iterable[Prosecution]) -> str:
    """Which measure a decision of that day chose, extended or ended for these people; "" unless it is one and the same."""
    measures = {
        restraint.measure
        for prosecution in prosecutions
        for restraint in prosecution.restraints.all()
        if decision.on is not None and decision.on in _days(restraint)
    }
    return capital(str(RestraintMeasure(measures.pop()).label)) if len(measures) == 1 else ""


def _days(restraint: Restraint) -> list[object]:
    decided = [extension.decided_on for extension in restraint.extensions.all()]
    return [restraint.began, restraint.ended, *decided]


def shown_restraints(prosecution: Prosecution) -> list[ShownRestraint]:
    """The measures of one person in one case, oldest first."""
    return [ShownRestraint(restraint) for restraint in prosecution.restraints.all()]
