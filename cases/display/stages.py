"""The way of a case: investigation, instances and rounds, and what it has come to; per person where fates differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.choices import CaseKind, DecisionKind, HearingState, Instance, Stage
from cases.display.decisions import ANNULLING, OUTCOMES, ShownDecision, instance_words
from cases.display.people import PersonInCase
from cases.models import Case, Decision, Hearing
from memorial.base.partial_date import PartialDate
from prisoners.display.words import capital, date_words
from prisoners.names import PersonName

_ORDER: Final = (
    Instance.INVESTIGATION,
    Instance.FIRST,
    Instance.APPEAL,
    Instance.CASSATION,
    Instance.SUPERVISORY,
)
_TELLING: Final = OUTCOMES | {DecisionKind.UPHELD}
_AT: Final[dict[str, Instance]] = {
    Stage.PRE_INVESTIGATION: Instance.INVESTIGATION,
    Stage.INVESTIGATION: Instance.INVESTIGATION,
    Stage.FIRST_INSTANCE: Instance.FIRST,
    Stage.NEW_TRIAL: Instance.FIRST,
    Stage.APPEAL: Instance.APPEAL,
    Stage.CASSATION: Instance.CASSATION,
    Stage.SUPERVISORY: Instance.SUPERVISORY,
}
"""Where a case is while its stage is this; other stages are what a case has come to."""
_GOES_ON: Final = frozenset(
    {
        Stage.SERVING,
        Stage.COMPULSORY_TREATMENT,
        Stage.RETURNED_TO_PROSECUTOR,
        Stage.SUSPENDED_WANTED,
        Stage.SUSPENDED_CONTRACT,
        Stage.SUSPENDED_OTHER,
    }
)
_WAY: Final[dict[str, tuple[Stage, ...]]] = {
    CaseKind.ADMINISTRATIVE: (Stage.ADM_PROTOCOL, Stage.ADM_RULING, Stage.ADM_COMPLAINT),
    CaseKind.EXTRADITION: (Stage.EXTRADITION_REQUEST, Stage.EXTRADITION_DECISION, Stage.EXTRADITION_APPEAL),
}
_MOST_DECISIONS: Final = 3
_MOST_ROUNDS: Final = 9


class Place(NamedTuple):
    """Where a case may be: which consideration, before whom (a place in the order of instances)."""

    round: int
    order: int

    @property
    def instance(self) -> Instance:
        return _ORDER[self.order]


@dataclass(frozen=True)
class Step:
    """One stage on the way: done, now, or not yet; what was decided there; who is there, where not everybody is."""

    title: str
    state: str
    details: tuple[str, ...] = ()
    who: tuple[PersonName, ...] = ()

    @property
    def state_words(self) -> str:
        """«Позади», «Сейчас», «Впереди»: the shape of the sign is not the only way to tell."""
        words = {
            "done": pgettext("step of a case", "Done"),
            "now": pgettext("step of a case", "Now"),
            "todo": pgettext("step of a case", "Not yet"),
        }
        return words[self.state]

    @property
    def is_now(self) -> bool:
        return self.state == "now"


def steps_of(case: Case, people: Sequence[PersonInCase], on: date) -> list[Step]:
    """The way of a case, in order; nothing where nothing is known. Uses what `for_detail()` loads."""
    if case.kind == CaseKind.CRIMINAL:
        return CriminalWay(case, tuple(people), on).steps()
    return list(_plain_way(case, people)) if case.kind in _WAY else []


@dataclass(frozen=True)
class CriminalWay:
    """The way of a criminal case, from its decisions, hearings and the stages of its people."""

    case: Case
    people: tuple[PersonInCase, ...]
    on: date

    def steps(self) -> list[Step]:
        """Where the case has been and is, then what it has come to, then what it has not reached yet."""
        found = [self._step(place) for place in sorted(self._places)]
        return [*found, *self._ends(), *self._ahead()]

    @cached_property
    def _decisions(self) -> list[Decision]:
        return [decision for decision in self.case.decisions.all() if decision.kind in _TELLING]

    @cached_property
    def _places(self) -> set[Place]:
        places = self._reached | self._of_hearings(HearingState.PLANNED)
        if any(place.order > 1 for place in places):
            places.add(Place(1, 1))
        if self.case.opened or any(place.order > 0 for place in places):
            places.add(Place(1, 0))
        return {place for place in places if place.order > 0 or place.round == 1}

    @cached_property
    def _reached(self) -> set[Place]:
        """Where the case has been: decisions, hearings that were held and the people's stages tell it."""
        decided = (_place(decision.round, decision.instance) for decision in self._decisions)
        told = (*decided, *(self._place_of(person) for person in self.people))
        return {place for place in told if place} | self._of_hearings(HearingState.HELD)

    def _of_hearings(self, state: HearingState) -> set[Place]:
        return {
            place
            for hearing in self.case.hearings.all()
            if hearing.hearing_state == state and (place := _place(self._round_on(hearing), hearing.instance))
        }

    def _round_on(self, hearing: Hearing) -> int:
        """Which consideration a hearing belongs to: a verdict quashed before it has brought the next one."""
        before = [
            decision
            for decision in self._decisions
            if decision.on_latest is not None and decision.on_latest < hearing.on
        ]
        if not before:
            return 1
        last = max(before, key=lambda decision: (decision.round, decision.on_latest, decision.pk))
        anew = last.kind in ANNULLING and hearing.instance == Instance.FIRST
        return int(last.round) + anew

    def _place_of(self, person: PersonInCase) -> Place | None:
        """Where the person's prosecution is; None once it has come to something, or nobody knows."""
        instance = _AT.get(person.stage)
        if instance is None:
            return None
        rounds = [decision.round for decision in self._decisions if _is_about(decision, person)]
        last = max(rounds, default=1) + (person.stage == Stage.NEW_TRIAL)
        return Place(1, 0) if instance == Instance.INVESTIGATION else _place(last, instance)

    def _step(self, place: Place) -> Step:
        here = [person for person in self.people if self._place_of(person) == place]
        hearing = self._next_hearing(place)
        is_passed = any(later > place for later in self._reached)
        is_now = bool(here) or (hearing is not None and not is_passed)
        details = [*self._decided(place), *([_hearing_words(hearing)] if hearing else [])]
        title = capital(instance_words(place.instance, place.round))
        return Step(title, "now" if is_now else "done", tuple(details), self._named(here))

    def _decided(self, place: Place) -> Iterator[str]:
        """The last decisions taken there: «Приговор, 19 февраля 2024»."""
        taken = [each for each in self._decisions if _place(each.round, each.instance) == place]
        told: dict[str, None] = {}
        for decision in taken:
            title = ShownDecision(decision).title
            day = date_words(decision.on) if isinstance(decision.on, PartialDate) else ""
            told[", ".join(part for part in (title, day) if part)] = None
        yield from list(told)[-_MOST_DECISIONS:]
        if place.order == 0 and not taken and isinstance(self.case.opened, PartialDate):
            yield _("Case opened: %(date)s") % {"date": date_words(self.case.opened)}

    def _next_hearing(self, place: Place) -> Hearing | None:
        ahead = (
            hearing
            for hearing in self.case.hearings.all()
            if hearing.hearing_state == HearingState.PLANNED
            and hearing.on >= self.on
            and _place(self._round_on(hearing), hearing.instance) == place
        )
        return next(ahead, None)

    def _ends(self) -> Iterator[Step]:
        """What it has come to: being served, discontinued; for each fate a step of its own."""
        reached = {person.stage for person in self.people} - {Stage.UNKNOWN}
        reached -= {Stage.IN_FORCE} if Stage.SERVING in reached else set()
        for stage in Stage:
            there = [person for person in self.people if person.stage == stage]
            if stage in reached and stage not in _AT:
                state = "now" if stage in _GOES_ON else "done"
                yield Step(capital(str(stage.label)), state, (), self._named(there))

    def _ahead(self) -> Iterator[Step]:
        """The trial, while there has been none: nothing else can be foretold."""
        tried = any(place.order == 1 for place in self._places)
        waiting = {Stage.PRE_INVESTIGATION, Stage.INVESTIGATION, Stage.RETURNED_TO_PROSECUTOR}
        if not tried and any(person.stage in waiting for person in self.people):
            yield Step(capital(instance_words(Instance.FIRST)), "todo")

    def _named(self, there: Sequence[PersonInCase]) -> tuple[PersonName, ...]:
        """Who is there, where not everybody shown is."""
        return tuple(person.card.name for person in there) if 0 < len(there) < len(self.people) else ()


