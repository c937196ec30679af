"""The statistics: every figure with its numbers, of today or of any day before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.api.resources import Chosen, Keyed, Part, Resource
from memorial.base.civil_date import civil_date
from memorial.base.opendata.columns import Column, Kind, Table, in_each_language
from memorial.figures.asked import Asked
from memorial.figures.catalogue import BY_CODE, FIGURES
from memorial.figures.definition import Figure
from memorial.figures.files import TABLE, NumberRow, number_rows
from memorial.figures.reading import results_of
from memorial.figures.results import Results
from memorial.figures.shown import figure_url
from prisoners.display.words import date_words

_CODES: Final = sorted(BY_CODE)
_SOURCE: Final = "memorial.figures.catalogue.FIGURES"


@dataclass(frozen=True)
class FigureRow:
    """A figure of a day."""

    figure: Figure
    asked: Asked
    results: Results

    @property
    def url(self) -> str:
        """The address of its page, for the same day."""
        return f"{settings.PUBLIC_URL}{figure_url(self.figure, self.asked)}"


FIGURES_TABLE: Final = Table(
    name="statistics",
    title=gettext_lazy("Statistics"),
    description=gettext_lazy(
        "Figures of the encyclopaedia, counted from dated facts: of today, or of the day in “on”. One figure comes "
        "with all its numbers; the parts of a series may add up to more than the total."
    ),
    columns=(
        *in_each_language(
            "title",
            Kind.TEXT,
            gettext_lazy("Figure"),
            gettext_lazy("What the figure is called."),
            lambda row: str(row.figure.title),
            source=_SOURCE,
        ),
        *in_each_language(
            "definition",
            Kind.TEXT,
            gettext_lazy("Definition"),
            gettext_lazy("What is counted, in a sentence or two."),
            lambda row: str(row.figure.said),
            source=_SOURCE,
        ),
        Column(
            "number",
            Kind.INTEGER,
            gettext_lazy("Number"),
            gettext_lazy("The figure as a whole: so many different people."),
            lambda row: row.results.number(row.figure),
            "memorial.figures.counting",
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
            "url",
            Kind.LINK,
            gettext_lazy("Page"),
            gettext_lazy("The page of the figure, for the same day."),
            lambda row: row.url,
            source="?on=",
        ),
    ),
)


def _select(_asked: QueryDict, on: date) -> Chosen:
    def part(after: str, most: int) -> list[Keyed]:
        return [Keyed(code, number) for number, code in enumerate(_CODES) if code > after][:most]

    def described() -> str:
        return _("All figures on %(day)s") % {"day": date_words(on)}

    return Chosen(lambda: len(FIGURES), part, described, "" if on == civil_date() else f"on={on.isoformat()}")


def _load(numbers: Sequence[int], on: date) -> list[FigureRow]:
    asked, results = results_of(on)
    return [FigureRow(BY_CODE[_CODES[number]], asked, results) for number in numbers]


def _find(code: str) -> int | None:
    return _CODES.index(code) if code in BY_CODE else None


def _code(row: FigureRow) -> str:
    return row.figure.code


def _numbers(row: FigureRow, _on: date) -> Iterable[NumberRow]:
    return number_rows([row.figure], row.results, row.asked)


STATISTICS_RESOURCE: Final = Resource(
    table=FIGURES_TABLE,
    order=gettext_lazy("By identifier."),
    argument="figure",
    key_pattern="^[a-z0-9-]{2,40}$",
    filters=(),
    select=_select,
    load=_load,
    find=_find,
    key=_code,
    list_page="statistics",
    parts=(Part(replace(TABLE, name="numbers"), _numbers, ("figure", "on")),),
    of_any_day=True,
)
