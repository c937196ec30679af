"""«Whom shall I write to?» — five people of a day: birthdays soon, then those of whom least is written.

Only who can be written to, and nobody whom a letter from abroad may harm: who reads the page is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from memorial.agenda.scope import Span
from memorial.base.kept import Kept
from memorial.base.shown_text import ShownText, shown_text
from memorial.home.attention import is_right, least_written_about, may_be_shown, reached_by_letters
from memorial.home.birthdays import birthdays, loaded
from memorial.home.turns import Turn
from prisoners.display.people import PersonCard
from prisoners.letters import letter_address
from prisoners.models import Prisoner

PEOPLE: Final = 5
WITH_BIRTHDAYS: Final = 2
SOON: Final = timedelta(days=30)
_SPARE: Final = 10
_LOOKED_AT: Final = 12
_kept = Kept(1_000)


@dataclass(frozen=True)
class Suggested:
    """One of the five; `birthday` is the day, where that is why."""

    card: PersonCard
    birthday: date | None = None

    @cached_property
    def summary(self) -> ShownText:
        return shown_text(self.card.person, "summary")

    @property
    def when(self) -> str:
        """«День рождения 25 ноября»; "" where there is none to tell."""
        if self.birthday is None:
            return ""
        if self.birthday == self.card.on:
            return _("Birthday today")
        return _("Birthday on %(day)s") % {"day": date_format(self.birthday, "j E")}


def suggested(on: date) -> list[Suggested]:
    """Five people, or fewer where fewer can be written to."""
    soon = birthdays(on, Span(on, on + SOON), _LOOKED_AT)
    found = [
        Suggested(PersonCard(each.person, on), each.on) for each in soon if _may_be_suggested(each.person, on)
    ][:WITH_BIRTHDAYS]
    known = {each.card.person.pk for each in found}
    numbers = [pk for pk in _kept.get(on, lambda: _least(on)) if pk not in known]
    people = {person.pk: person for person in loaded(numbers, on)}
    others = [
        Suggested(PersonCard(people[pk], on))
        for pk in numbers
        if pk in people and _may_be_suggested(people[pk], on)
    ]
    return [*found, *others][:PEOPLE]


def _may_be_suggested(person: Prisoner, on: date) -> bool:
    return (
        is_right(person, on)
        and not person.letters_from_abroad_harmful
        and letter_address(person, on).is_possible
    )


def _least(on: date) -> list[int]:
    people = reached_by_letters(may_be_shown(on), on).filter(letters_from_abroad_harmful=False)
    in_turn = least_written_about(people, on).order_by(Turn(on, "letters"))
    return list(in_turn.values_list("pk", flat=True)[: PEOPLE + _SPARE])
