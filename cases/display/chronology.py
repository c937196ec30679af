"""One chronology out of all structured facts: of a case, and of one person over all their cases.

A fact that two tables tell (a decision and the measure that it extends) stands there once. What lies
ahead is marked; what has no date stands last, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from cases.choices import DecisionKind, EventKind, HearingState
from cases.display.charges import ShownCharge, event_words, events_in_order
from cases.display.decisions import (
    OUTCOMES,
    ShownDecision,
    ShownOutcome,
    added_words,
    court_name,
    decisions_on,
    replaced_for,
    shown_among,
    superseded_by,
)
from cases.display.entries import Entry, Rank, in_order, own_words, texts
from cases.display.findings import finding_line
from cases.display.hearings import ShownHearing
from cases.display.lengths import limit_words
from cases.display.life import life_in_case, life_of
from cases.display.links import linked_cases
from cases.display.restraints import ShownRestraint, measure_told
from cases.models import (
    Case,
    ChargeEvent,
    Decision,
    Event,
    Hearing,
    InternationalFinding,
    Prosecution,
    Restraint,
)
from cases.stage import BY_VERDICT
from memorial.base.localized import current_language
from memorial.base.partial_date import PartialDate
from memorial.base.shown_text import ShownText, shown_text
from prisoners.display.words import capital
from prisoners.models import Prisoner

_OF_RESTRAINT: Final = frozenset(
    {
        DecisionKind.RESTRAINT_CHOSEN,
        DecisionKind.RESTRAINT_EXTENDED,
        DecisionKind.RESTRAINT_CHANGED,
        DecisionKind.RESTRAINT_CANCELLED,
    }
)
_KEY_EVENTS: Final = frozenset({EventKind.DETENTION, EventKind.SEARCH, EventKind.EXCHANGE})


def case_chronology(case: Case, on: date) -> list[Entry]:
    """Everything dated of a published case and its published people. Uses what `for_detail()` loads.

    People are named only where there are several, and only where a line is not of all of them.
    """
    prosecutions = list(case.prosecutions.all())
    people = {prosecution.pk: prosecution.prisoner for prosecution in prosecutions}
    decisions = list(case.decisions.all())
    entries = [
        *_case_itself(case),
        *_events(case.events.all(), people),
        *_decisions(decisions, prosecutions),
        *_hearings(case.hearings.all(), on, decisions, people),
    ]
    for prosecution in prosecutions:
        entries += _of_one(prosecution, named=len(people) > 1)
        entries += life_in_case(prosecution, named=len(people) > 1)
    entries += _findings(case.findings.all())
    return in_order(entries)


def person_chronology(
    person: Prisoner,
    prosecutions: Iterable[Prosecution],
    hearings: Iterable[Hearing],
    events: Iterable[Event],
    findings: Iterable[InternationalFinding],
    *,
    on: date,
) -> list[Entry]:
    """Everything dated of one person over all their published cases, deprivations of liberty included."""
    entries = list(life_of(person))
    known, decisions = list(prosecutions), list[Decision]()
    titles = _titles_of_several(known)
    for prosecution in known:
        outcomes = decisions_on(prosecution)
        decisions += [outcome.decision for outcome in outcomes]
        told = [*_decisions_on_one(outcomes, prosecution), *_of_one(prosecution, named=False)]
        entries += _in_case(prosecution.case_id, told, titles)
    for event in events:
        entries += _in_case(event.case_id, _events([event], {}), titles)
    for hearing in hearings:
        of_case = [decision for decision in decisions if decision.case_id == hearing.case_id]
        entries += _in_case(hearing.case_id, _hearings([hearing], on, of_case, {}), titles)
    for finding in findings:
        entries += _in_case(finding.case_id, _findings([finding]), titles)
    return in_order(entries)


def _titles_of_several(prosecutions: list[Prosecution]) -> dict[int, ShownText]:
    """The titles of a person's cases, by their numbers; none where there is only one case."""
    titles = {each.case_id: shown_text(each.case, "title") for each in prosecutions}
    return titles if len(titles) > 1 else {}


def _in_case(
    number: int | None, entries: Iterable[Entry], titles: Mapping[int, ShownText]
) -> Iterator[Entry]:
    """Lines of a case, which say its title where the person has several."""
    for entry in entries:
        if number is not None and number in titles:
            yield replace(entry, case=number, details=(titles[number], *entry.details))
        else:
            yield entry


