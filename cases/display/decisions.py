"""Decisions in words: what was decided, by whom, and what it means for each person.

A ruling on compulsory medical measures is not a penalty: «суд направил на принудительное лечение»,
never «отбывает» (domain, rule 7).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from cases.choices import DecisionKind, Instance, MedicalMeasure
from cases.display.lengths import limit_words
from cases.display.penalties import penalties_words
from cases.models import Court, Decision, DecisionPerson, Prosecution
from memorial.base.localized import current_language
from memorial.base.partial_date import PartialDate
from memorial.base.shown_text import ShownText, shown_text
from prisoners.display.words import Gendered, capital, date_words

_GUILTY: Final = Gendered(
    pgettext_lazy("decision feminine", "found guilty"),
    pgettext_lazy("decision masculine", "found guilty"),
    pgettext_lazy("decision", "guilty verdict"),
)
_ACQUITTED: Final = Gendered(
    pgettext_lazy("decision feminine", "acquitted"),
    pgettext_lazy("decision masculine", "acquitted"),
    pgettext_lazy("decision", "acquittal"),
)
_TREATMENT: Final = pgettext_lazy("decision", "the court ordered compulsory treatment")

WITH_PENALTIES: Final = frozenset(
    {
        DecisionKind.GUILTY_VERDICT,
        DecisionKind.REDUCED,
        DecisionKind.INCREASED,
        DecisionKind.PENALTY_REPLACED,
        DecisionKind.SUSPENDED_REVOKED,
        DecisionKind.AGGREGATED,
        DecisionKind.ADM_RULING,
    }
)
"""Decisions that say anew what a person is to serve."""

ANNULLING: Final = frozenset(
    {DecisionKind.QUASHED, DecisionKind.REMITTED, DecisionKind.RETURNED_TO_PROSECUTOR}
)
"""Decisions after which an earlier verdict no longer stands."""

OUTCOMES: Final = (
    WITH_PENALTIES
    | ANNULLING
    | {
        DecisionKind.ACQUITTAL,
        DecisionKind.MEDICAL_RULING,
        DecisionKind.MEDICAL_CHANGED,
        DecisionKind.MEDICAL_ENDED,
        DecisionKind.DISCONTINUATION,
        DecisionKind.EXPULSION,
        DecisionKind.EXTRADITION,
        DecisionKind.PARDON,
    }
)
"""Decisions that change how a prosecution ends; the others leave the outcome as it is."""


_MEDICAL: Final = frozenset(
    {
        DecisionKind.MEDICAL_RULING,
        DecisionKind.MEDICAL_EXTENDED,
        DecisionKind.MEDICAL_CHANGED,
        DecisionKind.MEDICAL_ENDED,
    }
)


@dataclass(frozen=True)
class ShownOutcome:
    """What one decision means for one person.

    `of_all` is a decision about the whole case that says nothing of each person apart; then there is no link.
    """

    link: DecisionPerson | None
    gender: str = ""
    of_all: Decision | None = None

    @property
    def decision(self) -> Decision:
        """The decision itself. Raises ValueError for an outcome of nothing."""
        if self.link is not None:
            return self.link.decision
        if self.of_all is None:
            raise ValueError("An outcome is of a decision.")
        return self.of_all

    @cached_property
    def words(self) -> str:
        """«7 лет 6 месяцев колонии общего режима», «оправдана», «суд направил на принудительное лечение»."""
        words = self._core()
        if self.link is not None and self.link.in_absentia:
            # Translators: a verdict in the person's absence: «5 лет колонии общего режима (заочно)»
            words = _("%(decision)s (in absentia)") % {"decision": words}
        return words

    @cached_property
    def note(self) -> ShownText:
        """What else staff say of the outcome, in one line."""
        if self.link is None:
            return ShownText("", current_language())
        return shown_text(self.link, "outcome_line")

    @property
    def when(self) -> str:
        """«19 февраля 2024»; "" where the day is not known."""
        return date_words(self.decision.on) if isinstance(self.decision.on, PartialDate) else ""

    def _core(self) -> str:
        kind = DecisionKind(self.decision.kind)
        penalties = penalties_words(self.link.penalties.all()) if self.link else ""
        if kind == DecisionKind.MEDICAL_RULING:
            return _with_measure(str(_TREATMENT), self.link)
        if kind == DecisionKind.ACQUITTAL:
            return _ACQUITTED.of(self.gender)
        if kind == DecisionKind.GUILTY_VERDICT:
            return penalties or _GUILTY.of(self.gender)
        if kind == DecisionKind.ADM_RULING and penalties:
            return penalties
        label = _with_measure(str(kind.label), self.link)
        return f"{label}: {penalties}" if penalties else label


def _with_measure(words: str, link: DecisionPerson | None) -> str:
    if link is None or not link.medical_measure:
        return words
    return f"{words} ({MedicalMeasure(link.medical_measure).label})"


@dataclass(frozen=True)
class ShownDecision:
    """A decision as a page shows it, with what it means for the people who are shown."""

    decision: Decision
    outcomes: tuple[ShownOutcome, ...] = ()

    @property
    def title(self) -> str:
        """«Приговор», «Приговор оставлен без изменения», with the person's gender nowhere."""
        return capital(str(DecisionKind(self.decision.kind).label))

    @property
    def instance(self) -> str:
        """«Апелляция»; "" for treatment after it was ordered: there is no sentence to execute."""
        if self.decision.kind in _MEDICAL and self.decision.instance == Instance.EXECUTION:
            return ""
        return instance_words(self.decision.instance, self.decision.round)

    @property
    def when(self) -> str:
        return date_words(self.decision.on) if self.decision.on else ""

    @cached_property
    def court(self) -> ShownText:
        return court_name(self.decision.court)

    @property
    def court_url(self) -> str:
        return court_url(self.decision.court)

    @property
    def in_force(self) -> str:
        """«Вступил в силу 3 июля 2024»; "" where nobody has said it."""
        if not isinstance(self.decision.in_force_on, PartialDate):
            return ""
        return _("in force since %(date)s") % {"date": limit_words(self.decision.in_force_on)}

    @property
    def until(self) -> str:
        """Until when it holds, or by when it is to be reviewed."""
        if not isinstance(self.decision.until, PartialDate):
            return ""
        return pgettext("decision", "until %(date)s") % {"date": limit_words(self.decision.until)}

    @cached_property
    def note(self) -> ShownText:
        return shown_text(self.decision, "note")


