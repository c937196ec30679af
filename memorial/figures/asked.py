"""The day that an address asks figures for. Whatever it says, there is an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.http import QueryDict
from django.utils.translation import gettext as _

from prisoners.display.words import date_words


class Trouble(Enum):
    """Why figures are told for today and not for the day that was asked for."""

    NO_DATE = "no_date"
    AHEAD = "ahead"
    TOO_EARLY = "too_early"
    OTHER = "other"
    """Something was asked that there is not."""


@dataclass(frozen=True)
class Asked:
    """The day to tell figures for, the present one, and why it is not the day asked for, if so."""

    on: date
    today: date
    trouble: Trouble | None = None
    first: date | None = None
    """The day of the first fact, where the day asked for lies before it."""

    @classmethod
    def of(cls, data: QueryDict, today: date, first: date | None) -> Asked:
        """What `?on=` says. Today is the same as nothing; anything that makes no sense is told as today."""
        written = data.get("on", "").strip()
        others = set(data) - {"on"}
        if not written:
            return cls(today, today, Trouble.OTHER if others else None)
        day = _day(written)
        if day is None:
            return cls(today, today, Trouble.NO_DATE)
        if day > today:
            return cls(today, today, Trouble.AHEAD)
        if first is None or day < first:
            return cls(today, today, Trouble.TOO_EARLY, first)
        return cls(day, today, Trouble.OTHER if others else None)

    @property
    def is_today(self) -> bool:
        return self.on == self.today

    @property
    def query(self) -> str:
        """What belongs to the canonical address: nothing for today."""
        return "" if self.is_today else f"on={self.on.isoformat()}"

    @property
    def note(self) -> str:
        """A sentence for who asked in vain; "" for everybody else."""
        if self.trouble is Trouble.NO_DATE:
            return _("That is not a date: write it as year, month, day. Here are the figures of today.")
        if self.trouble is Trouble.AHEAD:
            return _("That day lies ahead. Here are the figures of today.")
        if self.trouble is Trouble.TOO_EARLY and self.first is None:
            return _("Nothing here has a date yet. Here are the figures of today.")
        if self.trouble is Trouble.TOO_EARLY:
            words = _("The first fact we know has the date %(day)s. Here are the figures of today.")
            return words % {"day": date_words(self.first)}
        if self.trouble is Trouble.OTHER:
            return _("The address asks for something that is not here: only the day can be chosen.")
        return ""


def _day(written: str) -> date | None:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", written, re.ASCII):
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