def _case_itself(case: Case) -> Iterator[Entry]:
    if isinstance(case.opened, PartialDate):
        yield Entry(case.opened, own_words(_("case opened")), texts(shown_text(case, "investigating_body")))
    for linked in linked_cases(case):
        if linked.on is not None:
            title = shown_text(linked.case, "title")
            # Translators: how cases hang together: «Выделено из: Дело о чтениях»
            words = _("%(link)s: %(case)s") % {"link": linked.words, "case": title}
            yield Entry(linked.on, ShownText(words, title.language))


def _whom(numbers: Iterable[int], people: Mapping[int, Prisoner]) -> tuple[Prisoner, ...]:
    """Those of the people shown whom a line is about; nobody where it is about all of them."""
    found = tuple(people[number] for number in sorted(set(numbers)) if number in people)
    return found if len(found) < len(people) else ()


def _events(events: Iterable[Event], people: Mapping[int, Prisoner]) -> Iterator[Entry]:
    for event in events:
        who = _whom([event.prosecution_id], people) if event.prosecution_id else ()
        on = event.on if isinstance(event.on, PartialDate) else None
        yield Entry(on, shown_text(event, "line"), who=who, is_key=event.kind in _KEY_EVENTS)


def _decisions(decisions: list[Decision], prosecutions: list[Prosecution]) -> Iterator[Entry]:
    """One line for a decision, with what it means for each person who is shown."""
    replaced = replaced_for(decisions, [prosecution.pk for prosecution in prosecutions])
    known = {prosecution.pk: prosecution for prosecution in prosecutions}
    people = {number: prosecution.prisoner for number, prosecution in known.items()}
    for decision in decisions:
        shown = ShownDecision(decision)
        links = [link for link in decision.people.all() if link.prosecution_id in known]
        said = [(link, ShownOutcome(link, people[link.prosecution_id].gender)) for link in links]
        # Of whom the title says it all, they are only named.
        told = [link.prosecution_id for link, outcome in said if not added_words(outcome.words, shown.title)]
        about, gone = shown_among(decision, people), replaced.get(decision.pk)
        is_replaced = gone is not None and about <= gone
        partly = (about & gone) if gone is not None and not is_replaced else frozenset()
        lines = [
            line
            for link, outcome in said
            for line in _outcome_lines(
                outcome,
                people[link.prosecution_id],
                shown,
                named=len(people) > 1,
                is_replaced=link.prosecution_id in partly,
            )
        ]
        lines += [_line(people[number], _later_replaced()) for number in sorted(partly) if not links]
        concerned = [known[link.prosecution_id] for link in links] or prosecutions
        entry = _decision_entry(shown, lines, concerned, is_replaced=is_replaced)
        yield replace(entry, who=_whom(told, people)) if len(told) == len(links) else entry


def _later_replaced() -> str:
    """For the end of a line: «позже заменено другим решением»."""
    words = _("Later replaced by another decision")
    return words[:1].lower() + words[1:]


def _line(person: Prisoner, words: str) -> ShownText:
    # Translators: a person, then what was decided: «Иван Иванов: 5 лет колонии общего режима»
    said = _("%(name)s: %(decision)s") % {"name": person.name.full, "decision": words}
    return ShownText(said, current_language())


def _outcome_lines(
    outcome: ShownOutcome, person: Prisoner, shown: ShownDecision, *, named: bool, is_replaced: bool = False
) -> Iterator[ShownText]:
    """What a decision means for a person, as far as its title does not tell; whether another replaced it for them."""
    parts = [added_words(outcome.words, shown.title), _later_replaced() if is_replaced else ""]
    if words := "; ".join(part for part in parts if part):
        yield _line(person, words) if named else ShownText(capital(words), current_language())
    yield from texts(outcome.note)


def _decisions_on_one(outcomes: list[ShownOutcome], prosecution: Prosecution) -> Iterator[Entry]:
    replaced = superseded_by([outcome.decision for outcome in outcomes])
    for outcome in outcomes:
        shown = ShownDecision(outcome.decision)
        lines = _outcome_lines(outcome, prosecution.prisoner, shown, named=False)
        yield _decision_entry(shown, lines, [prosecution], is_replaced=outcome.decision.pk in replaced)


