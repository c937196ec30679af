"""Events in words: when by the clock of the town, where, by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from django.utils.translation import gettext as _

from memorial.appeals.models import PublicEvent
from memorial.base.rich_text import excerpt
from memorial.base.shown_text import ShownText, shown_text
from prisoners.display.words import capital, date_words

LONGEST_DESCRIPTION: Final = 200


@dataclass(frozen=True)
class ShownEvent:
    """An event as lists, the calendar and its own page show it on a day."""

    event: PublicEvent
    on: date

    @property
    def url(self) -> str:
        return self.event.get_absolute_url()

    @cached_property
    def title(self) -> ShownText:
        return shown_text(self.event, "title")

    @cached_property
    def city(self) -> ShownText:
        return shown_text(self.event, "city")

    @cached_property
    def place(self) -> ShownText:
        return shown_text(self.event, "place")

    @cached_property
    def organiser(self) -> ShownText:
        return shown_text(self.event, "organiser")

    @property
    def country(self) -> str:
        return str(self.event.country.name)  # type: ignore[attr-defined]

    @property
    def kind(self) -> str:
        return capital(str(self.event.get_kind_display()))

    @property
    def day(self) -> str:
        """«3 декабря 2026»."""
        return date_words(self.event.on)

    @property
    def hours(self) -> str:
        """«18:30–21:00»; "" where the hour is not known."""
        if self.event.at is None:
            return ""
        begins = f"{self.event.at:%H:%M}"
        return f"{begins}–{self.event.ends_at:%H:%M}" if self.event.ends_at else begins

    @property
    def moment(self) -> str:
        """For programs: with the zone where the hour is known."""
        return self.event.starts.isoformat() if self.event.starts else self.event.on.isoformat()

    @property
    def is_past(self) -> bool:
        return self.event.on < self.on

    @property
    def where(self) -> str:
        """«Клуб „Причал“, Набережная, 4, Вильнюс, Литва», for programs."""
        return ", ".join(part for part in (str(self.place), str(self.city), self.country) if part)

    @property
    def description(self) -> str:
        """For search engines: what, when, where, and the first words."""
        said = _("%(kind)s: %(day)s, %(town)s.") % {"kind": self.kind, "day": self.day, "town": self.city}
        return excerpt(
            f"{said} {excerpt(str(shown_text(self.event, 'text')), LONGEST_DESCRIPTION)}", LONGEST_DESCRIPTION
        )


def shown_events(events: Iterable[PublicEvent], on: date) -> list[ShownEvent]:
    """Events to be shown, in the order given."""
    return [ShownEvent(event, on) for event in events]
