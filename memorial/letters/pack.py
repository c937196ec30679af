"""A pack for an evening of letters: up to twenty addresses of the people whom the list's filters choose.

Who is left out is counted, with the reason. Those accused of treason, of espionage or under Art. 275.1 are
left out unless somebody says that the letters leave from Russia: one from abroad may harm them.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.selection import PeopleFilter
from memorial.base.kept import Kept
from memorial.base.localized import current_language
from memorial.base.typography import grouped_number
from memorial.home.birthdays import loaded
from memorial.home.turns import Turn
from prisoners.choices import LibertyStatus
from prisoners.letters import LetterAddress, NoAddress, letter_address
from prisoners.models import Prisoner
from prisoners.names import PersonName

ADDRESSES: Final = 20
IN_RUSSIA: Final = "russia"
_OWN: Final = ("from", "part")
_LONGEST_NUMBER: Final = 5
_ROWS_AT_A_TIME: Final = 10_000
_WHY: Final[Mapping[str, Promise]] = {
    LibertyStatus.AT_LIBERTY: _("at liberty: we never publish home addresses"),
    LibertyStatus.HOUSE_ARREST: _("under house arrest: letters are usually forbidden"),
    LibertyStatus.BEYOND_REACH: _("out of reach: we do not publish where"),
    LibertyStatus.SENT_TO_WAR: _("sent to the war: we never publish addresses of military units"),
    LibertyStatus.DIED: pgettext_lazy("so many people", "died"),
}
_WHY_ELSE: Final = _(
    "no address on the page: the place is not known or not published, the person is being moved, is under "
    "eighteen or shown by initials"
)
_kept = Kept(1_000_000)


@dataclass(frozen=True)
class Addressed:
    """One person of the pack with the envelope."""

    person: Prisoner
    writing: LetterAddress

    @property
    def name(self) -> PersonName:
        return self.person.name

    @property
    def url(self) -> str:
        return self.person.get_absolute_url()


@dataclass(frozen=True)
class LeftOut:
    """So many people who are not in the pack, and why."""

    number: int
    why: str

    @property
    def how_many(self) -> str:
        return grouped_number(self.number, current_language())


class LetterPack:
    """What an address asks for, on a day. Whatever the parameters are, there is an answer."""

    def __init__(self, data: QueryDict, on: date) -> None:
        own = data.copy()
        self._from, self._part = own.get("from", ""), own.get("part", "")
        for name in _OWN:
            own.pop(name, None)
        self.asked = PeopleFilter(own, on)
        self.on = on

    @property
    def leaves_from_russia(self) -> bool:
        """Whether somebody said that all letters of the evening are posted in Russia."""
        return self._from == IN_RUSSIA

    @property
    def is_misled(self) -> bool:
        """Whether something was asked that there is not."""
        wrong_part = bool(self._part) and not (self._part == str(self.part) and self.part <= self.parts)
        return self.asked.is_misled or self._from not in ("", IN_RUSSIA) or wrong_part

    @property
    def part(self) -> int:
        """Which twenty: 1 for the first, and for what is no number."""
        asked = self._part
        is_number = asked.isascii() and asked.isdecimal() and len(asked) <= _LONGEST_NUMBER
        return max(int(asked), 1) if is_number else 1

    @property
    def parts(self) -> int:
        """How many packs of twenty there are; 1 at least."""
        return max(-(-len(self._in_turn) // ADDRESSES), 1)

    @property
    def next_part(self) -> int | None:
        return self.part + 1 if self.part < self.parts else None

    @property
    def total(self) -> int:
        """How many people the filters choose, with an address or without."""
        return self.asked.count

    @property
    def how_many_chosen(self) -> str:
        return grouped_number(self.total, current_language())

    def query(self, **changed: Any) -> str:
        """The canonical query of this pack, some parameters changed; "" for everybody."""
        own = {
            "from": IN_RUSSIA if self.leaves_from_russia else "",
            "part": self.part if self.part > 1 else "",
        }
        left = {name: value for name, value in {**own, **changed}.items() if value}
        chosen = self.asked.query_of(self.asked.chosen, **self.asked.others())
        return "&".join(part for part in (chosen, urlencode(left)) if part)

    @property
    def query_in_russia(self) -> str:
        """Of the pack for letters that are all posted in Russia."""
        return self.query(**{"from": IN_RUSSIA, "part": ""})

    @property
    def query_anywhere(self) -> str:
        """Of the pack for letters from anywhere."""
        return self.query(**{"from": "", "part": ""})

    @property
    def query_of_next(self) -> str:
        return self.query(part=self.next_part)

    @property
    def query_of_people(self) -> str:
        """Of the list of the same people."""
        return self.asked.canonical_query()

    @cached_property
    def rows(self) -> list[Addressed]:
        """The people of this part who can be written to, in the order of the day."""
        return [Addressed(person, writing) for person, writing in self._looked_at if writing.is_possible]  # type: ignore[arg-type]

    @property
    def number_for_russia_only(self) -> int:
        """How many are left out because a letter from abroad may harm them."""
        return 0 if self.leaves_from_russia else len(self._harmed & self._reached)

    @cached_property
    def left_out(self) -> list[LeftOut]:
        """Who has no address, by reason; with those found out only now, when the addresses were made."""
        index = self.asked.index
        without = {**self.asked.chosen, "letters": ("no",)} if self._may_lack_letters else None
        found: list[LeftOut] = []
        if without is not None:
            total = index.passing(without, self.asked.within).bit_count()
            counts = index.counts("liberty", without, self.asked.within)
            named = {status: counts.get(status, 0) for status in _WHY if self._chooses(status)}
            found = [LeftOut(number, str(_WHY[status])) for status, number in named.items() if number]
            if (rest := total - sum(named.values())) > 0:
                found.append(LeftOut(rest, str(_WHY_ELSE)))
        late = Counter(why.why_not for _person, why in self._looked_at if isinstance(why, NoAddress))
        return found + [LeftOut(number, why) for why, number in late.items()]

    @property
    def _may_lack_letters(self) -> bool:
        return "no" in self.asked.chosen.get("letters", ("no",))

    def _chooses(self, status: str) -> bool:
        """Whether the filter by liberty lets a status through; its own counts would tell of others, too."""
        return status in self.asked.chosen.get("liberty", (status,))

    @cached_property
    def _reached(self) -> set[int]:
        """Who passes the filters and can be written to, by what the filters know."""
        wanted = self.asked.chosen.get("letters", ("yes",))
        if "yes" not in wanted:
            return set()
        chosen = {**self.asked.chosen, "letters": ("yes",)}
        return self.asked.index.keys(self.asked.index.passing(chosen, self.asked.within))

    @cached_property
    def _in_turn(self) -> list[int]:
        left = self._reached if self.leaves_from_russia else self._reached - self._harmed
        order = _kept.get(("order", self.on), lambda: _read_order(self.on))
        return [number for number in order if number in left]

    @cached_property
    def _looked_at(self) -> list[tuple[Prisoner, LetterAddress | NoAddress]]:
        first = (self.part - 1) * ADDRESSES
        numbers = self._in_turn[first : first + ADDRESSES]
        people = {person.pk: person for person in loaded(numbers, self.on)}
        return [
            (people[number], letter_address(people[number], self.on))
            for number in numbers
            if number in people
        ]

    @cached_property
    def _harmed(self) -> set[int]:
        return _kept.get("harmed", _read_harmed)


def _read_order(on: date) -> array[int]:
    """Everybody in the order of a day: other twenty each day, the same for everybody who asks."""
    people = Prisoner.objects.published().order_by(Turn(on, "pack"))
    return array("q", people.values_list("pk", flat=True).iterator(_ROWS_AT_A_TIME))


def _read_harmed() -> set[int]:
    people = Prisoner.objects.published().filter(letters_from_abroad_harmful=True)
    return set(people.order_by().values_list("pk", flat=True))
