"""The map as readers see it: regions in shades of their numbers, occupied ones hatched, the shades explained."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from memorial.figures.map_shapes import Shapes, shapes
from memorial.figures.shown import ShownRow, ShownSeries, grouped, people_words
from prisoners.models import OccupationPeriod, Region

FROM: Final = (1, 5, 20, 50, 100)
"""The least number of each shade but the lightest, which is nobody. The same for every day: days can be compared."""


def shade_of(number: int) -> int:
    """Which shade a number has: 0 for nobody, 5 for a hundred and more."""
    return bisect_right(FROM, number)


@dataclass(frozen=True)
class DrawnRegion:
    """A region on the map; without a `url` where nobody is counted."""

    region: Region
    path: str
    number: int
    url: str
    is_occupied: bool
    country: str = ""
    """Where the name does not say it."""

    @property
    def id(self) -> str:
        return f"r-{self.region.path_code}"

    @property
    def shade(self) -> str:
        return f"m{shade_of(self.number)}"

    @property
    def words(self) -> str:
        """«Крым (Украина, оккупирован): 204 человека»."""
        name = self.region.shown_name
        return f"{name}{f' ({self.country})' if self.country else ''}: {people_words(self.number)}"


@dataclass(frozen=True)
class Shade:
    """A line of the key: a shade and the numbers that it stands for."""

    number: int
    words: str

    @property
    def name(self) -> str:
        return f"m{self.number}"


class ShownMap:
    """The map of one series by region."""

    def __init__(self, series: ShownSeries, regions: Iterable[Region], on: date) -> None:
        self.series, self.on = series, on
        self._known = sorted(regions, key=lambda one: one.code)
        self._numbers = {code: number or 0 for code, number in series.numbers.items()}
        self._rows = dict(zip(series.numbers, series.rows, strict=True))

    @property
    def shapes(self) -> Shapes:
        return shapes()

    @cached_property
    def regions(self) -> list[DrawnRegion]:
        """Every region that has an outline, those where nobody is counted first: their edges lie below."""
        occupied = occupied_on(self.on)
        drawn = [self._drawn(one, occupied) for one in self._known if one.code in self.shapes.paths]
        return sorted(drawn, key=lambda one: bool(one.number))

    def _drawn(self, region: Region, occupied: set[int]) -> DrawnRegion:
        code = region.path_code
        row: ShownRow | None = self._rows.get(code)
        return DrawnRegion(
            region,
            self.shapes.paths[region.code],
            self._numbers.get(code, 0),
            row.url if row else "",
            region.pk in occupied,
            self.series.labels.country(code),
        )

    @property
    def occupied(self) -> list[DrawnRegion]:
        """Those to be hatched."""
        return [one for one in self.regions if one.is_occupied]

    @property
    def key(self) -> list[Shade]:
        """What the shades mean."""
        ends = [f"{first}–{after - 1}" for first, after in pairwise(FROM)]
        ends.append(_("%(number)s and more") % {"number": grouped(FROM[-1])})
        return [
            Shade(0, pgettext("map", "nobody")),
            *(Shade(number, words) for number, words in enumerate(ends, 1)),
        ]

    @property
    def in_words(self) -> str:
        """The map for those who hear it."""
        words = _(
            "Map of regions: the stronger the shade, the more people. All numbers are in the table below."
        )
        return f"{self.series.figure.title}. {words}"


def occupied_on(on: date) -> set[int]:
    """The numbers of regions that were occupied on a day, wholly or in part.

    Where no days are entered, what is said of the region holds for every day: that it is occupied or partly so.
    """
    periods: dict[int, list[OccupationPeriod]] = {}
    for period in OccupationPeriod.objects.all():
        periods.setdefault(period.region_id, []).append(period)
    said = Region.objects.exclude(occupied=Region.Occupied.NO).values_list("pk", flat=True)
    return {
        number
        for number in said
        if number not in periods or any(_covers(period, on) for period in periods[number])
    }


def _covers(period: OccupationPeriod, on: date) -> bool:
    began, ended = period.began_earliest, period.ended_latest
    return (began is None or began <= on) and (not period.ended or ended is None or ended >= on)
