"""Which people somebody asked for, by the parameters of an address."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

from django.utils.translation import gettext as _

from cases.models import PublishedPerson
from cases.models.kept_traits import KeptTraitsQuerySet
from cases.selection.asked import Asked, kept_index
from cases.selection.facets import PEOPLE
from memorial.base.facets.index import FacetIndex
from memorial.base.facets.reading import filter_set
from memorial.base.facets.shown import Chip
from memorial.base.localized import current_language
from memorial.base.name_key import sort_key
from prisoners.kept_orders import kept_numbers
from prisoners.models import Prisoner
from prisoners.name_search import NamedPeople, in_rank_order, people_named
from prisoners.orders import Order, in_order
from prisoners.querysets import PrisonerQuerySet

LONGEST_QUERY: Final = 200
_ROWS_AT_A_TIME: Final = 2_000
_PLAIN: Final = frozenset({"letter", "sort", "q", "page", "view"})


class PeopleFilter(Asked):
    """People as somebody asked for them: filters, `q` (a name), `letter`, `sort`.

    In the reader's language, on a day. Whatever the parameters are, there is an answer: `is_misled`
    says that some of them were left out.
    """

    facets = PEOPLE
    reads = filter_set(PEOPLE)

    @cached_property
    def index(self) -> FacetIndex:
        return kept_index("people", self.on, _rows)

    def table(self) -> KeptTraitsQuerySet:
        rows: KeptTraitsQuerySet = PublishedPerson.objects.all()
        return rows

    @cached_property
    def letter(self) -> str:
        """The first letter asked for, as in a sort key; "" for what is no letter."""
        asked = self.data.get("letter", "")
        letter = sort_key(asked) if len(asked) == 1 else ""
        return letter if letter.isalpha() else ""

    @cached_property
    def typed(self) -> str:
        """What was written for a name, be it too little to look for."""
        return " ".join(self.data.get("q", "").replace("\0", " ").split())[:LONGEST_QUERY]

    @cached_property
    def named(self) -> NamedPeople | None:
        """The people of that name; None where none was asked for, or too little to look for."""
        found = people_named(self.typed) if self.typed else None
        return found if found and found.is_asked else None

    @property
    def q(self) -> str:
        """The name that is looked for, as it was written; "" where nothing narrows the list by name."""
        return self.typed if self.named is not None else ""

    @property
    def is_too_short(self) -> bool:
        """Whether something was written that is too little for a name: everybody is shown, and it is said."""
        return bool(self.typed) and self.named is None

    @cached_property
    def order(self) -> Order:
        """The order asked for; by name where there is none of that name."""
        asked = self.data.get("sort", "")
        return Order(asked) if asked in Order else Order.NAME

    @cached_property
    def within(self) -> int | None:
        name, letter = self._bits_of_name, self._bits_of_letter
        return name if letter is None else letter if name is None else name & letter

    @cached_property
    def is_misled(self) -> bool:
        """Whether something was asked that there is not: a filter, a value, a letter, an order."""
        wrong_letter = bool(self.data.get("letter")) and not self.letter
        wrong_order = (self.data.get("sort") or Order.NAME) not in Order
        unknown = set(self.data) - _PLAIN - set(self.names())
        return wrong_letter or wrong_order or bool(unknown) or self.asks_unknown_values

    @property
    def letters(self) -> bool:
        return True

    @property
    def is_everybody(self) -> bool:
        """Whether nothing narrows the list."""
        return not (self.is_narrowed or self.letter or self.q)

    def others(self) -> dict[str, str]:
        sort = "" if self.order == Order.NAME else self.order.value
        return {"letter": self.letter.upper(), "q": self.q, "sort": "" if self.named else sort}

    def described(self) -> str:
        said = [super().described()]
        if self.q:
            said.append(_("name: “%(name)s”") % {"name": self.q})
        if self.letter:
            said.append(_("letter: %(letter)s") % {"letter": self.letter.upper()})
        return "; ".join(filter(None, said))

    def chips(self) -> list[Chip]:
        return [*self._own_chips(), *super().chips()]

    def what_to_drop(self) -> list[Chip]:
        made = [*self._own_chips(), *super().what_to_drop()]
        return sorted(made, key=lambda chip: -(chip.count_without or 0))

    def people(self) -> PrisonerQuerySet:
        """The people in their order, chosen by the database: for what streams everybody."""
        people: PrisonerQuerySet = Prisoner.objects.published()
        if self.is_narrowed:
            people = people.filter(pk__in=self.filters.qs.values("person"))
        if self.letter:
            people = people.starting_with(self.letter)
        if self.named is not None:
            return in_rank_order(people, self.named)
        return in_order(people.by_name(), self.order, self.on)

    def numbers(self) -> Sequence[int]:
        """The primary keys of the people in their order."""
        ordered = self._ranked() if self.named is not None else self._sorted()
        if self.is_narrowed or self.within is not None:
            left = self.index.keys(self.bits)
            return array("q", (number for number in ordered if number in left))
        return ordered

    def _own_chips(self) -> list[Chip]:
        """The name and the letter, each with how many there would be without it."""
        made = []
        for name, words in (("q", self.q), ("letter", self.letter.upper())):
            if words:
                left = {**self.others(), name: ""}
                among = self._bits_of_letter if name == "q" else self._bits_of_name
                number = self.index.passing(self.chosen, among).bit_count()
                text = _("“%(name)s”") % {"name": words}
                made.append(Chip(text, self.query_of(self.chosen, **left), number))
        return made

    @cached_property
    def _bits_of_name(self) -> int | None:
        return None if self.named is None else self.index.rows_of(self.named.ids)

    @cached_property
    def _bits_of_letter(self) -> int | None:
        return self.index.rows_of(self._of_letter()) if self.letter else None

    def _ranked(self) -> Sequence[int]:
        return self.named.ids if self.named else ()

    def _sorted(self) -> Sequence[int]:
        return kept_numbers((current_language(), self.order, "", self.on), self._everybody)

    def _of_letter(self) -> Sequence[int]:
        return kept_numbers(
            (current_language(), "letter", self.letter),
            lambda: Prisoner.objects.published().starting_with(self.letter).order_by("pk"),
        )

    def _everybody(self) -> PrisonerQuerySet:
        people: PrisonerQuerySet = Prisoner.objects.published()
        return in_order(people.by_name(), self.order, self.on)


def _rows() -> Any:
    columns = ("person_id", "traits", "dated", "dated_from", "dated_until")
    return PublishedPerson.objects.order_by("pk").values_list(*columns).iterator(_ROWS_AT_A_TIME)
