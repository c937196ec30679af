"""Figures as readers see them: a number with its words, tables with bars, drawn charts, sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from memorial.base.localized import current_language
from memorial.base.partial_date import duration_words
from memorial.base.shown_text import ShownText
from memorial.base.typography import grouped_number
from memorial.figures.asked import Asked
from memorial.figures.charts import Column, Columns, Point
from memorial.figures.counting.moment import UNKNOWN, Numbers
from memorial.figures.definition import Figure, Look, Series, Unit
from memorial.figures.labels import Labels
from memorial.figures.layers import layer_of
from memorial.figures.results import Results
from prisoners.display.words import date_words

ROWS_OF_AN_EXTRACT: Final = 8


def grouped(number: int) -> str:
    """A number in groups of three, in the reader's language."""
    return grouped_number(number, current_language())


def figure_url(figure: Figure, asked: Asked) -> str:
    """The address of a figure's page, for the same day."""
    return with_day(reverse("statistic", kwargs={"figure": figure.code}), asked)


def with_day(path: str, asked: Asked) -> str:
    """An address for the day that is asked for; today's has none."""
    return f"{path}?{asked.query}" if asked.query else path


@dataclass(frozen=True)
class ShownRow:
    """A row of a table: what is counted, how many, how long its bar is; `is_whole`: the year is over."""

    words: ShownText | str
    number: int
    most: int
    note: ShownText | str = ""
    url: str = ""
    is_whole: bool = True

    @property
    def grouped(self) -> str:
        return grouped(self.number)

    @property
    def width(self) -> str:
        """The length of the bar in per cent of the longest."""
        return f"{100 * self.number / max(self.most, 1):.1f}%"


@dataclass(frozen=True)
class ShownColumn:
    """A column with its figure in words of the page."""

    column: Column

    @property
    def grouped(self) -> str:
        return grouped(self.column.point.number)


class ShownSeries:
    """One series of a figure on a page."""

    def __init__(
        self, figure: Figure, series: Series, numbers: Numbers, labels: Labels, asked: Asked
    ) -> None:
        self.figure, self.series, self.asked = figure, series, asked
        self.labels, self.numbers = labels, numbers

    @property
    def note(self) -> str:
        """What must be known of the series, in the reader's language."""
        return str(self.series.note)

    @property
    def anchor(self) -> str:
        return self.series.code.replace("_", "-")

    @property
    def is_columns(self) -> bool:
        return self.series.look is Look.COLUMNS

    @property
    def is_bars(self) -> bool:
        return self.series.look is Look.BARS

    @cached_property
    def rows(self) -> list[ShownRow]:
        """Every category with its number."""
        known = {code: number for code, number in self.numbers.items() if number is not None}
        most = max(known.values(), default=0)
        return [self._row(code, number, most) for code, number in known.items()]

    @property
    def first_rows(self) -> list[ShownRow]:
        """The largest ones, for the page of all figures."""
        return self.rows[:ROWS_OF_AN_EXTRACT]

    @property
    def has_more(self) -> bool:
        return len(self.rows) > ROWS_OF_AN_EXTRACT

    def _row(self, code: str, number: int, most: int) -> ShownRow:
        figure, series = self.figure.code, self.series.code
        return ShownRow(
            self.labels.name(figure, series, code),
            number,
            most,
            self.labels.note(series, code),
            self.labels.url(figure, series, code, is_today=self.asked.is_today),
            self._is_whole(code),
        )

    def _is_whole(self, year: str) -> bool:
        return not self.is_columns or year != str(self.asked.on.year) or self._ends_the_year

    @property
    def _ends_the_year(self) -> bool:
        return (self.asked.on.month, self.asked.on.day) == (12, 31)

    @cached_property
    def chart(self) -> Columns:
        """The years as columns, without those whose year is not known."""
        return Columns(
            [
                Point(code, number or 0, self._is_whole(code))
                for code, number in self.numbers.items()
                if code != UNKNOWN
            ]
        )

    @property
    def is_drawn(self) -> bool:
        """Whether there are years to be compared: one alone is no chart."""
        return len(self.chart.points) > 1

    @property
    def columns(self) -> list[ShownColumn]:
        return [ShownColumn(column) for column in self.chart.columns]

    @property
    def in_words(self) -> str:
        """The chart for those who hear it: the first year, the largest number, the last year."""
        points = self.chart.points
        if not points:
            return ""
        highest = max(points, key=lambda point: point.number)
        words = _(
            "Column chart: %(first_number)s in %(first)s, at most %(most)s in %(year)s, %(last_number)s in %(last)s. "
            "All numbers are in the table below."
        )
        return words % {
            "first": points[0].name,
            "first_number": grouped(points[0].number),
            "most": grouped(highest.number),
            "year": highest.name,
            "last": points[-1].name,
            "last_number": grouped(points[-1].number),
        }

    @property
    def unfinished(self) -> str:
        """A sentence on the year that is not over; "" where there is none."""
        last = str(self.asked.on.year)
        if not self.is_columns or last not in self.numbers or self._ends_the_year or not self.is_drawn:
            return ""
        words = _("%(year)s is not over: counted up to %(day)s and drawn lighter.")
        return words % {"year": last, "day": date_words(self.asked.on)}

    @property
    def left_out(self) -> str:
        """A sentence on years for which there is no room; "" where there are none."""
        if not self.is_columns or not self.chart.left_out:
            return ""
        return _("Drawn from %(year)s on; earlier years are in the table.") % {
            "year": self.chart.points[0].name
        }

    @property
    def sentence(self) -> str:
        """What a median or a single number says; "" for a table."""
        if self.series.look is Look.NUMBER:
            return people_words(next(iter(self.numbers.values())) or 0)
        if self.series.look is not Look.MEDIAN:
            return ""
        of = people_words(self.numbers["number"] or 0)
        median = self.numbers["median"]
        if median is None:
            return _("%(people)s: too few for a median.") % {"people": of}
        return _("%(median)s, counted from %(people)s.") % {"median": self._length(median), "people": of}

    def _length(self, median: int) -> str:
        if self.series.unit is Unit.MONTHS:
            return str(duration_words(median, current_language()))
        return str(duration_words(12 * median, current_language()))


