"""A line of a chronology, and the order in which lines stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

from django.utils.translation import gettext as _

from memorial.base.localized import current_language
from memorial.base.partial_date import PartialDate
from memorial.base.shown_text import ShownText
from prisoners.display.words import capital, date_words
from prisoners.models import Prisoner


class Rank(IntEnum):
    """Which comes first of what happened on one day."""

    FIRST = 0
    CHARGE = 1
    RESTRAINT = 2
    HEARING = 3
    DECISION = 4
    LAST = 5


@dataclass(frozen=True)
class Entry:
    """One line of a chronology: when, what, about whom."""

    on: PartialDate | None
    title: ShownText
    details: tuple[ShownText, ...] = ()
    who: tuple[Prisoner, ...] = ()
    is_key: bool = False
    is_ahead: bool = False
    clock: str = ""
    lines: tuple[ShownText, ...] = ()
    """What a decision means for each person: a line of its own each; `details` stand together on one."""
    rank: Rank = Rank.FIRST
    case: int = 0
    """The number of the case that it is of, where a chronology spans several; 0 otherwise."""

    @property
    def when(self) -> str:
        """«14 марта 2023», «24 ноября 2026, 10:30», «дата неизвестна»."""
        if self.on is None:
            return _("date unknown")
        return f"{date_words(self.on)}, {self.clock}" if self.clock else date_words(self.on)

    @property
    def moment(self) -> str:
        """For `datetime` attributes: "2023-03"; "" for what is not exact."""
        return "" if self.on is None or self.on.qualifier else self.on.text

    @property
    def order(self) -> tuple[date, date, Rank]:
        """By the first day it can have been, by the last, by its rank; the undated last of all."""
        if self.on is None:
            return date.max, date.max, self.rank
        return self.on.earliest or date.min, self.on.latest or date.max, self.rank


def own_words(words: str) -> ShownText:
    """Our own words as the title of a line."""
    return ShownText(capital(words), current_language())


def texts(*given: ShownText | str) -> tuple[ShownText, ...]:
    """Those of some texts that say anything; plain ones are in the reader's language."""
    shown = (ShownText(text, current_language()) if isinstance(text, str) else text for text in given)
    return tuple(text for text in shown if text)


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Oldest first, each once: what happened to several people on one day in the same words is one line."""
    unique: dict[tuple[object, ...], Entry] = {}
    for entry in entries:
        # A line that names nobody says the same as one that is told again: only its first details stand.
        key = (
            (entry.case, entry.on, str(entry.title), entry.lines, entry.clock, entry.details, entry.is_ahead)
            if entry.who
            else (entry.case, entry.on, str(entry.title), entry.lines, entry.clock)
        )
        known = unique.get(key)
        if known is None:
            unique[key] = entry
        elif entry.who:
            unique[key] = replace(known, who=tuple(dict.fromkeys((*known.who, *entry.who))))
    return sorted(unique.values(), key=lambda entry: entry.order)
