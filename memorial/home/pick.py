"""Today's person: one who is given attention on the home page on a day, the same for every reader.

First whoever has a birthday that may be told; else one of those of whom least is written. A
transparent rule of (published data, civil date); staff see tomorrow's person today, and may say no.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection

from memorial.base.kept import Kept
from memorial.home.attention import is_right, least_written_about, may_be_shown
from memorial.home.birthdays import CARD_AND_PLACES
from memorial.home.turns import Turn
from prisoners.letters import Writing, letter_address
from prisoners.models import Prisoner

SPARE: Final = 5
"""How many more are kept than the first: for those who turn out not to be right after all."""
_kept = Kept(1_000)


@dataclass(frozen=True)
class Pick:
    """A person and the day; `is_birthday` where the day itself is the reason."""

    person: Prisoner
    day: date
    writing: Writing
    is_birthday: bool


def pick_of(day: date) -> Pick | None:
    """The person of a day; None where nobody may be shown. Asked of tomorrow, it tells what is known by now."""
    vetoed = vetoed_on(day)
    wanted = [(pk, is_birthday) for pk, is_birthday in _candidates(day, len(vetoed)) if pk not in vetoed]
    numbers = [pk for pk, _is_birthday in wanted]
    if not numbers:
        return None
    people = Prisoner.objects.published().filter(pk__in=numbers).for_list(day)
    loaded = {person.pk: person for person in people.with_belongings(*CARD_AND_PLACES, on=day)}
    for pk, is_birthday in wanted:
        person = loaded.get(pk)
        if person is None or not is_right(person, day):
            continue
        writing = letter_address(person, day)
        if is_birthday and not (writing.is_possible and person.birthday_wanted):
            continue
        return Pick(person, day, writing, is_birthday)
    return None


def vetoed_on(day: date) -> frozenset[int]:
    """The people whom staff would not have on the home page on a day."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM memorial_vetoed_on(%s)", [day])
        return frozenset(number for (number,) in cursor.fetchall())


def _candidates(day: date, vetoes: int) -> list[tuple[int, bool]]:
    """Those whose birthday it is, then the others, each in the order of the day; enough in spite of vetoes."""
    return _kept.get((day, vetoes), lambda: _read(day, SPARE + vetoes))


def _read(day: date, most: int) -> list[tuple[int, bool]]:
    people = may_be_shown(day)
    born = people.filter(birthday_wanted=True, born__regex=_born_on(day)).order_by(Turn(day))
    others = least_written_about(people, day).order_by(Turn(day))
    return [
        *((pk, True) for pk in born.values_list("pk", flat=True)[:most]),
        *((pk, False) for pk in others.values_list("pk", flat=True)[:most]),
    ]


def _born_on(day: date) -> str:
    """The birth dates, known to the day, that are celebrated on a day; 29 February on 1 March of other years."""
    days = f"{day:%m-%d}"
    is_leap = day.year % 4 == 0 and (day.year % 100 != 0 or day.year % 400 == 0)
    if (day.month, day.day) == (3, 1) and not is_leap:
        days = "(03-01|02-29)"
    return rf"^[0-9]{{4}}-{days}$"
