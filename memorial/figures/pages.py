"""The page kinds of the statistics, for the registry of the whole site."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from memorial.base.page_kinds import Page, PageKind
from memorial.figures.catalogue import FIGURES
from memorial.figures.definition import Figure
from memorial.figures.layers import LAYERS, Layer


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


def _map(layer: Layer) -> Iterator[Page]:
    yield map_page(layer)


def map_page(layer: Layer) -> Page:
    """The map of one layer."""
    return Page(layer.url_name)


PAGE_KINDS = (
    PageKind("statistics", _statistics, depends_on_date=True),
    PageKind("statistic", _figures, depends_on_date=True),
    *(PageKind(layer.url_name, partial(_map, layer), depends_on_date=True) for layer in LAYERS),
)
