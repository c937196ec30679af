"""No subtraction and no bound gives a withheld small number: random worlds, and an attack by linear programming."""

from __future__ import annotations

from random import Random

import pytest

from assistance.totals.periods import period_of
from assistance.totals.told import Told, figures_to_withhold
from tests.assistance_totals.attack import EPSILON, PROGRAMMES, can_all_be, range_of, solve

PERIODS = ("first-three-years", "2023", "2023-1", "2023-2")
PARTS = {
    "legal": ("legal:investigation", "legal:appeal", "legal:cassation"),
    "detention": ("detention:letters", "detention:calls"),
    "humanitarian": ("humanitarian:food", "humanitarian:shoes"),
}
FIGURES = ("any", "humanitarian-ua", *PROGRAMMES, *(part for parts in PARTS.values() for part in parts))
SECONDS_OF_THE_YEAR = {"2023-1": ("2023", "first-three-years"), "2023-2": ("2023", "first-three-years")}


def world(rng: Random) -> dict[str, dict[str, int]]:
    """People with help in some periods: every number is counted, so that all bounds of counting hold."""
    found: dict[str, dict[str, set[int]]] = {period: {f: set() for f in FIGURES} for period in PERIODS}
    shares = {part: rng.choice([0.02, 0.1, 0.5]) for parts in PARTS.values() for part in parts}
    for person in range(rng.choice([8, 25, 60])):
        is_ukrainian = rng.random() < rng.choice([0.05, 0.4])
        for period in ("2023-1", "2023-2", "first-three-years"):
            for programme, parts in PARTS.items():
                got = {part for part in parts if rng.random() < shares[part]}
                if not got:
                    continue
                marks = {"any", programme, *got}
                if is_ukrainian and programme == "humanitarian":
                    marks.add("humanitarian-ua")
                within = (period, *SECONDS_OF_THE_YEAR.get(period, ()), "first-three-years")
                for each in within:
                    for mark in marks:
                        found[each][mark].add(person)
    return {period: {f: len(people) for f, people in each.items()} for period, each in found.items()}


def published_one_by_one(counts, order):
    """What readers have after each period was proposed and approved in turn."""
    told: dict[str, Told] = {}
    for period in order:
        hidden = figures_to_withhold(period_of(period), counts, told)
        told[period] = Told({f: None if f in hidden else n for f, n in counts[period].items()}, {})
    return told


def given_away(counts, told):
    """The small numbers that a reader can narrow down: cell, true number, range."""
    truth = {(period, f): n for period, each in counts.items() for f, n in each.items()}
    published = {
        (period, f): n for period, each in told.items() for f, n in each.now.items() if n is not None
    }
    secrets = [cell for cell, number in truth.items() if number < 5 and cell not in published]
    # One world in which all are nought, and one in which all are large, show it for each of them.
    if not secrets or all(can_all_be(secrets, number, published, truth) for number in (0, 5)):
        return []
    found = []
    for cell in secrets:
        lowest, highest = range_of(cell, published, truth)
        if lowest > EPSILON or highest < 5 - EPSILON:
            found.append((cell, truth[cell], lowest, highest))
            break
    return found


@pytest.mark.parametrize("seed", range(6))
def test_a_withheld_small_number_could_still_be_nought_and_could_still_be_large(seed):
    rng = Random(seed)
    counts = world(rng)
    order = rng.sample(PERIODS, rng.choice([2, 4, len(PERIODS)]))
    told = published_one_by_one(counts, order)
    assert given_away(counts, told) == []
    for period in order:
        for figure, number in told[period].now.items():
            assert number is None or number == counts[period][figure] >= 5
        for table in (("any", "humanitarian-ua", *PROGRAMMES), *PARTS.values()):
            assert sum(told[period].now[figure] is None for figure in table) != 1


def test_the_worlds_are_worth_attacking():
    """Without a second number withheld, the attack finds small ones in several of the same worlds."""
    broken = 0
    for seed in range(6):
        rng = Random(seed)
        counts = world(rng)
        order = rng.sample(PERIODS, rng.choice([2, 4, len(PERIODS)]))
        told = {
            period: Told({f: n if n >= 5 else None for f, n in counts[period].items()}, {})
            for period in order
        }
        broken += bool(given_away(counts, told))
    assert broken >= 2


def of(legal: dict[str, int], figure: str = "legal") -> dict[str, dict[str, int]]:
    """A world in which only one figure is not nought."""
    return {p: dict.fromkeys(FIGURES, 0) | {figure: n, "any": n, "legal:appeal": n} for p, n in legal.items()}


def test_a_year_less_its_half_tells_nothing_of_the_other_half():
    counts = of({"2023": 20, "2023-1": 18, "2023-2": 3})
    told = published_one_by_one(counts, ["2023-1", "2023-2", "2023"])
    assert told["2023-1"].now["legal"] == 18
    assert told["2023"].now["legal"] is None
    assert given_away(counts, told) == []


def test_a_year_that_comes_first_does_not_give_away_a_half_that_nobody_has_proposed():
    counts = of({"2023": 20, "2023-1": 18, "2023-2": 3})
    told = published_one_by_one(counts, ["2023", "2023-1"])
    assert [told[p].now["legal"] for p in ("2023", "2023-1")].count(None) == 1
    assert given_away(counts, told) == []


def test_a_total_less_what_is_shown_tells_nothing_of_the_one_row_that_is_not():
    counts = {"2024": dict.fromkeys(FIGURES, 0) | {"any": 40, "legal": 40}}
    counts["2024"] |= {"legal:investigation": 20, "legal:appeal": 17, "legal:cassation": 3}
    told = published_one_by_one(counts, ["2024"])
    assert told["2024"].now["legal"] == 40
    assert told["2024"].now["legal:cassation"] is None
    assert told["2024"].now["legal:appeal"] is None
    assert told["2024"].now["legal:investigation"] == 20


def test_what_was_withheld_stays_withheld_in_a_correction():
    counts = {"2024": dict.fromkeys(FIGURES, 0) | {"any": 40, "legal": 40}}
    counts["2024"] |= {"legal:investigation": 20, "legal:appeal": 17, "legal:cassation": 3}
    told = published_one_by_one(counts, ["2024"])
    counts["2024"]["legal:cassation"] = 6
    assert {"legal:cassation", "legal:appeal"} <= figures_to_withhold(period_of("2024"), counts, told)


# --- The attack itself ------------------------------------------------------------------------------


def test_the_attack_solves_what_can_be_checked_by_hand():
    a, b = ("p", "a"), ("p", "b")
    assert solve([a, b], [({a: 1, b: 2}, 14), ({a: 3, b: -1}, 0), ({a: 1, b: -1}, 2)], {a: 3, b: 4}) == (
        pytest.approx(30)
    )
    assert -solve([a, b], [({a: -1, b: -1}, -7), ({b: 1}, 4), ({a: 1}, 9)], {a: -1}) == pytest.approx(3)


def test_the_attack_finds_a_number_that_subtraction_gives():
    truth = {("2024", "legal"): 10, ("2024", "any"): 10, ("2024", "legal:appeal"): 8}
    truth |= {("2024", "legal:cassation"): 2, ("2024", "detention"): 0, ("2024", "humanitarian"): 0}
    published = {cell: n for cell, n in truth.items() if n >= 5}
    assert range_of(("2024", "legal:cassation"), published, truth)[0] == pytest.approx(2)
