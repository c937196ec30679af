"""The page kinds of the statistics, for the registry of the whole site."""

from __future__ import annotations

from collections.abc import Iterator

from memorial.base.page_kinds import Page, PageKind
from memorial.figures.catalogue import FIGURES
from memorial.figures.definition import Figure


def statistics_page() -> Page:
    """The page of all figures."""
    return Page("statistics")


def figure_page(figure: Figure) -> Page:
    """The page of one figure."""
    return Page("statistic", {"figure": figure.code})


def _statistics() -> Iterator[Page]:
    yield statistics_page()


def _figures() -> Iterator[Page]:
    yield from map(figure_page, FIGURES)


PAGE_KINDS = (
    PageKind("statistics", _statistics, depends_on_date=True),
    PageKind("statistic", _figures, depends_on_date=True),
)
