"""The page of all figures: what stands on it, and its chart of two lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from memorial.figures.asked import Asked
from memorial.figures.charts import Lines
from memorial.figures.shown import ShownFigure, ShownSeries, grouped


@dataclass(frozen=True)
class BigFigure:
    """A large number with the words below it; `kind` is the shape beside them."""

    number: str
    words: str
    url: str
    kind: str = ""


@dataclass(frozen=True)
class YearEnd:
    """A row of the table of two lines; None before the project began."""

    year: str
    deprived: str
    recognised: str


class Overview:
    """The main figures of a day."""

    def __init__(self, figures: Mapping[str, ShownFigure], asked: Asked) -> None:
        self.figures, self.asked = figures, asked

    @property
    def big(self) -> list[BigFigure]:
        """Four numbers: everybody, whom we recognised, who is deprived of liberty, who is at liberty."""
        liberty = self.figures["liberty"]
        free = liberty.one("group").numbers.get("at_liberty") or 0
        return [
            self._big("people"),
            self._big("recognised", "rc rc--yes"),
            self._big("liberty", "st--in"),
            BigFigure(
                grouped(free), ngettext("is at liberty", "are at liberty", free), liberty.url, "st--out"
            ),
        ]

    def _big(self, code: str, kind: str = "") -> BigFigure:
        figure = self.figures[code]
        return BigFigure(figure.number, figure.words, figure.url, kind)

    @property
    def composition(self) -> ShownSeries:
        """Everybody by liberty: the parts are the whole."""
        return self.figures["liberty"].one("group")

    @property
    def people(self) -> str:
        return self.figures["people"].number

    @property
    def drawn(self) -> list[tuple[ShownFigure, ShownSeries]]:
        """Charts of years, each with its figure."""
        chosen = [self.figures["prosecutions"].one("year"), self.figures["arrests"].one("year")]
        return [(self.figures[each.figure.code], each) for each in chosen if each.rows]

    @property
    def extracts(self) -> list[tuple[ShownFigure, ShownSeries]]:
        """The largest rows of long tables, each with its figure."""
        chosen = [
            self.figures[code].one(series)
            for code, series in (("articles", "article"), ("themes", "theme"), ("regions", "region"))
        ]
        return [(self.figures[each.figure.code], each) for each in chosen if each.rows]

    @property
    def all(self) -> list[ShownFigure]:
        """Every figure with its number."""
        return list(self.figures.values())

    @cached_property
    def lines(self) -> Lines:
        """Deprived of liberty at the end of each year, and recognised by then."""
        deprived = self._at_ends("liberty")
        recognised = self._at_ends("recognised")
        years = list(deprived)
        return Lines(years, [deprived[year] for year in years], [recognised.get(year) for year in years])

    @property
    def grid(self) -> list[tuple[str, str, str]]:
        """The round numbers of the chart: each in words of the page, with its line and its own place."""
        return [(grouped(tick.number), tick.y, tick.above) for tick in self.lines.grid]

    def _at_ends(self, code: str) -> dict[str, int | None]:
        return self.figures[code].one("at_end_of_year").numbers

    @property
    def year_ends(self) -> list[YearEnd]:
        """The numbers of both lines, all years."""
        recognised = self._at_ends("recognised")
        return [
            YearEnd(
                year,
                grouped(number or 0),
                _("before the project began") if year not in recognised else grouped(recognised[year] or 0),
            )
            for year, number in self._at_ends("liberty").items()
        ]

    @property
    def line_names(self) -> list[tuple[str, str]]:
        """What stands at the end of each line, and how far down."""
        words = [_("deprived of liberty, %(number)s"), _("recognised, %(number)s")]
        return [
            (each % {"number": grouped(line[-1])}, y)
            for each, line, y in zip(words, self.lines.lines, self.lines.ends, strict=True)
            if line and line[-1] is not None
        ]

    @property
    def lines_in_words(self) -> str:
        """The chart for those who hear it."""
        lines = self.lines
        words = _(
            "Line chart: deprived of liberty at the end of each year, from %(first_number)s in %(first)s to "
            "%(last_number)s in %(last)s; recognised by then, %(recognised)s. All numbers are in the table below."
        )
        return words % {
            "first": lines.names[0],
            "first_number": grouped(lines.lines[0][0] or 0),
            "last": lines.names[-1],
            "last_number": grouped(lines.lines[0][-1] or 0),
            "recognised": grouped(lines.lines[1][-1] or 0),
        }