def added_words(outcome: str, title: str) -> str:
    """What the words of an outcome add to the title of its decision; all of them where they are other words.

    «Принудительное лечение продлено (общий тип)» adds «общий тип».
    """
    if not outcome.casefold().startswith(title.casefold()):
        return outcome
    rest = outcome[len(title) :].strip(" :")
    is_bracketed = rest.startswith("(") and rest.endswith(")") and rest.count("(") == 1
    return rest[1:-1] if is_bracketed else rest


def instance_words(instance: str, round_number: int = 1) -> str:
    """«Апелляция», «первая инстанция, второе рассмотрение»; "" for a decision of no instance."""
    if instance == Instance.NONE:
        return ""
    words = str(Instance(instance).label)
    if round_number == 2:
        # Translators: the case is tried anew after a verdict was quashed
        return _("%(instance)s, second round") % {"instance": words}
    if round_number == 3:
        return _("%(instance)s, third round") % {"instance": words}
    if round_number > 3:
        # Translators: the case is tried anew after a verdict was quashed: «первая инстанция, рассмотрение 2-е»
        return _("%(instance)s, round %(number)d") % {"instance": words, "number": round_number}
    return words


def court_name(court: Court | None) -> ShownText:
    """The name of a court that has a page; one set up in occupied territory stands in quotes."""
    if court is None or not court.is_published:
        return ShownText("", current_language())
    return ShownText(court.shown_name, shown_text(court, "name").language)


def court_url(court: Court | None) -> str:
    """The address of a court's page; "" where it has none."""
    return court.get_absolute_url() if court is not None and court.is_published else ""


def decisions_on(prosecution: Prosecution) -> list[ShownOutcome]:
    """What was decided on one person in one case, oldest first, decisions about the whole case among them.

    Uses what `with_record()` loads.
    """
    gender = prosecution.prisoner.gender
    own = [ShownOutcome(link, gender) for link in prosecution.decision_links.all()]
    of_all = [
        ShownOutcome(None, gender, decision) for decision in getattr(prosecution.case, "decisions_of_all", ())
    ]
    return sorted([*own, *of_all], key=lambda each: _order(each.decision))


def _order(decision: Decision) -> tuple[int, date, int]:
    return decision.round, decision.on_latest or decision.on_earliest or date.min, decision.pk


def standing_outcome(outcomes: Iterable[ShownOutcome]) -> ShownOutcome | None:
    """The decision that says how the prosecution ended so far; None where none does.

    A later decision that changes the outcome prevails over an earlier one: a verdict that was quashed
    no longer stands, one that was upheld does.
    """
    changing = [each for each in outcomes if each.decision.kind in OUTCOMES]
    replaced = superseded_by([each.decision for each in changing])
    standing = [each for each in changing if each.decision.pk not in replaced]
    return standing[-1] if standing else None


def superseded_by(decisions: Iterable[Decision]) -> frozenset[int]:
    """Numbers of decisions that a later one of these replaced; one that was upheld is not replaced."""
    return frozenset(
        decision.supersedes_id
        for decision in decisions
        if decision.kind in OUTCOMES and decision.supersedes_id is not None
    )


def shown_among(decision: Decision, people: Iterable[int]) -> frozenset[int]:
    """Whom of the people shown a decision is about."""
    if decision.whole_case:
        return frozenset(people)
    return frozenset(people) & {link.prosecution_id for link in decision.people.all()}


def replaced_for(decisions: Iterable[Decision], people: Iterable[int]) -> dict[int, frozenset[int]]:
    """Of each decision that later ones replaced, for whom they did: for all that they are about."""
    shown, found = frozenset(people), dict[int, frozenset[int]]()
    for later in decisions:
        for number in superseded_by([later]):
            found[number] = found.get(number, frozenset()) | shown_among(later, shown)
    return found
