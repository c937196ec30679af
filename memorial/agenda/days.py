"""What falls on which day: hearings, expected releases, birthdays.

Never concluded and never automatic (domain, rule 17): a birthday is told only where the person wants it,
can be written to and is of age; a release only as «expected».
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from cases.choices import HearingState
from cases.models import Hearing
from memorial.agenda.scope import Scope, Span
from memorial.appeals.display import ShownAppeal, shown_appeals
from memorial.appeals.event_display import ShownEvent, shown_events
from memorial.base.choices import Verification
from memorial.base.partial_date import PartialDate
from prisoners.display.custody import shown_custody
from prisoners.display.facts import exact_birth_date_shown
from prisoners.display.liberty import WITH_A_TERM, liberty_of
from prisoners.letters import letter_address
from prisoners.models import Custody, Prisoner

LONGEST_CHAIN = 50
"""A hearing put off more often than that is an error of data; its calendar entry begins anew."""


@dataclass(frozen=True)
class Meeting:
    """A hearing as one entry of a calendar, which moves along when it is put off."""

    hearing: Hearing
    uid: UUID
    sequence: int

    @property
    def is_off(self) -> bool:
        """Called off, or put off to a day that nobody knows."""
        return self.hearing.hearing_state in (HearingState.CANCELLED, HearingState.POSTPONED)


@dataclass(frozen=True)
class Release:
    """The expected end of a term, as exactly as it is known; nothing has happened yet."""

    person: Prisoner
    expected: PartialDate


@dataclass(frozen=True)
class Birthday:
    """The day on which a person who wishes it may be written to."""

    person: Prisoner
    on: date


def hearings_of(scope: Scope, span: Span) -> list[Hearing]:
    """Hearings in the span with all that a line of them shows, in the order of days and hours."""
    within = scope.hearings().filter(on__gte=span.first, on__lte=span.last)
    return list(within.for_calendar().distinct())  # type: ignore[attr-defined]


def meetings_of(scope: Scope, span: Span) -> list[Meeting]:
    """One entry for each hearing; one that was put off is told where it was put off to, under its first name."""
    hearings = hearings_of(scope, span)
    came_from = _came_from({hearing.case_id for hearing in hearings})
    shown = {hearing.pk for hearing in hearings}
    return [
        _meeting(hearing, came_from)
        for hearing in hearings
        if not (hearing.hearing_state == HearingState.POSTPONED and hearing.postponed_to_id in shown)
    ]


@dataclass(frozen=True)
class _Earlier:
    pk: int
    uid: UUID
    sequence: int


def _came_from(cases: Iterable[int]) -> dict[int, _Earlier]:
    """For each hearing that another one was put off to, that other one."""
    moved = Hearing.objects.shown().filter(case__in=list(cases), postponed_to__isnull=False)
    rows = moved.values_list("postponed_to_id", "pk", "uid", "sequence")
    return {to: _Earlier(pk, uid, sequence) for to, pk, uid, sequence in rows}


def _meeting(hearing: Hearing, came_from: Mapping[int, _Earlier]) -> Meeting:
    """The entry keeps the name of the first day it was planned for; every change makes its number larger."""
    uid, sequence, seen = hearing.uid, hearing.sequence, hearing.pk
    for _step in range(LONGEST_CHAIN):
        earlier = came_from.get(seen)
        if earlier is None or earlier.pk == hearing.pk:
            break
        uid, sequence, seen = earlier.uid, sequence + earlier.sequence + 1, earlier.pk
    return Meeting(hearing, uid, sequence)


def releases_of(scope: Scope, on: date, span: Span) -> list[Release]:
    """Expected ends of terms in the span of people who serve one on that day, soonest first.

    Not of those in treatment or examination, which has no term, nor of those shown by initials: a day
    would single them out.
    """
    ends = Custody.objects.exclude(verification=Verification.UNVERIFIED).filter(
        expected_end_earliest__lte=span.last, expected_end_latest__gte=span.first, end__isnull=True
    )
    people = scope.people().filter(pk__in=ends.values("prisoner"), initials_only=False).for_list(on)
    found = [
        Release(person, custody.expected_end)
        for person in people
        if liberty_of(person) in WITH_A_TERM
        and not person.is_quiet(on)
        and (custody := shown_custody(person).custody) is not None
        and isinstance(custody.expected_end, PartialDate)
        and _within(custody.expected_end, span)
    ]
    return sorted(found, key=lambda release: (release.expected.earliest or date.max, release.person.pk))


def _within(day: PartialDate, span: Span) -> bool:
    """Whether the date may lie in the span; «after 2030» has no last day and is not a day to expect."""
    if day.earliest is None or day.latest is None:
        return False
    return day.earliest <= span.last and day.latest >= span.first


def birthdays_of(scope: Scope, on: date, span: Span) -> list[Birthday]:
    """Birthdays in the span, soonest first, of those who want them told and can be written to."""
    wanted = scope.people().filter(
        Q(birthday_wanted=True, initials_only=False, born__regex=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    )
    days = {
        pk: day
        for pk, born in wanted.values_list("pk", "born")
        if (day := next_birthday(born, span.first)) is not None and day <= span.last
    }
    found = [
        Birthday(person, days[person.pk])
        for person in Prisoner.objects.published().filter(pk__in=days).for_detail(on)
        if not person.is_quiet(on) and exact_birth_date_shown(person, letter_address(person, on))
    ]
    return sorted(found, key=lambda birthday: (birthday.on, birthday.person.pk))


def appeals_of(scope: Scope, on: date, span: Span) -> list[ShownAppeal]:
    """Appeals that are open on that day and whose last day lies in the span, soonest first."""
    within = scope.appeals().current(on).filter(open_until__gte=span.first, open_until__lte=span.last)
    return shown_appeals(within.for_reading().most_urgent_first(), on)


def events_of(scope: Scope, on: date, span: Span) -> list[ShownEvent]:
    """Events abroad in the span, those called off too, in the order of days and hours."""
    within = scope.events().filter(on__gte=span.first, on__lte=span.last)
    return shown_events(within.order_by("on", "at", "pk"), on)


def next_birthday(born: PartialDate | None, first: date) -> date | None:
    """The birthday on that day or after it; of those born on 29 February, 1 March of other years."""
    if born is None or born.day is None or born.month is None or born.qualifier:
        return None
    for year in (first.year, first.year + 1):
        try:
            day = date(year, born.month, born.day)
        except ValueError:
            day = date(year, 3, 1)
        if day >= first:
            return day
    return None
