"""A person as a row of open data: what their page says on a day, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.conf import settings

from memorial.base.localized import current_language
from memorial.base.opendata.portions import once_a_language
from memorial.base.partial_date import PartialDate
from prisoners.choices import DecidingBody
from prisoners.display.facts import NOTHING_TOLD, Told, shown_birth
from prisoners.display.liberty import AT_LARGE, liberty_of
from prisoners.display.people import PersonCard
from prisoners.display.places import current_stays, stay_place
from prisoners.display.recognition import standing_of
from prisoners.letters import letter_address
from prisoners.models import Prisoner, Recognition
from prisoners.names import PersonName, name_in

PERSON_BELONGINGS: Final = (
    *("stays_with_places", "custodies", "ends_of_custody", "death", "recognitions", "portraits"),
    *("register_entries", "name_variants", "citizenships", "theme_links", "listings"),
    *("profession_links", "community_links", "identifiers"),
)
"""What must be loaded of a person for a row."""
_OURS: Final = (DecidingBody.THIS_PROJECT, DecidingBody.MEMORIAL_HRC)


@dataclass(frozen=True)
class PersonRow:
    """A person on one day. `told` is what the legal record says of them, by language."""

    person: Prisoner
    on: date
    told: Mapping[str, Told] = field(default_factory=dict)

    @property
    def pk(self) -> int:
        """The person's number, by which rows are put in order; it is in no column."""
        return self.person.pk

    @cached_property
    def _cards(self) -> dict[str, PersonCard]:
        return {}

    @property
    def card(self) -> PersonCard:
        """The person as a list in the active language shows them."""
        told = self.told.get(current_language(), NOTHING_TOLD)
        return once_a_language(self._cards, lambda: PersonCard(self.person, self.on, told))

    @property
    def own_name(self) -> PersonName | None:
        """The name in the active language, None where there is none in it."""
        name = name_in(self.person, current_language())
        return name if name.exists and name.language == current_language() else None

    @cached_property
    def born(self) -> PartialDate | None:
        """As exactly as readers may know it: to the day only while the person can be written to."""
        return shown_birth(self.person, letter_address(self.person, self.on))

    @cached_property
    def recognition(self) -> Recognition | None:
        """The decision behind the mark «recognised», where the page has it."""
        if not self.card.recognised:
            return None
        standing = standing_of(self.person.recognitions.all())
        return next((each for body in _OURS for each in reversed(standing) if each.decided_by == body), None)

    @property
    def places(self) -> list[str]:
        """Where the person is held, as the page says it in the active language."""
        return [_place_words(self.person, stay) for stay in self._stays]

    @property
    def place_urls(self) -> list[str]:
        """Pages of the institutions that the person is held in, where they may be named."""
        places = (stay_place(self.person, stay) for stay in self._stays)
        return [f"{settings.PUBLIC_URL}{place.url}" for place in places if place.url]

    @cached_property
    def _stays(self) -> list[Any]:
        return [] if liberty_of(self.person) in AT_LARGE else current_stays(self.person, self.on)


def _place_words(person: Prisoner, stay: Any) -> str:
    place = stay_place(person, stay)
    return f"{place.words} ({place.remark})" if place.remark else str(place.words)