def _decision_entry(
    shown: ShownDecision, lines: Iterable[ShownText], concerned: list[Prosecution], *, is_replaced: bool
) -> Entry:
    """A decision on a measure of restraint says which measure, where that is known, and no instance."""
    decision, instance, title, until = shown.decision, shown.instance, shown.title, shown.until
    if decision.kind in _OF_RESTRAINT:
        instance = ""
        measure = measure_told(decision, concerned)
        if (
            measure
            and decision.kind == DecisionKind.RESTRAINT_EXTENDED
            and isinstance(decision.until, PartialDate)
        ):
            title, until = _extended(measure, decision.until), ""
        elif measure:
            title = f"{title}: {measure.lower()}"
    about = texts(capital(instance), shown.court, capital(until), capital(shown.in_force), shown.note)
    later = texts(_("Later replaced by another decision") if is_replaced else "")
    on = decision.on if isinstance(decision.on, PartialDate) else None
    words, is_key = ShownText(title, current_language()), decision.kind in OUTCOMES
    rank = Rank.RESTRAINT if decision.kind in _OF_RESTRAINT else Rank.DECISION
    return Entry(on, words, (*about, *later), is_key=is_key, lines=tuple(lines), rank=rank)


def _extended(measure: str, until: PartialDate) -> str:
    return _("%(measure)s: extended until %(date)s") % {"measure": measure, "date": limit_words(until)}


def _of_one(prosecution: Prosecution, *, named: bool) -> Iterator[Entry]:
    """Charges and measures of restraint of one person, as far as no decision tells them."""
    decisions = [outcome.decision for outcome in decisions_on(prosecution)]
    who = (prosecution.prisoner,) if named else ()
    yield from _charges(prosecution, decisions, who)
    told = frozenset(decision.on for decision in decisions if decision.kind in _OF_RESTRAINT)
    for restraint in prosecution.restraints.all():
        yield from _restraint(restraint, told, who)


def _restraint(
    restraint: Restraint, told: frozenset[PartialDate | None], who: tuple[Prisoner, ...]
) -> Iterator[Entry]:
    """`told` are the days of decisions on measures of restraint: what they did need not be said again."""
    shown = ShownRestraint(restraint)
    if isinstance(restraint.began, PartialDate) and restraint.began not in told:
        details = texts(shown.court, shown.note)
        yield Entry(
            restraint.began, ShownText(shown.label, current_language()), details, who, rank=Rank.RESTRAINT
        )
    for extension in restraint.extensions.all():
        if isinstance(extension.decided_on, PartialDate) and extension.decided_on not in told:
            words = _extended(shown.label, extension.until)
            details = texts(court_name(extension.court))
            yield Entry(extension.decided_on, own_words(words), details, who, rank=Rank.RESTRAINT)
    if isinstance(restraint.ended, PartialDate) and restraint.ended not in told:
        ended = _("%(measure)s: ended") % {"measure": shown.label}
        yield Entry(restraint.ended, own_words(ended), (), who, rank=Rank.RESTRAINT)


def _charges(
    prosecution: Prosecution, decisions: list[Decision], who: tuple[Prisoner, ...]
) -> Iterator[Entry]:
    """What became of charges; a verdict tells of guilt and acquittal itself."""
    gender = prosecution.prisoner.gender
    for charge in prosecution.charges.all():
        words = ShownCharge(charge, gender).words
        for event in events_in_order(charge):
            if isinstance(event.on, PartialDate) and not _is_told(event, decisions):
                said = f"{words}: {event_words(event, gender)}"
                yield Entry(event.on, ShownText(said, words.language), who=who, rank=Rank.CHARGE)


def _is_told(event: ChargeEvent, decisions: list[Decision]) -> bool:
    """Whether one of the decisions that stand here tells it: the one it is tied to, or one of that day."""
    if event.kind not in BY_VERDICT:
        return False
    return any(decision.pk == event.decision_id or decision.on == event.on for decision in decisions)


def _hearings(
    hearings: Iterable[Hearing], on: date, decisions: list[Decision], people: Mapping[int, Prisoner]
) -> Iterator[Entry]:
    """Those that were held and those that lie ahead, unless a decision of that day tells more.

    What was put off or called off stands among the hearings.
    """
    decided = {decision.on for decision in decisions}
    for hearing in hearings:
        shown, day = ShownHearing(hearing, on), PartialDate.from_date(hearing.on)
        was_held = hearing.hearing_state == HearingState.HELD and day not in decided
        if shown.is_ahead or was_held:
            details = texts(shown.court, capital(", ".join(shown.details)), shown.note)
            who = _whom((link.prosecution_id for link in hearing.people.all()), people)
            clock = shown.time if shown.is_ahead else ""
            entry = Entry(day, shown.subject, details, who, clock=clock, rank=Rank.HEARING)
            yield replace(entry, is_ahead=shown.is_ahead)


def _findings(findings: Iterable[InternationalFinding]) -> Iterator[Entry]:
    for finding in findings:
        if isinstance(finding.on, PartialDate):
            yield Entry(finding.on, finding_line(finding), is_key=True, rank=Rank.LAST)
