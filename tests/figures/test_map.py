"""The map: whose the regions are, what stands where, that shades, words and the table are one."""

from __future__ import annotations

import csv
import re
from itertools import pairwise
from math import radians

import pytest
from django.conf import settings

from memorial.figures.catalogue import BY_CODE
from memorial.figures.counting.moment import Moment
from memorial.figures.layers import LAYERS
from memorial.figures.loading import load_record
from memorial.figures.map_shapes import shapes
from memorial.figures.projection import WIDTH, projected
from memorial.figures.shown_map import FROM, shade_of
from tests.figures.map_reading import drawn, text
from tests.figures.world import DAYS, TODAY

pytestmark = pytest.mark.django_db
HELD = "/en/statistics/map/held/"


def points(path: str) -> list[tuple[int, int]]:
    """Every point of a path of a map."""
    found = []
    for part in path.split("M")[1:]:
        numbers = [int(number) for number in re.findall(r"-?\d+", part)]
        x, y = numbers[:2]
        found.append((x, y))
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x, y))
    return found


def area(path: str) -> float:
    """Of the rings, each by itself: holes of one region are other regions."""
    whole = 0.0
    for part in path.split("M")[1:]:
        ring = points(f"M{part}")
        whole += abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]]))) / 2
    return whole


def is_inside(spot: tuple[float, float], path: str) -> bool:
    """Whether a place lies in a region: a line from it to the right crosses its edges an odd number of times."""
    crossed = 0
    for part in path.split("M")[1:]:
        ring = points(f"M{part}")
        for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]):
            if (ay > spot[1]) != (by > spot[1]):
                crossed += ax + (spot[1] - ay) * (bx - ax) / (by - ay) > spot[0]
    return crossed % 2 == 1


def test_every_region_of_the_site_but_other_countries_has_an_outline():
    with (settings.BASE_DIR / "prisoners" / "data" / "regions.csv").open(encoding="utf-8") as file:
        codes = {row["code"] for row in csv.DictReader(file)}
    assert codes - set(shapes().paths) == {"ZZ"}
    assert set(shapes().paths) <= codes
    spots = [spot for path in shapes().paths.values() for spot in points(path)]
    assert all(0 <= x <= WIDTH and 0 <= y <= shapes().height for x, y in spots)
    assert sum(map(len, shapes().paths.values())) < 60_000


@pytest.mark.parametrize(
    ("code", "longitude", "latitude"),
    [
        ("RU-MOS", 38.9, 55.4),
        ("UA-65", 33.0, 46.4),
        ("RU-KDA", 38.98, 45.04),
        ("RU-KGD", 21.4, 54.7),
        ("RU-MOW", 37.6, 55.7),
        ("RU-ALT", 83.0, 52.5),
        ("RU-AL", 87.0, 50.7),
        ("RU-SPE", 30.3, 59.95),
        ("UA-43", 34.2, 45.3),
        ("UA-40", 33.6, 44.6),
        ("UA-14", 37.8, 48.0),
        ("RU-CHU", 175.0, 67.0),
        ("RU-PRI", 134.0, 44.6),
    ],
)
def test_a_region_lies_where_it_is(code, longitude, latitude):
    """The source has Moscow and its oblast, and the two Altais, the wrong way round."""
    spot = shapes().spot(longitude, latitude)
    assert [other for other, path in shapes().paths.items() if is_inside(spot, path)] == [code]


def test_the_city_of_moscow_is_smaller_than_its_oblast_and_areas_are_true():
    areas = {code: area(path) for code, path in shapes().paths.items()}
    assert areas["RU-MOW"] < areas["RU-MOS"] / 10
    # 3,083,500 km² and 164,700 km².
    assert areas["RU-SA"] / areas["RU-OMS"] == pytest.approx(3083.5 / 141.1, rel=0.06)
    assert areas["RU-KYA"] / areas["UA-43"] == pytest.approx(2366.8 / 26.1, rel=0.12)


def test_no_gap_between_neighbours():
    """A border is simplified once: both sides have the same points."""
    for one, other in (("UA-43", "UA-65"), ("RU-ALT", "RU-AL"), ("UA-14", "RU-ROS"), ("RU-MOW", "RU-MOS")):
        assert len(set(points(shapes().paths[one])) & set(points(shapes().paths[other]))) >= 3, (one, other)


def test_projection_turns_neither_side_up():
    east, west = projected(140, 60), projected(40, 60)
    assert east[0] > 0 > west[0]
    assert projected(96, 70)[1] < projected(96, 50)[1]
    assert projected(96, 60)[0] == pytest.approx(0)
    assert projected(-175, 66)[0] > projected(175, 66)[0]
    # Along the middle, a degree is nearly a degree.
    assert projected(96, 58)[1] - projected(96, 59)[1] == pytest.approx(radians(1), rel=0.02)


def test_shades_begin_where_the_key_says():
    assert [shade_of(number) for number in (0, 1, 4, 5, 19, 20, 49, 50, 99, 100, 5000)] == [
        *(0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5)
    ]
    assert list(FROM) == sorted(FROM)


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("on", [TODAY, DAYS[2], DAYS[4]])
def test_map_table_and_figure_are_one(world, reader, layer, on):
    counted = BY_CODE[layer.figure].count(Moment(load_record(), on, TODAY))["region"]
    page = text(reader, f"/en/statistics/map/{layer.part}?on={on}")
    told = dict(
        re.findall(
            r'<th scope="row"><a href="/en/regions/([a-z0-9-]+)/">.*?<td class="r num">(\d+)', page, re.S
        )
    )
    assert {code: int(number) for code, number in told.items()} == {
        code: number for code, number in counted.items() if code != "unknown"
    }
    outlined = {code: number for code, number in counted.items() if code.upper() in shapes().paths}
    assert {code: number for code, (_shade, number) in drawn(page).items()} == outlined
    assert all(shade == f"m{shade_of(number)}" for shade, number in drawn(page).values())


def test_the_map_shows_somebody_at_all(world, reader):
    assert set(drawn(text(reader, HELD))) == {"ru-amu", "ua-43"}
    assert set(drawn(text(reader, f"{HELD}?on={DAYS[4]}"))) == {"ua-43"}
