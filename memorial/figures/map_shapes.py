"""The outlines of regions as `deploy/dev/draw_map.py` has drawn them, by the code of the region."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from memorial.figures.projection import WIDTH, projected

_FILE: Final = Path(__file__).parent / "data" / "map.json"


@dataclass(frozen=True)
class Shapes:
    """SVG paths by code, «RU-MOW», in a picture of so many units. `radius` is the globe's, in units too."""

    height: int
    radius: float
    pole: tuple[float, float]
    """Where meridians meet: the point that all distances are counted from."""
    paths: Mapping[str, str]
    width: int = WIDTH

    def spot(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a place lies on the map; degrees."""
        right, down = projected(longitude, latitude)
        return self.pole[0] + self.radius * right, self.pole[1] + self.radius * down


@cache
def shapes() -> Shapes:
    """Every outline; read once."""
    read = json.loads(_FILE.read_text(encoding="utf-8"))
    return Shapes(read["height"], read["radius"], tuple(read["pole"]), read["regions"])
