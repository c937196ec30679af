"""Birthdays of the next days: of those who want them told and can be written to, and nobody else's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.db.models import Q

from memorial.agenda.days import Birthday, next_birthday
from memorial.agenda.scope import Span
from memorial.base.kept import Kept
from memorial.home.attention import reached_by_letters
from prisoners.display.facts import exact_birth_date_shown
from prisoners.letters import letter_address
from prisoners.models import Prisoner
from prisoners.querysets import PrisonerQuerySet

MORE_THAN_NEEDED: Final = 3
"""How many times as many are loaded as are wanted, for some turn out to have no address."""
_kept = Kept(100_000)


def birthdays(on: date, span: Span, most: int) -> list[Birthday]:
    """The soonest birthdays in a span, with people as `for_list` loads them and their places."""
    days = [(pk, day) for pk, day in _days(on, span) if span.first <= day <= span.last]
    days = days[: most * MORE_THAN_NEEDED]
    people = {person.pk: person for person in loaded([pk for pk, _day in days], on)}
    found = [
        Birthday(people[pk], day)
        for pk, day in days
        if pk in people
        and not people[pk].is_quiet(on)
        and people[pk].birthday_wanted
        and exact_birth_date_shown(people[pk], letter_address(people[pk], on))
    ]
    return found[:most]


def loaded(numbers: Sequence[int], on: date) -> PrisonerQuerySet:
    """People with what a card and an envelope need. Those who are not published any more are not among them."""
    if not numbers:
        return Prisoner.objects.none()
    people: PrisonerQuerySet = Prisoner.objects.published().filter(pk__in=numbers)
    return people.for_list(on).with_belongings(*CARD_AND_PLACES, on=on)


CARD_AND_PLACES: Final = (
    *("stays_with_places", "custodies", "ends_of_custody", "death", "recognitions", "portraits"),
)


def _days(on: date, span: Span) -> list[tuple[int, date]]:
    """The next birthday of everybody in question, soonest first; kept while nothing public changes."""
    return _kept.get((on, span), lambda: _read(on, span))


def _read(on: date, span: Span) -> list[tuple[int, date]]:
    people: PrisonerQuerySet = Prisoner.objects.published()
    wanted = reached_by_letters(
        people.filter(
            Q(birthday_wanted=True, initials_only=False, born__regex=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
        ).exclude(quiet_until__gte=on),
        on,
    )
    days = ((pk, next_birthday(born, span.first)) for pk, born in wanted.values_list("pk", "born"))
    return sorted(
        ((pk, day) for pk, day in days if day is not None and day <= span.last),
        key=lambda each: (each[1], each[0]),
    )
