"""Figures counted once for each day and each version of what is public, and kept in the process.

Only numbers are kept, and the facts without names that they are made of. A figure may be a second old,
as the content version is.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Final

from memorial.base.kept import Kept
from memorial.figures.counting.moment import TOTAL, Counted, Moment
from memorial.figures.definition import Figure
from memorial.figures.loading import record
from memorial.figures.rows import Record

SERIES_KEPT: Final = 4_000
"""In each process: of all figures, some fifty days."""
_kept = Kept(SERIES_KEPT)


class Results:
    """The figures of a day. `today` is the present one, which some of them tell apart."""

    def __init__(self, on: date, today: date, facts: Record | None = None) -> None:
        self.on, self.today = on, today
        self._facts = facts

    @cached_property
    def facts(self) -> Record:
        return self._facts or record()

    @cached_property
    def _moment(self) -> Moment:
        return Moment(self.facts, self.on, self.today)

    def of(self, figure: Figure) -> Counted:
        """The numbers of a figure, in the order in which they are shown."""
        # With the facts' own number: figures of earlier facts must not be kept as those of a later version.
        key = (figure.code, self.on, self.today, self.facts.serial)
        return _kept.get(key, lambda: figure.count(self._moment))

    def number(self, figure: Figure) -> int:
        """The number of the figure as a whole: so many people."""
        return self.of(figure)[TOTAL][""] or 0
