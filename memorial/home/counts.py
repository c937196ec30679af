"""The encyclopaedia in numbers that add up: each leads to the people whom it counts.

Everybody is in exactly one of the groups of `memorial.figures`: what the home page says of liberty is
what the statistics say. The numbers are those of the filters, so the list behind each holds as many.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from cases.querysets import VERIFIED
from cases.selection import PeopleFilter
from memorial.base.choices import State
from memorial.base.kept import Kept
from memorial.base.localized import current_language
from memorial.base.typography import grouped_number
from memorial.figures.counting.people import GROUPS
from prisoners.choices import RecognitionOutcome
from prisoners.models import Recognition

_UNDER: Final = {
    "people": ngettext_lazy("person in the encyclopaedia", "people in the encyclopaedia"),
    "recognised": ngettext_lazy(
        "recognised by us as a political prisoner", "recognised by us as political prisoners"
    ),
    "deprived": ngettext_lazy("is deprived of liberty today", "are deprived of liberty today"),
    "at_liberty": ngettext_lazy("is at liberty", "are at liberty"),
}
_REST: Final[dict[str, Promise]] = {
    "beside": _("in forced labour, under administrative arrest or held for expulsion"),
    "elsewhere": _("out of reach or sent to the war"),
    "not_known": _("of whom it is not known whether they are at liberty"),
    "died": pgettext_lazy("so many people", "died"),
}
_kept = Kept(100)


@dataclass(frozen=True)
class Figure:
    """A number, the words under it, and where it leads; `code` names its group."""

    code: str
    value: int
    url: str

    @property
    def number(self) -> str:
        return grouped_number(self.value, current_language())

    @property
    def words(self) -> str:
        """The words under the number, in the form that it asks for; of a group of the rest, its name."""
        return str(_UNDER[self.code] % self.value if self.code in _UNDER else _REST[self.code])


class Counts:
    """The numbers of one day. Asks the database twice, and not again while nothing public changes."""

    def __init__(self, on: date) -> None:
        self.on = on
        self._people = PeopleFilter(QueryDict(), on)

    @cached_property
    def _statuses(self) -> dict[str, int]:
        return self._people.index.counts("liberty", {})

    def group(self, code: str) -> Figure:
        """One group of liberty: `deprived`, `at_liberty`, `beside`, `elsewhere`, `not_known`, `died`."""
        statuses = [status.value for status in GROUPS[code] if status.value in self._statuses]
        value = sum(self._statuses[status] for status in statuses)
        return Figure(code, value, _people_url(self._people.query_of({"liberty": statuses})))

    @property
    def people(self) -> Figure:
        return Figure("people", len(self._people.index.numbers), _people_url(""))

    @cached_property
    def recognised(self) -> Figure:
        """People ever recognised by this project; where each stands now, its own page of statistics tells."""
        number = _kept.get(("recognised", self.on), lambda: (_recognised(self.on),))[0]
        return Figure("recognised", number, reverse("statistic", kwargs={"figure": "recognised"}))

    @property
    def deprived(self) -> Figure:
        """Who is deprived of liberty, as the domain defines it for a date."""
        return self.group("deprived")

    @property
    def at_liberty(self) -> Figure:
        return self.group("at_liberty")

    @property
    def rest(self) -> list[Figure]:
        """Who is neither deprived of liberty nor at liberty, in groups; none that is empty."""
        return [figure for code in _REST if (figure := self.group(code)).value]

    @property
    def in_english(self) -> str:
        """How many people have at least name and short description in English."""
        number = self._people.index.counts("english", {}).get("yes", 0)
        return grouped_number(number, current_language())


def _people_url(query: str) -> str:
    url = reverse("prisoners:prisoner-list")
    return f"{url}?{query}" if query else url


def _recognised(on: date) -> int:
    by_then = Q(on_earliest__lte=on) | Q(on_earliest__isnull=True)
    decisions = Recognition.objects.by_this_project().filter(
        VERIFIED, by_then, outcome=RecognitionOutcome.RECOGNISED, prisoner__state=State.PUBLISHED
    )
    number: int = decisions.values("prisoner").distinct().count()
    return number
