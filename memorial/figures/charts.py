"""Where things stand in a drawn chart, in per cent of its width and height: labels keep their size on a phone.

The templates only print what is computed here. Heights are true to the numbers: nought lies on the base
line, the largest number at the top, and no axis is cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

BASE: Final = 88.0
"""How far down the base line lies; the names of the years stand below it."""
TOP: Final = 9.0
"""How far down the largest number reaches; there is room for its figure above."""
FILLED: Final = 0.68
"""How much of its place a column takes."""
NAME: Final = 8.0
"""How much room the name of a line takes, with what must lie between it and the line."""
GAP: Final = 3.0
"""How far above its line a name stands."""
MOST_COLUMNS: Final = 10
"""So many years keep their names apart on the narrowest phone."""
_STEPS: Final = (1, 2, 5)


class Point(NamedTuple):
    """A year with its number; `is_whole` is False for one that is not over."""

    name: str
    number: int
    is_whole: bool = True


def percent(value: float) -> str:
    """A length as SVG wants it, whatever the reader's language: «12.50%»."""
    return f"{value:.2f}%"


@dataclass(frozen=True)
class Column:
    """A column with the figure above and the name below it."""

    point: Point
    left: float
    broad: float
    high: float

    @property
    def x(self) -> str:
        return percent(self.left)

    @property
    def width(self) -> str:
        return percent(self.broad)

    @property
    def y(self) -> str:
        return percent(BASE - self.high)

    @property
    def height(self) -> str:
        return percent(self.high)

    @property
    def middle(self) -> str:
        return percent(self.left + self.broad / 2)

    @property
    def above(self) -> str:
        """Where the figure stands."""
        return percent(BASE - self.high - 1.8)


class Columns:
    """A chart of columns, one a year: the last `MOST_COLUMNS` of them."""

    def __init__(self, points: Sequence[Point]) -> None:
        self.points = list(points)[-MOST_COLUMNS:]
        self.left_out = len(points) - len(self.points)

    @property
    def columns(self) -> list[Column]:
        """The columns, from left to right."""
        place = 100 / max(len(self.points), 1)
        most = max((point.number for point in self.points), default=0) or 1
        return [
            Column(
                point,
                left=place * (number + (1 - FILLED) / 2),
                broad=place * FILLED,
                high=(BASE - TOP) * point.number / most,
            )
            for number, point in enumerate(self.points)
        ]

    @property
    def grid(self) -> list[str]:
        """Heights of thin lines at round numbers."""
        most = max((point.number for point in self.points), default=0)
        return [percent(_height(tick, most)) for tick in ticks(most)]


class Tick(NamedTuple):
    """A round number and the height of its line."""

    number: int
    y: str
    above: str


class Lines:
    """A chart of lines over the same years: each is a sequence of numbers, None where it has none yet."""

    def __init__(self, names: Sequence[str], *lines: Sequence[int | None]) -> None:
        self.names = list(names)[-MOST_COLUMNS:]
        self.lines = [list(line)[-MOST_COLUMNS:] for line in lines]
        self.left_out = len(names) - len(self.names)

    @property
    def most(self) -> int:
        return max((number for line in self.lines for number in line if number is not None), default=0)

    @property
    def years(self) -> list[tuple[str, str]]:
        """Each year's name and where it stands."""
        return [(name, percent(self._x(number))) for number, name in enumerate(self.names)]

    @property
    def grid(self) -> list[Tick]:
        """Thin lines at round numbers, with these."""
        heights = ((tick, _height(tick, self.most)) for tick in ticks(self.most))
        return [Tick(tick, percent(y), percent(y - 1.5)) for tick, y in heights]

    @property
    def paths(self) -> list[str]:
        """Each line as the points of a polyline in a square of a hundred units."""
        return [
            " ".join(
                f"{self._x(place):.2f},{_height(number, self.most):.2f}"
                for place, number in enumerate(line)
                if number is not None
            )
            for line in self.lines
        ]

    @property
    def ends(self) -> list[str]:
        """Where the name of each line stands: of the upper one above its end, of the lower one below."""
        heights = [_height(line[-1] or 0, self.most) if line else BASE for line in self.lines]
        upper = min(heights, default=BASE)
        found, has_upper = [], False
        for height in heights:
            is_upper, has_upper = height == upper and not has_upper, has_upper or height == upper
            # Near the base line there is no room below.
            is_above = is_upper or height > BASE - NAME
            found.append(height - GAP if is_above else height + NAME)
        for place in range(1, len(found)):
            if abs(found[place] - found[place - 1]) < NAME:
                found[place - 1] = found[place] - NAME
        return [percent(y) for y in found]

    def _x(self, place: int) -> float:
        return 100 / max(len(self.names), 1) * (place + 0.5)


def _height(number: int, most: int) -> float:
    return BASE - (BASE - TOP) * number / max(most, 1)


def ticks(most: int) -> list[int]:
    """Two to four round numbers up to the largest; none of fewer than four."""
    if most < 4:
        return []
    power = 10 ** (len(str(most // 2)) - 1)
    candidates = [step * power // scale for scale in (10, 1) for step in _STEPS if step * power >= scale]
    step = next((one for one in candidates if most // one <= 4), power * 10)
    return list(range(step, most + 1, step))
