"""What a reader can work out from published numbers: a linear programme, independent of the code under test.

The bounds are written anew here, from the definitions on the page: a part is no larger than its whole, a
union no larger than the sum of its parts and no smaller than any. Nothing of `assistance.totals` is used.
"""

from __future__ import annotations

EPSILON = 1e-7
PROGRAMMES = ("legal", "detention", "humanitarian")
HALVES = {"2023": ("2023-1", "2023-2"), "2024": ("2024-1", "2024-2")}
INSIDE_THREE_YEARS = ("2023", "2024", "2023-1", "2023-2", "2024-1", "2024-2")
Cell = tuple[str, str]
Row = tuple[dict[Cell, int], int]
"""Coefficients and a limit: their sum is at most the limit."""


def inequalities(truth: dict[Cell, int]) -> list[tuple[Cell, list[Cell]]]:
    """«first ≤ sum of the others», for every pair of numbers of which a reader knows it."""
    found: list[tuple[Cell, list[Cell]]] = []
    periods = {period for period, _figure in truth}
    figures = sorted({figure for _period, figure in truth})
    for period in periods:
        for programme in PROGRAMMES:
            parts = [(period, f) for f in figures if f.startswith(f"{programme}:")]
            found += [(part, [(period, programme)]) for part in parts]
            found += [((period, programme), parts), ((period, programme), [(period, "any")])]
        found += [
            ((period, "humanitarian-ua"), [(period, "humanitarian")]),
            ((period, "any"), [(period, programme) for programme in PROGRAMMES]),
        ]
    for figure in figures:
        for year, halves in HALVES.items():
            found += [((half, figure), [(year, figure)]) for half in halves]
            found.append(((year, figure), [(half, figure) for half in halves]))
        found += [((inner, figure), [("first-three-years", figure)]) for inner in INSIDE_THREE_YEARS]
    known = [
        (cell, others) for cell, others in found if cell in truth and all(other in truth for other in others)
    ]
    # A careful reader guesses those that need not hold, and is right wherever they do.
    return [(cell, others) for cell, others in known if truth[cell] <= sum(truth[o] for o in others)]


def range_of(cell: Cell, published: dict[Cell, int], truth: dict[Cell, int]) -> tuple[float, float]:
    """The smallest and the largest value that a withheld number can have, given what is published."""
    names, rows = open_rows(cell, published, truth)
    lowest, highest = (solve(names, rows, {cell: sign}) for sign in (-1, 1))
    return -lowest, highest


def can_all_be(cells: list[Cell], number: int, published: dict[Cell, int], truth: dict[Cell, int]) -> bool:
    """Whether there is a world in which all these withheld numbers are nought, or all of them so large."""
    names, rows = open_rows(cells[0], published, truth)
    fixed = {name for name in names if name in cells}
    rows = rows + [({name: -1 if number else 1}, -number) for name in fixed]
    try:
        solve(names, rows, {})
    except AssertionError:
        return False
    return True


def open_rows(cell: Cell, published: dict[Cell, int], truth: dict[Cell, int]) -> tuple[list[Cell], list[Row]]:
    """What a reader knows of the numbers that are not published."""
    rows: list[Row] = []
    for left, right in inequalities(truth):
        row: dict[Cell, int] = {}
        limit = 0
        for each, sign in [(left, 1), *((other, -1) for other in right)]:
            if each in published:
                limit -= sign * published[each]
            else:
                row[each] = row.get(each, 0) + sign
        if row:
            rows.append((row, limit))
    # No number is larger than this world's people.
    names = sorted({each for row, _limit in rows for each in row} | {cell})
    return names, [*rows, *(({name: 1}, 1000) for name in names)]


def solve(names: list[Cell], rows: list[Row], wanted: dict[Cell, int]) -> float:
    """The largest value of a sum under the rows, numbers not negative: the simplex method, in two phases."""
    column = {name: place for place, name in enumerate(names)}
    width = len(names) + len(rows)
    table, basis = [], []
    for place, (row, limit) in enumerate(rows):
        line = [0.0] * (width + 2)
        for name, factor in row.items():
            line[column[name]] = float(factor)
        line[len(names) + place] = 1.0
        line[-1] = float(limit)
        line[width] = -1.0
        table.append(line)
        basis.append(len(names) + place)
    worst = min(range(len(table)), key=lambda place: table[place][-1])
    if table[worst][-1] < -EPSILON:
        goal = [0.0] * (width + 2)
        goal[width] = 1.0
        _pivot(table, goal, basis, worst, width)
        _improve(table, goal, basis, width + 1)
        assert abs(goal[-1]) < EPSILON, "what is published contradicts itself"
        if width in basis:
            place = basis.index(width)
            entering = next(c for c in range(width) if abs(table[place][c]) > EPSILON)
            _pivot(table, goal, basis, place, entering)
    goal = [0.0] * (width + 2)
    for name, factor in wanted.items():
        goal[column[name]] = -float(factor)
    for line in table:
        line[width] = 0.0
    for place, base in enumerate(basis):
        if goal[base]:
            factor = goal[base]
            goal = [a - factor * b for a, b in zip(goal, table[place], strict=True)]
    _improve(table, goal, basis, width)
    return goal[-1]


def _improve(table: list[list[float]], goal: list[float], basis: list[int], columns: int) -> None:
    while True:
        # Bland's rule: the first that helps, so that it never goes in a circle.
        entering = next((c for c in range(columns) if goal[c] < -EPSILON), None)
        if entering is None:
            return
        ratios = [
            (line[-1] / line[entering], basis[place], place)
            for place, line in enumerate(table)
            if line[entering] > EPSILON
        ]
        assert ratios, "without a limit"
        _pivot(table, goal, basis, min(ratios)[2], entering)


def _pivot(table: list[list[float]], goal: list[float], basis: list[int], place: int, entering: int) -> None:
    line = table[place]
    factor = line[entering]
    line[:] = [value / factor for value in line]
    for other in [*table, goal]:
        if other is not line and abs(other[entering]) > 0:
            factor = other[entering]
            other[:] = [a - factor * b for a, b in zip(other, line, strict=True)]
    basis[place] = entering