def people_words(number: int) -> str:
    """«1 612 человек»."""
    return ngettext("%(number)s person", "%(number)s people", number) % {"number": grouped(number)}


class ShownFigure:
    """A figure of a day, with everything that its page says."""

    def __init__(self, figure: Figure, results: Results, labels: Labels, asked: Asked) -> None:
        self.figure, self.asked = figure, asked
        self._results, self._labels = results, labels

    @property
    def number(self) -> str:
        return grouped(self._results.number(self.figure))

    @property
    def words(self) -> str:
        return str(self.figure.words % self._results.number(self.figure))

    @property
    def said(self) -> str:
        """The definition, in the reader's language."""
        return str(self.figure.said)

    @property
    def method(self) -> list[str]:
        return [str(words) for words in self.figure.method]

    @property
    def url(self) -> str:
        return figure_url(self.figure, self.asked)

    @property
    def map_url(self) -> str:
        """The address of its map, for the same day; "" where it has none."""
        layer = layer_of(self.figure.code)
        return with_day(reverse(layer.url_name), self.asked) if layer else ""

    @cached_property
    def series(self) -> list[ShownSeries]:
        """The series of which anything is told, in the order of the catalogue."""
        counted = self._results.of(self.figure)
        return [
            ShownSeries(self.figure, each, counted[each.code], self._labels, self.asked)
            for each in self.figure.series
            if _is_told(each, counted.get(each.code), self._results.number(self.figure))
        ]

    def one(self, code: str) -> ShownSeries:
        """A series by its code, whether anything is told of it or not."""
        counted = self._results.of(self.figure)
        series = self.figure.series_of(code)
        return ShownSeries(self.figure, series, counted.get(code, {}), self._labels, self.asked)

    @property
    def files(self) -> list[tuple[str, str]]:
        """Formats with their addresses."""
        return files_of("statistic", self.asked, figure=self.figure.code)

    @property
    def citation(self) -> Citation:
        """How to cite it."""
        page = reverse("statistic", kwargs={"figure": self.figure.code})
        said = f"{self.figure.title}: {self.number}"
        return Citation(said, self.asked, f"{settings.PUBLIC_URL}{page}?on={self.asked.on.isoformat()}")


def _is_told(series: Series, numbers: Numbers | None, whole: int) -> bool:
    """Whether there is anything to tell; that nobody is among some people is told, too."""
    if not numbers:
        return False
    if series.look is Look.MEDIAN:
        return bool(numbers["number"])
    return any(numbers.values()) or (series.look is Look.NUMBER and whole > 0)


@dataclass(frozen=True)
class Citation:
    """What is cited, of which day, from data as of which day, under which address."""

    said: str
    asked: Asked
    url: str

    @property
    def on(self) -> str:
        return date_words(self.asked.on)

    @property
    def as_of(self) -> str:
        return date_words(self.asked.today)


def files_of(stem: str, asked: Asked, **arguments: str) -> list[tuple[str, str]]:
    """The formats of a page's data, with their addresses for the same day."""
    query = f"?{asked.query}" if asked.query else ""
    names = {"CSV": "csv", "Excel": "xlsx", "JSON": "json"}
    return [(name, reverse(f"{stem}-{end}", kwargs=arguments or None) + query) for name, end in names.items()]


def shown_figures(figures: Iterable[Figure], results: Results, asked: Asked) -> dict[str, ShownFigure]:
    """Figures by their codes, with hyphens made underscores: templates ask for them by name."""
    labels = Labels(results.facts)
    return {figure.code.replace("-", "_"): ShownFigure(figure, results, labels, asked) for figure in figures}
