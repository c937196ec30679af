"""What the map can show: each layer is a figure by region, with an address of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from memorial.figures.definition import Words


@dataclass(frozen=True)
class Layer:
    """A layer: the code of its figure, its place below `statistics/map/`, its words."""

    figure: str
    part: str
    url_name: str
    title: Words
    """Of the page."""
    name: Words
    """Of the link to it."""


LAYERS: Final[tuple[Layer, ...]] = (
    Layer(
        "regions",
        "",
        "statistics-map",
        _("Map: where people are persecuted"),
        _("Where people are persecuted"),
    ),
    Layer(
        "held", "held/", "statistics-map-held", _("Map: where people are held"), _("Where people are held")
    ),
)
"""The first is what opens."""


def layer_of(figure: str) -> Layer | None:
    """The layer that shows a figure; None for figures that are on no map."""
    return next((layer for layer in LAYERS if layer.figure == figure), None)
