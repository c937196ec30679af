"""How many people the money of a line helped: the approved totals of the same period, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assistance.models import TotalsPublication
from assistance.totals.figures import DETENTION, HUMANITARIAN, LEGAL
from donations.choices import SpendingPurpose
from donations.models.reports import ReportLine
from memorial.base.localized import current_language
from memorial.base.typography import NBSP, grouped_number

FIGURES: Final[dict[str, str]] = {
    SpendingPurpose.LAWYERS: LEGAL,
    SpendingPurpose.DETENTION: DETENTION,
    SpendingPurpose.PARCELS: HUMANITARIAN,
}
"""Which approved total tells whom the money of a purpose helped."""


@dataclass(frozen=True)
class Helped:
    """So many people, as approved for a period when the report was; and now, where that was corrected since."""

    people: int
    period: str
    now: int | None

    @property
    def was_corrected(self) -> bool:
        """Whether what we do tells another number by now."""
        return self.now != self.people

    @property
    def words(self) -> str:
        """«126 человек»."""
        return people_words(self.people)

    @property
    def now_words(self) -> str:
        """The corrected number; «not shown» where it is withheld now."""
        return _("not shown") if self.now is None else people_words(self.now)


def people_words(number: int) -> str:
    """A number of people: «1 243 человека»."""
    words = ngettext("%(number)s person", "%(number)s people", number)
    return (words % {"number": grouped_number(number, current_language())}).replace(" ", NBSP)


class ApprovedTotals:
    """All approved totals, to be named beside what was spent; read once for a page, in two statements."""

    def __init__(self, publications: Iterable[TotalsPublication]) -> None:
        self._told: dict[int, tuple[str, dict[str, int | None]]] = {}
        self._newest: dict[str, int] = {}
        for publication in publications:
            numbers = {total.figure: total.people for total in publication.totals.all()}
            self._told[publication.pk] = (publication.period, numbers)
            self._newest[publication.period] = publication.pk

    @classmethod
    def read(cls) -> ApprovedTotals:
        """As they stand in the database."""
        return cls(TotalsPublication.objects.published().for_detail())

    def helped_by(self, line: ReportLine) -> Helped | None:
        """Whom the money of a line helped; None where it names no totals or the number was withheld."""
        figure = FIGURES.get(line.purpose)
        if figure is None or line.helped_id not in self._told:
            return None
        period, numbers = self._told[line.helped_id]
        people = numbers.get(figure)
        if people is None:
            return None
        return Helped(people, period, self._told[self._newest[period]][1].get(figure))
