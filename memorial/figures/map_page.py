"""The pages of the map: one for each layer, of any day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from memorial.base.public_pages import public_page
from memorial.figures.layers import LAYERS, Layer
from memorial.figures.pages import map_page
from memorial.figures.reading import figure_of
from memorial.figures.share_picture import open_graph
from memorial.figures.shown import shown_figures, with_day
from memorial.figures.shown_map import ShownMap
from memorial.figures.views import OfADay


def map_view(layer: Layer) -> Callable[..., HttpResponseBase]:
    """The view of one layer."""
    view: Callable[..., HttpResponseBase] = public_page()(MapView.as_view(layer=layer))
    return view


class MapView(OfADay):
    """Regions shaded by how many people are counted in them, and the same as a table."""

    template_name = "figures/map.html"
    layer: Layer = LAYERS[0]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        figure = figure_of(self.layer.figure)
        (shown,) = shown_figures([figure], self.results, self.asked).values()
        said = _("%(said)s On a map and in a table, for any day.") % {"said": shown.said}
        head = self.head(str(self.layer.title), said, map_page(self.layer))
        series = shown.one("region")
        return super().get_context_data(**kwargs) | {
            "head": head,
            "og": open_graph(shown, head),
            "shown": shown,
            "series": series,
            "map": ShownMap(series, self.results.facts.regions.values(), self.asked.on),
            "layer": self.layer,
            "layers": [
                (each.name, with_day(reverse(each.url_name), self.asked), each is self.layer)
                for each in LAYERS
            ],
            "action": reverse(self.layer.url_name),
        }
