"""The wall of names: forty people a day, other forty each day, until everybody has stood there."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from django.db.models import Q
from django.urls import reverse

from memorial.base.kept import Kept
from memorial.base.localized import all_languages, current_language
from memorial.base.name_key import sort_key
from memorial.home.turns import FixedTurn
from prisoners.models import Prisoner
from prisoners.names import PersonName
from prisoners.querysets import PrisonerQuerySet

NAMES_A_DAY: Final = 40
_kept = Kept(4_000_000)


class WallName(NamedTuple):
    """A name as in running text, and the page."""

    name: PersonName
    url: str


def wall_of(on: date) -> list[WallName]:
    """The names of a day in alphabetical order, each once; fewer where fewer people have a name to show."""
    everybody = _kept.get(on, lambda: _everybody(on))
    numbers = turn(everybody, on)
    people = Prisoner.objects.published().filter(pk__in=numbers, initials_only=False)
    columns = ("slug", *all_languages("surname", "given_names", "patronymic", "described_as"))
    found = [
        WallName(person.name, reverse("prisoners:prisoner-detail", kwargs={"slug": person.slug}))
        for person in people.exclude(quiet_until__gte=on).only(*columns)
    ]
    return sorted(found, key=_place)


def turn(everybody: Sequence[int], on: date) -> list[int]:
    """Whose turn it is: the next forty in the round, which begins anew behind its end."""
    number = len(everybody)
    if number <= NAMES_A_DAY:
        return list(everybody)
    first = on.toordinal() * NAMES_A_DAY % number
    return [everybody[(first + place) % number] for place in range(NAMES_A_DAY)]


def _everybody(on: date) -> array[int]:
    named = Q()
    for column in all_languages("surname", "given_names"):
        named |= ~Q(**{column: ""})
    people: PrisonerQuerySet = Prisoner.objects.published()
    in_the_round = people.filter(named, initials_only=False).exclude(quiet_until__gte=on)
    in_the_round = in_the_round.exclude(attention_wanted=False)
    return array("q", in_the_round.order_by(FixedTurn()).values_list("pk", flat=True).iterator(10_000))


def _place(each: WallName) -> tuple[bool, str]:
    """By surname, names in the reader's own script first."""
    return each.name.language != current_language(), sort_key(f"{each.name.surname} {each.name.given_names}")
