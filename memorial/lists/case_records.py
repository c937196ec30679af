"""Which measure of restraint and which decisions of a person a table shows, and a row is compared with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.choices import Instance
from cases.models import Decision, DecisionPerson, Prosecution, Restraint
from prisoners.importers.fields import Part

INSTANCES = {Part.DECISION: Instance.FIRST, Part.APPEAL: Instance.APPEAL}
STEMS = {Part.DECISION: "decision", Part.APPEAL: "appeal"}
READ = (
    "charges__article",
    "restraints",
    "decision_links__decision__people",
    "decision_links__penalties",
    "case__decisions__people",
)


@dataclass(frozen=True)
class OnePersonsDecision:
    """A decision, and what it means for the person; no link where it is of the whole case."""

    decision: Decision
    link: DecisionPerson | None

    @property
    def is_of_others_too(self) -> bool:
        """Whether a change of it would be one of other people's record."""
        return self.link is None or len(self.decision.people.all()) > 1


def shown_restraint(prosecution: Prosecution) -> Restraint | None:
    """The measure that began last. Uses what is prefetched."""
    return max(
        prosecution.restraints.all(),
        key=lambda one: (one.began_earliest or date.min, one.pk),
        default=None,
    )


def shown_decision(prosecution: Prosecution, part: Part) -> OnePersonsDecision | None:
    """The last decision of an instance. Uses what is prefetched."""
    found = [OnePersonsDecision(link.decision, link) for link in prosecution.decision_links.all()]
    of_all = (one for one in prosecution.case.decisions.all() if one.whole_case)
    found += [OnePersonsDecision(decision, None) for decision in of_all]
    return _last(one for one in found if one.decision.instance == INSTANCES[part])


def decision_by_link(prosecution: Prosecution, number: int) -> OnePersonsDecision | None:
    """The decision that an import made; None where staff deleted it."""
    links = prosecution.decision_links.all()
    return next((OnePersonsDecision(link.decision, link) for link in links if link.pk == number), None)


def _last(found: Iterable[OnePersonsDecision]) -> OnePersonsDecision | None:
    return max(
        found,
        key=lambda one: (one.decision.round, one.decision.on_earliest or date.min, one.decision.pk),
        default=None,
    )
