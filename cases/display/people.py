"""A person in a case: the charges, what was decided, where the prosecution stands, liberty, recognition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from cases.choices import Plea, Stage
from cases.display.charges import ShownCharge, charges_line, shown_charges
from cases.display.decisions import ShownDecision, ShownOutcome, decisions_on, standing_outcome
from cases.models import Case, Prosecution
from cases.stage import stage_of
from memorial.base.shown_text import ShownText
from prisoners.choices import LibertyStatus
from prisoners.display.liberty import DEPRIVED, StatusMark, liberty_of
from prisoners.display.people import PersonCard
from prisoners.display.words import Gendered, capital

_ELSEWHERE: Final = Gendered(
    pgettext_lazy("feminine", "Recognised as a political prisoner in another case"),
    pgettext_lazy("masculine", "Recognised as a political prisoner in another case"),
    pgettext_lazy("gender not known", "Recognised as a political prisoner in another case"),
)
_STAGE_IS_DECISION: Final = frozenset(
    {
        Stage.ACQUITTED,
        Stage.ADM_RULING,
        Stage.COMPULSORY_TREATMENT,
        Stage.DISCONTINUED,
        Stage.NEW_TRIAL,
        Stage.RETURNED_TO_PROSECUTOR,
    }
)
"""Stages that say what the decision has said."""
_SERVED_WHERE: Final = DEPRIVED | {LibertyStatus.FORCED_LABOUR}


@dataclass(frozen=True)
class PersonInCase:
    """One published person in one case on one day. Uses what `Case.objects.for_detail()` loads."""

    prosecution: Prosecution
    on: date

    @cached_property
    def card(self) -> PersonCard:
        return PersonCard(self.prosecution.prisoner, self.on)

    @cached_property
    def charges(self) -> list[ShownCharge]:
        return shown_charges(self.prosecution)

    @cached_property
    def charges_line(self) -> ShownText:
        """The references that stand, on one line."""
        return charges_line(self.charges)

    @cached_property
    def outcome(self) -> ShownOutcome | None:
        """How the prosecution ended so far."""
        return standing_outcome(self._decided)

    @cached_property
    def _decided(self) -> list[ShownOutcome]:
        return decisions_on(self.prosecution)

    @property
    def decision(self) -> str:
        """«7 лет 6 месяцев колонии общего режима»; "" where nothing has been decided."""
        return capital(self.outcome.words) if self.outcome else ""

    @property
    def in_force(self) -> str:
        """Since when the decision has been in force, as it says or as one that upheld it does; "" where unknown."""
        if self.outcome is None:
            return ""
        places = [outcome.decision.pk for outcome in self._decided]
        since = self._decided[places.index(self.outcome.decision.pk) :]
        words = (ShownDecision(outcome.decision).in_force for outcome in since)
        return capital(next((said for said in words if said), ""))

    @cached_property
    def stage(self) -> Stage:
        return person_stage(self.prosecution, self.on)

    @property
    def stage_words(self) -> str:
        """«Кассация»; "" where it is not known, or says what the decision has said."""
        if (self.stage in _STAGE_IS_DECISION and self.outcome) or (
            self.stage == Stage.IN_FORCE and self.in_force
        ):
            return ""
        return "" if self.stage == Stage.UNKNOWN else capital(str(self.stage.label))

    @property
    def notes(self) -> list[str]:
        """What else belongs to the person's part in the case, each only where it says something."""
        plea = "" if self.prosecution.plea == Plea.NOT_KNOWN else str(Plea(self.prosecution.plea).label)
        absent = _("in absentia") if self.prosecution.in_absentia else ""
        return [capital(words) for words in (absent, plea) if words]

    @cached_property
    def recognised(self) -> StatusMark | None:
        """The recognition, where there is one; one made in another case is said to be that."""
        if self.prosecution.recognition_links.all() or not self.is_recognised_elsewhere:
            return self.card.recognised
        return StatusMark("no", _ELSEWHERE.of(self.card.person.gender)) if self.card.recognised else None

    @property
    def is_recognised_elsewhere(self) -> bool:
        """Whether a decision on recognition is tied to another prosecution of the person, and not to this one."""
        return bool(getattr(self.prosecution, "recognised_elsewhere", False))


def people_of(case: Case, on: date) -> list[PersonInCase]:
    """The published people of a case, in the order in which they were loaded: by name."""
    return [PersonInCase(prosecution, on) for prosecution in case.prosecutions.all()]


def person_stage(prosecution: Prosecution, on: date) -> Stage:
    """Where the prosecution stands, without claiming that the dead and the free serve a sentence.

    The person comes from `Prisoner.objects.for_list()`.
    """
    stage = stage_of(prosecution, on)
    if stage == Stage.SERVING and liberty_of(prosecution.prisoner) not in _SERVED_WHERE:
        return Stage.IN_FORCE
    return stage


def stages_line(prosecutions: Iterable[Prosecution], on: date) -> str:
    """The stages of these people in few words, each once: «апелляция; отбывание наказания»."""
    found = {person_stage(prosecution, on) for prosecution in prosecutions} - {Stage.UNKNOWN}
    found -= {Stage.IN_FORCE} if Stage.SERVING in found else set()
    return "; ".join(str(stage.label) for stage in Stage if stage in found)
