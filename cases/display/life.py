"""What a chronology tells of the person beside the law: seized, released, died, recognised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from cases.display.decisions import decisions_on
from cases.display.entries import Entry, Rank, own_words, texts
from cases.models import Prosecution
from memorial.base.partial_date import PartialDate
from memorial.base.shown_text import shown_text
from prisoners.choices import EndOfCustodyKind
from prisoners.display.ending import death_words, died_label, end_details, end_label
from prisoners.display.recognition import decision_words
from prisoners.display.words import capital
from prisoners.models import EndOfCustody, Prisoner


def life_of(person: Prisoner) -> Iterator[Entry]:
    """Deprivations of liberty and their ends, recognitions, the death: of a person as such."""
    yield from _custodies(person)
    yield from _recognitions(person)
    yield from _death(person, ())
    for end in _ends_told(person):
        yield _end_entry(person, end, ())


def life_in_case(prosecution: Prosecution, *, named: bool) -> Iterator[Entry]:
    """How the deprivation of liberty ended after this prosecution had begun, a death, recognitions made in it."""
    yield from _ends(prosecution, named=named)
    yield from _recognitions_here(prosecution, named=named)


def _custodies(person: Prisoner) -> Iterator[Entry]:
    """The three dates of a deprivation of liberty, each where it is known and differs."""
    for custody in person.custodies.all():
        dates = (
            (custody.seized_on, _("actually seized"), Rank.FIRST),
            (custody.detained_on, _("formally detained"), Rank.FIRST),
            (custody.remanded_on, _("remanded in custody by a court"), Rank.RESTRAINT),
        )
        before: set[PartialDate] = set()
        for day, words, rank in dates:
            if isinstance(day, PartialDate) and day not in before:
                before.add(day)
                yield Entry(day, own_words(words), is_key=len(before) == 1, rank=rank)


def _ends(prosecution: Prosecution, *, named: bool) -> Iterator[Entry]:
    """How the person's deprivation of liberty ended, where that was after this prosecution had begun; a death."""
    person, begun = prosecution.prisoner, _begun(prosecution)
    who = (person,) if named else ()
    yield from _death(person, who)
    for end in _ends_told(person):
        last = end.on.latest if isinstance(end.on, PartialDate) else None
        if begun is not None and last is not None and last >= begun:
            yield _end_entry(person, end, who)


def _ends_told(person: Prisoner) -> Iterator[EndOfCustody]:
    """Dated ends of deprivations of liberty, but for one by the death that is told by itself."""
    for end in person.ends_of_custody.all():
        if isinstance(end.on, PartialDate) and not _is_death(person, end):
            yield end


def _is_death(person: Prisoner, end: EndOfCustody) -> bool:
    death = getattr(person, "death", None)
    return death is not None and end.kind == EndOfCustodyKind.DEATH and end.on == death.on


def _begun(prosecution: Prosecution) -> date | None:
    """The first day on which anything is known to have happened in the prosecution."""
    known = [
        prosecution.since,
        prosecution.case.opened,
        *(restraint.began for restraint in prosecution.restraints.all()),
        *(event.on for charge in prosecution.charges.all() for event in charge.events.all()),
        *(outcome.decision.on for outcome in decisions_on(prosecution)),
    ]
    days = [day.earliest for day in known if isinstance(day, PartialDate) and day.earliest]
    return min(days, default=None)


def _end_entry(person: Prisoner, end: EndOfCustody, who: tuple[Prisoner, ...]) -> Entry:
    note = "" if person.initials_only else shown_text(end, "note")
    details = texts(*(capital(part) for part in end_details(end)), note)
    return Entry(end.on, own_words(end_label(person, end)), details, who, is_key=True, rank=Rank.LAST)


def _death(person: Prisoner, who: tuple[Prisoner, ...]) -> Iterator[Entry]:
    """The death, with what is noted of the end of custody that it was."""
    death = getattr(person, "death", None)
    if death is None or not isinstance(death.on, PartialDate):
        return
    facts = [death, *(end for end in person.ends_of_custody.all() if _is_death(person, end))]
    notes = [] if person.initials_only else [shown_text(fact, "note") for fact in facts]
    details = texts(*(capital(part) for part in death_words(death)[1:]), *dict.fromkeys(notes))
    yield Entry(death.on, own_words(died_label(person)), details, who, is_key=True, rank=Rank.LAST)


def _recognitions(person: Prisoner) -> Iterator[Entry]:
    for decision in person.recognitions.all():
        if isinstance(decision.on, PartialDate):
            words = own_words(decision_words(person, decision, dated=False))
            yield Entry(decision.on, words, is_key=True, rank=Rank.LAST)


def _recognitions_here(prosecution: Prosecution, *, named: bool) -> Iterator[Entry]:
    """Decisions on recognition that were made in this prosecution; those in others say nothing of it."""
    person = prosecution.prisoner
    for link in prosecution.recognition_links.all():
        if isinstance(link.recognition.on, PartialDate):
            words = own_words(decision_words(person, link.recognition, dated=False))
            who = (person,) if named else ()
            yield Entry(link.recognition.on, words, who=who, is_key=True, rank=Rank.LAST)
