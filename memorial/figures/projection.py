"""Where a place on the globe lies on the map of the statistics: Albers' equal-area conic projection.

Equal areas, so that no region looks larger than another by lying further north. On a sphere: at this
scale the difference is less than a line is thick.
"""

from __future__ import annotations

from math import cos, radians, sin, sqrt
from typing import Final

WIDTH: Final = 3000
"""Units from the left edge of the map to the right one."""
MARGIN: Final = 12
_FIRST, _SECOND = radians(50), radians(66)
_MIDDLE: Final = 96.0
"""The meridian that stands upright, degrees east."""
_N: Final = (sin(_FIRST) + sin(_SECOND)) / 2
_C: Final = cos(_FIRST) ** 2 + 2 * _N * sin(_FIRST)


def projected(longitude: float, latitude: float) -> tuple[float, float]:
    """A place in radii of the globe, to the right and down. Degrees; the far east of Chukotka is west of 180°."""
    turned = (longitude + 360 if longitude < -_MIDDLE / 2 else longitude) - _MIDDLE
    angle, away = _N * radians(turned), sqrt(_C - 2 * _N * sin(radians(latitude))) / _N
    return away * sin(angle), away * cos(angle)