def _place(number: int, instance: str) -> Place | None:
    if instance not in _ORDER:
        return None
    return Place(min(number, _MOST_ROUNDS), _ORDER.index(Instance(instance)))


def _is_about(decision: Decision, person: PersonInCase) -> bool:
    return decision.whole_case or any(
        link.prosecution_id == person.prosecution.pk for link in decision.people.all()
    )


def _hearing_words(hearing: Hearing) -> str:
    # Translators: the next hearing on the way of a case: «Заседание 24 ноября 2026»
    return _("Hearing on %(date)s") % {"date": date_words(hearing.on)}


def _plain_way(case: Case, people: Iterable[PersonInCase]) -> Iterator[Step]:
    """An administrative or extradition case: three steps, as far as anybody in it has come."""
    way = _WAY[CaseKind(case.kind)]
    reached = [way.index(person.stage) for person in people if person.stage in way]
    if not reached:
        return
    for place, stage in enumerate(way[: max(reached) + 1]):
        is_last = place == max(reached)
        decided = [each for each in case.decisions.all() if _belongs(each, place)]
        details = [
            ", ".join(part for part in (shown.title, shown.when) if part)
            for shown in map(ShownDecision, decided)
        ]
        is_over = bool(decided) or not is_last
        yield Step(capital(str(stage.label)), "done" if is_over else "now", tuple(details[-_MOST_DECISIONS:]))


def _belongs(decision: Decision, place: int) -> bool:
    """Whether a decision was taken at the second step, before the first court, or at the third, on a complaint."""
    at = {1: (Instance.FIRST, Instance.NONE), 2: (Instance.APPEAL, Instance.CASSATION, Instance.SUPERVISORY)}
    return decision.kind in _TELLING and decision.instance in at.get(place, ())
