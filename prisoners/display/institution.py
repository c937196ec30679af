"""An institution as its own page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.utils.translation import pgettext

from memorial.base.shown_text import ShownText, shown_text
from prisoners.choices import InstitutionKind
from prisoners.display.people import PersonCard
from prisoners.display.sources import ShownSource, sources_of_place
from prisoners.display.words import capital, date_words
from prisoners.models import Facility

FORMER_SHOWN: Final = 120


@dataclass(frozen=True)
class InstitutionPage:
    """An institution on one day, with the people held there now and before whom readers may see there.

    `known_before` may hold one more than the page shows: then there are more than it shows.
    """

    facility: Facility
    people: list[PersonCard]
    known_before: list[PersonCard]

    @property
    def before(self) -> list[PersonCard]:
        return self.known_before[:FORMER_SHOWN]

    @property
    def shown_of_more(self) -> int:
        """How many of those held before are shown, where these are not all; else 0."""
        return FORMER_SHOWN if len(self.known_before) > FORMER_SHOWN else 0

    @cached_property
    def name(self) -> ShownText:
        return shown_text(self.facility, "name")

    @property
    def name_language(self) -> str:
        """The language of the name where it is not the page's, else ""."""
        return self.name.language if self.name.is_foreign else ""

    @property
    def kind(self) -> str:
        return capital(str(InstitutionKind(self.facility.kind).label))

    @property
    def region(self) -> str:
        """The region in words, said to be unknown where it is."""
        region = self.facility.region
        return str(region.shown_name) if region else pgettext("region", "not known")

    @property
    def region_url(self) -> str:
        region = self.facility.region
        return region.get_absolute_url() if region else ""

    @property
    def letters(self) -> str:
        """Whether letters arrive, in words."""
        return capital(str(Facility.Letters(self.facility.accepts_letters).label))

    @property
    def address(self) -> str:
        """The postal address on one line, in Russian; "" where there is none to write to."""
        return self.facility.address_line if self.facility.has_address else ""

    @property
    def checked_on(self) -> str:
        checked = self.facility.address_checked_on
        return date_words(checked) if checked else ""

    @property
    def has_rules(self) -> bool:
        return bool(shown_text(self.facility, "rules"))

    @property
    def has_about(self) -> bool:
        return bool(shown_text(self.facility, "about"))

    @cached_property
    def sources(self) -> list[ShownSource]:
        return sources_of_place(self.facility)
