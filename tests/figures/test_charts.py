"""Charts are true to their numbers: nought on the base line, the largest on top, nothing cut, nothing on another."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memorial.figures.charts import BASE, MOST_COLUMNS, TOP, Columns, Lines, Point, ticks

NUMBERS = st.lists(st.integers(0, 40_000), min_size=1, max_size=14)


def value(text: str) -> float:
    assert re.fullmatch(r"-?\d+\.\d\d%", text), text
    return float(text[:-1])


def points(numbers):
    return [Point(str(2000 + place), number) for place, number in enumerate(numbers)]


@given(NUMBERS)
@settings(max_examples=40)
def test_heights_of_columns_are_in_proportion(numbers):
    drawn = Columns(points(numbers)).columns
    most = max(numbers[-MOST_COLUMNS:])
    for column in drawn:
        share = column.point.number / most if most else 0
        assert value(column.height) == pytest.approx((BASE - TOP) * share, abs=0.01)
        assert value(column.y) + value(column.height) == pytest.approx(BASE, abs=0.02)
        assert value(column.y) >= TOP - 0.01


@given(NUMBERS)
@settings(max_examples=40)
def test_columns_stand_beside_one_another_in_the_picture(numbers):
    drawn = Columns(points(numbers)).columns
    assert len(drawn) == min(len(numbers), MOST_COLUMNS)
    assert value(drawn[0].x) >= 0
    assert value(drawn[-1].x) + value(drawn[-1].width) <= 100
    for left, right in pairwise(drawn):
        assert value(left.x) + value(left.width) < value(right.x)
    for column in drawn:
        assert value(column.middle) == pytest.approx(value(column.x) + value(column.width) / 2, abs=0.02)


def test_the_mock_up_is_drawn_as_designed():
    numbers = (21, 26, 31, 44, 58, 63, 92, 168, 247, 312, 338, 212)
    drawn = Columns(points(numbers)).columns
    assert [column.point.number for column in drawn] == list(numbers[2:])
    highest = drawn[8]
    assert (highest.point.number, highest.y, highest.height) == (338, "9.00%", "79.00%")
    assert drawn[-1].height == f"{79 * 212 / 338:.2f}%"


def test_the_last_years_are_drawn_and_it_says_how_many_are_not():
    chart = Columns(points(range(13)))
    assert [point.name for point in chart.points] == [str(2000 + n) for n in range(3, 13)]
    assert chart.left_out == 3
    assert Columns(points(range(5))).left_out == 0


@given(st.integers(0, 100_000))
@settings(max_examples=60)
def test_grid_lines_are_few_and_at_round_numbers(most):
    found = ticks(most)
    assert len(found) <= 5
    assert all(0 < tick <= most for tick in found)
    assert all(str(tick).rstrip("0") in {"1", "2", "3", "4", "5", "6", "8", "15"} for tick in found)
    assert len(found) >= 2 or most < 4


def test_grid_lines_lie_at_the_height_of_their_numbers():
    lines = Lines(["2024", "2025"], [50, 1000])
    assert [tick.number for tick in lines.grid] == [500, 1000]
    assert [tick.y for tick in lines.grid] == [f"{BASE - (BASE - TOP) / 2:.2f}%", "9.00%"]


@given(NUMBERS, NUMBERS)
@settings(max_examples=40)
def test_lines_go_through_their_numbers_on_one_scale(first, second):
    size = min(len(first), len(second))
    names = [str(2000 + n) for n in range(size)]
    lines = Lines(names, first[:size], [None, *second[: size - 1]])
    most = lines.most or 1
    for numbers, path in zip(lines.lines, lines.paths, strict=True):
        drawn = [tuple(map(float, pair.split(","))) for pair in path.split()]
        told = [number for number in numbers if number is not None]
        assert len(drawn) == len(told)
        for (_x, y), number in zip(drawn, told, strict=True):
            assert y == pytest.approx(BASE - (BASE - TOP) * number / most, abs=0.01)
        assert [x for x, _y in drawn] == sorted(x for x, _y in drawn)


@pytest.mark.parametrize(("deprived", "recognised"), [(1068, 780), (100, 100), (3, 0), (5, 400)])
def test_the_names_of_two_lines_never_lie_on_one_another(deprived, recognised):
    ends = [value(y) for y in Lines(["2026"], [deprived], [recognised]).ends]
    assert abs(ends[0] - ends[1]) >= 7.99
    assert all(0 < y <= 97 for y in ends)


def test_an_empty_chart_has_no_lines():
    assert Columns([]).columns == []
    assert Columns([]).grid == []
    assert Lines([], []).grid == []
