"""How many invented people there are of each kind, from the definitions of the domain.

The figures are those of 2,500 people and scale to any other number. What is counted as what is
explained in docs/decisions/0009-demo-world.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from random import Random
from typing import Final, NamedTuple, TypeVar

from memorial.base.choices import State
from memorial.demo.reading import chance
from prisoners.choices import LibertyStatus as Liberty

Key = TypeVar("Key")

AS_OF: Final = date(2026, 11, 22)
"""The last day of the invented world: nothing in it happened later, whenever it is loaded."""
PERIOD: Final = (date(2022, 10, 28), date(2025, 10, 27))
"""The project's first three years, both days included."""
PEOPLE: Final = 2_500
PUBLISHED: Final = 1_612


class Recognised(StrEnum):
    """Which decisions on recognition a person has."""

    NO = "no"
    PERIOD = "period"
    """First recognised by this project in its first three years: 754 people with the next three kinds."""
    WITHDRAWN = "withdrawn"
    HRC_AND_PERIOD = "hrc_and_period"
    OLD_CASE = "old_case"
    HRC = "hrc"
    AFTER = "after"


IN_THE_PERIOD: Final = (
    Recognised.PERIOD,
    Recognised.WITHDRAWN,
    Recognised.HRC_AND_PERIOD,
    Recognised.OLD_CASE,
)


class Cell(NamedTuple):
    """People of one liberty and one history of recognition."""

    liberty: Liberty
    recognised: Recognised


class Slot(NamedTuple):
    """What one generated person is to be; people with the same `case_key` share a prosecution.

    `fates` are the liberties of all of them, where they differ: what they are accused of, and when, must lead to each.
    """

    state: State
    liberty: Liberty
    recognised: Recognised
    case_key: str
    fates: tuple[Liberty, ...] = ()


# Liberty: people, then first recognised in the period (withdrawn since, HRC before, in an old case
# among them), then by the former Memorial HRC alone, then after the period.
_PUBLISHED_PEOPLE: Final[dict[Liberty, tuple[int, ...]]] = {
    Liberty.IMPRISONED: (612, 372, 3, 40, 5, 28, 14),
    Liberty.PRETRIAL_DETENTION: (286, 96, 1, 0, 10, 0, 9),
    Liberty.HOUSE_ARREST: (38, 8, 0, 0, 0, 0, 2),
    Liberty.INPATIENT_TREATMENT: (24, 14, 0, 0, 0, 0, 1),
    Liberty.PSYCHIATRIC_EXAMINATION: (7, 2, 0, 0, 0, 0, 0),
    Liberty.HELD_WITHOUT_CASE: (101, 46, 0, 0, 0, 0, 0),
    Liberty.FATE_UNKNOWN: (36, 12, 0, 0, 0, 0, 0),
    Liberty.AT_LIBERTY: (371, 178, 3, 14, 0, 24, 0),
    Liberty.BEYOND_REACH: (87, 8, 0, 0, 0, 0, 0),
    Liberty.FORCED_LABOUR: (11, 4, 0, 0, 0, 0, 0),
    Liberty.ADMINISTRATIVE_ARREST: (5, 0, 0, 0, 0, 0, 0),
    Liberty.IMMIGRATION_DETENTION: (4, 1, 0, 0, 0, 0, 0),
    Liberty.SENT_TO_WAR: (8, 2, 0, 0, 0, 0, 0),
    Liberty.NOT_KNOWN: (3, 0, 0, 0, 0, 0, 0),
    Liberty.DIED: (19, 11, 0, 1, 0, 0, 0),
}
_UNPUBLISHED_STATES: Final = {State.DRAFT: 640, State.READY: 190, State.WITHDRAWN: 58}
_UNPUBLISHED_LIBERTY: Final = {
    Liberty.PRETRIAL_DETENTION: 40,
    Liberty.IMPRISONED: 30,
    Liberty.AT_LIBERTY: 18,
    Liberty.HELD_WITHOUT_CASE: 6,
    Liberty.HOUSE_ARREST: 4,
    Liberty.BEYOND_REACH: 2,
}
_LARGEST_CASE: Final = 7
_SHARE_OF_CASES: Final = 0.09
_OTHER_FATES: Final = (
    Liberty.AT_LIBERTY,
    Liberty.AT_LIBERTY,
    Liberty.DIED,
    Liberty.BEYOND_REACH,
    Liberty.SENT_TO_WAR,
    Liberty.FORCED_LABOUR,
)
"""What became of one or two people of a case whose others serve a sentence; the likelier, the more often it stands here."""
_SMALLEST_MIXED: Final = 3
_SHARE_OF_MIXED: Final = 0.7


def published_cells() -> dict[Cell, int]:
    """The 1,612 published people, cell by cell."""
    cells: dict[Cell, int] = {}
    for liberty, (people, first, withdrawn, both, old, hrc, after) in _PUBLISHED_PEOPLE.items():
        counts = {
            Recognised.NO: people - first - hrc - after,
            Recognised.PERIOD: first - withdrawn - both - old,
            Recognised.WITHDRAWN: withdrawn,
            Recognised.HRC_AND_PERIOD: both,
            Recognised.OLD_CASE: old,
            Recognised.HRC: hrc,
            Recognised.AFTER: after,
        }
        cells |= {Cell(liberty, kind): number for kind, number in counts.items() if number}
    return cells


