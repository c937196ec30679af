"""The data under the figures: one long table, a number a row, the same as on the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from memorial.base.localized import current_language
from memorial.base.opendata.about import About, in_all_languages
from memorial.base.opendata.columns import Column, Kind, Table, code_or_none, in_each_language
from memorial.base.opendata.csv_file import csv_file
from memorial.base.opendata.json_file import json_file
from memorial.base.opendata.xlsx_file import xlsx_file
from memorial.base.public_pages import public_page
from memorial.base.shown_text import ShownText
from memorial.base.table_files import TYPES
from memorial.figures.asked import Asked
from memorial.figures.catalogue import FIGURES
from memorial.figures.counting.moment import TOTAL
from memorial.figures.definition import Figure, Unit
from memorial.figures.labels import Labels
from memorial.figures.reading import asked_of, figure_of
from memorial.figures.results import Results
from prisoners.display.words import date_words


@dataclass(frozen=True)
class NumberRow:
    """One number of a figure."""

    figure: Figure
    series: str
    category: str
    number: int | None
    asked: Asked
    labels: Labels

    @property
    def name(self) -> str | None:
        """What is counted, in the active language; a text that has no translation is told in the other."""
        if not self.category:
            return None
        name = self.labels.name(self.figure.code, self.series, self.category)
        return name.text if isinstance(name, ShownText) else name

    @property
    def series_name(self) -> str:
        return _("Total") if self.series == TOTAL else str(self.figure.series_of(self.series).title)

    @property
    def unit(self) -> str:
        is_median = self.category == "median"
        return (self.figure.series_of(self.series).unit if is_median else Unit.PEOPLE).value


_SOURCE: Final = "memorial.figures.catalogue.FIGURES"

TABLE: Final = Table(
    name="statistics",
    title=gettext_lazy("Statistics"),
    description=gettext_lazy(
        "Figures of the encyclopaedia for a day, counted from dated facts. Each number counts different people; "
        "the parts of a series may add up to more than the total."
    ),
    columns=(
        Column(
            "figure",
            Kind.CODE,
            gettext_lazy("Figure"),
            gettext_lazy("The last part of the address of the figure's page, where it is defined."),
            lambda row: row.figure.code,
            _SOURCE,
        ),
        Column(
            "series",
            Kind.CODE,
            gettext_lazy("Series"),
            gettext_lazy("Which sequence of numbers of the figure; total is the figure as a whole."),
            lambda row: row.series,
            _SOURCE,
        ),
        Column(
            "category",
            Kind.CODE,
            gettext_lazy("Category"),
            gettext_lazy("The year, article, region, stage …; unknown is not known; nothing for a total."),
            lambda row: code_or_none(row.category),
            _SOURCE,
        ),
        Column(
            "number",
            Kind.INTEGER,
            gettext_lazy("Number"),
            gettext_lazy("How many; nothing for a median of too few."),
            lambda row: row.number,
            "memorial.figures.counting",
        ),
        Column(
            "unit",
            Kind.CODE,
            gettext_lazy("Unit"),
            gettext_lazy("people: different people; months and years of medians."),
            lambda row: row.unit,
            _SOURCE,
        ),
        Column(
            "on",
            Kind.DATE,
            gettext_lazy("Day"),
            gettext_lazy("The day that the number is told for."),
            lambda row: row.asked.on.isoformat(),
            "?on=",
        ),
        *in_each_language(
            "series_name",
            Kind.TEXT,
            gettext_lazy("Name of the series"),
            gettext_lazy("What the series tells."),
            lambda row: row.series_name,
            source=_SOURCE,
        ),
        *in_each_language(
            "name",
            Kind.TEXT,
            pgettext_lazy("of a thing", "Name"),
            gettext_lazy("What is counted."),
            lambda row: row.name,
            source="memorial.figures.labels",
        ),
    ),
    key=("figure", "series", "category"),
)


def number_rows(figures: Iterable[Figure], results: Results, asked: Asked) -> Iterator[NumberRow]:
    """Every number of these figures, in the order of their pages."""
    labels = Labels(results.facts)
    for figure in figures:
        for series, numbers in results.of(figure).items():
            for category, number in numbers.items():
                yield NumberRow(figure, series, category, number, asked, labels)


Write = Callable[[Iterable[NumberRow], About], Iterator[bytes]]


def _csv(rows: Iterable[NumberRow], about: About) -> Iterator[bytes]:
    return csv_file(TABLE, rows, about, current_language())


def _json(rows: Iterable[NumberRow], about: About) -> Iterator[bytes]:
    return json_file(TABLE, rows, about)


def _xlsx(rows: Iterable[NumberRow], about: About) -> Iterator[bytes]:
    return xlsx_file(TABLE, rows, about, current_language())


_FORMATS: Final[dict[str, tuple[Write, str]]] = {
    "csv": (_csv, "text/csv; charset=utf-8; header=present"),
    "json": (_json, "application/json"),
    "xlsx": (_xlsx, TYPES["xlsx"]),
}


def file_view(ending: str) -> Callable[..., HttpResponseBase]:
    """The view of the files of one format: of one figure, or of all of them where none is named."""
    write, content_type = _FORMATS[ending]

    @public_page()
    def view(request: HttpRequest, figure: str = "") -> StreamingHttpResponse:
        asked, results = asked_of(request)
        chosen = figure_of(figure) if figure else None
        rows = number_rows([chosen] if chosen else FIGURES, results, asked)
        name = f"{TABLE.name}{f'-{figure}' if figure else ''}-{asked.on.isoformat()}.{ending}"
        response = StreamingHttpResponse(write(rows, _about(chosen, asked)), content_type=content_type)
        response.headers["Content-Disposition"] = str(content_disposition_header(True, name))
        # The page is what search engines should lead to.
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return view


def _about(figure: Figure | None, asked: Asked) -> About:
    def described() -> str:
        words = _("On %(day)s, from data as of %(today)s.")
        return words % {"day": date_words(asked.on), "today": date_words(asked.today)}

    def url() -> str:
        path = reverse("statistic", kwargs={"figure": figure.code}) if figure else reverse("statistics")
        return f"{settings.PUBLIC_URL}{path}{f'?{asked.query}' if asked.query else ''}"

    title = figure.title if figure else gettext_lazy("Statistics")
    return About(title, described, asked.today, in_all_languages(url))