def shared_out(total: int, shares: Mapping[Key, int]) -> dict[Key, int]:
    """A total in whole numbers by shares, by largest remainders: the parts add up to it exactly."""
    whole = sum(shares.values())
    parts = {key: total * share // whole for key, share in shares.items()}
    by_remainder = sorted(shares, key=lambda key: -(total * shares[key] % whole))
    for key in by_remainder[: total - sum(parts.values())]:
        parts[key] += 1
    return parts


def published_of(people: int) -> int:
    """How many of so many people have a public page."""
    return round(people * PUBLISHED / PEOPLE)


def slots(people: int, seed: int, there: Mapping[Cell, int], unpublished: int) -> list[Slot]:
    """What the people still missing are to be, in an order by chance that the seed decides.

    `there` are the published people that stand already, by cell; `unpublished` the others.
    """
    rng = chance("slots", seed)
    published = max(0, published_of(people) - sum(there.values()))
    wanted = _without(shared_out(published_of(people), published_cells()), there)
    found = [slot for cell in sorted(wanted) for slot in _run(rng, State.PUBLISHED, cell, wanted[cell])]
    _mix_fates(chance("fates", seed), found)
    hidden = max(0, people - published - sum(there.values()) - unpublished)
    for state, number in shared_out(hidden, _UNPUBLISHED_STATES).items():
        for liberty, part in shared_out(number, _UNPUBLISHED_LIBERTY).items():
            found += [Slot(state, liberty, Recognised.NO, "")] * part
    rng.shuffle(found)
    return found


def _without(wanted: dict[Cell, int], there: Mapping[Cell, int]) -> dict[Cell, int]:
    """What is missing. Where too many stand in a cell already, the sums by liberty and by recognition are kept."""
    missing = Counter(wanted)
    missing.subtract(there)
    for cell in sorted(cell for cell, number in missing.items() if number < 0):
        for _one_too_many in range(-missing[cell]):
            _give_way(missing, cell)
        missing[cell] = max(0, missing[cell])
    return {cell: number for cell, number in missing.items() if number > 0}


def _give_way(missing: Counter[Cell], full: Cell) -> None:
    """Takes one from a cell of the same liberty, and evens recognition out in another liberty if it can."""
    rest = [cell for cell in sorted(missing) if missing[cell] > 0]
    same = [cell for cell in rest if cell.liberty == full.liberty]
    given = max(same or rest, key=missing.__getitem__, default=None)
    if given is None:
        return
    missing[given] -= 1
    alike = [cell for cell in rest if cell.recognised == full.recognised and missing[cell] > 0]
    if alike and given.recognised != full.recognised:
        largest = max(alike, key=missing.__getitem__)
        missing[largest] -= 1
        missing[Cell(largest.liberty, given.recognised)] += 1


def _run(rng: Random, state: State, cell: Cell, number: int) -> list[Slot]:
    """The people of a cell, some of them in one case."""
    found: list[Slot] = []
    while len(found) < number:
        size = min(rng.randint(2, _LARGEST_CASE), number - len(found))
        together = size > 1 and rng.random() < _SHARE_OF_CASES
        key = f"{cell.liberty}-{cell.recognised}-{len(found)}" if together else ""
        found += [Slot(state, cell.liberty, cell.recognised, key)] * (size if together else 1)
    return found


def _mix_fates(rng: Random, found: list[Slot]) -> None:
    """Lets people of other liberties take places in cases of those who serve; nobody's liberty or recognition changes."""
    groups: dict[str, list[int]] = {}
    for place, slot in enumerate(found):
        if slot.case_key and slot.liberty == Liberty.IMPRISONED:
            groups.setdefault(slot.case_key, []).append(place)
    for key, places in groups.items():
        if len(places) >= _SMALLEST_MIXED and rng.random() < _SHARE_OF_MIXED:
            _mix(rng, found, key, places)


def _mix(rng: Random, found: list[Slot], key: str, places: list[int]) -> None:
    recognised = found[places[0]].recognised
    newcomers: list[int] = []
    for fate in rng.sample(_OTHER_FATES, 2 if len(places) > _SMALLEST_MIXED else 1):
        alone = [
            place
            for place, slot in enumerate(found)
            if slot.liberty == fate
            and slot.recognised == recognised
            and not slot.case_key
            and place not in newcomers
        ]
        if alone:
            newcomers.append(rng.choice(alone))
    for leaving in places[len(places) - len(newcomers) :]:
        found[leaving] = found[leaving]._replace(case_key="")
    members = [*places[: len(places) - len(newcomers)], *newcomers]
    fates = tuple(sorted({found[place].liberty for place in members}))
    for place in members:
        found[place] = found[place]._replace(case_key=key, fates=fates)
