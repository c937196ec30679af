"""Who is helped in the invented world: how many by each programme, who of them a citizen of Ukraine, and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Final

from assistance.totals.figures import DETENTION, HUMANITARIAN, LEGAL
from memorial.demo.figures import AS_OF, PEOPLE, PERIOD
from memorial.demo.naming import invented_name
from memorial.demo.reading import chance
from prisoners.models import Citizenship, Custody, EndOfCustody, Prisoner

_WANTED: Final = {LEGAL: 126, DETENTION: 64, HUMANITARIAN: 243}
"""People helped in the first three years in a world of 2,500; in another, in proportion."""
_UKRAINIANS: Final = 104
_ALSO_LEGAL: Final = 45
_ALSO_DETENTION: Final = 40
_LATER: Final = 60
"""People first helped after the first three years."""
_WITHOUT_PAGE: Final = 0.12
_SHORTEST: Final = timedelta(days=40)
_UKRAINE: Final = "UA"


@dataclass
class Helped:
    """One person who is helped: the page, where there is one, when, and by which programmes."""

    prisoner: int | None
    name: str
    first: date
    last: date
    is_ukrainian: bool = False
    programmes: set[str] = field(default_factory=set)


def people_helped(people: int, seed: int) -> list[Helped]:
    """Everybody who is helped, the same for the same world and seed."""
    rng = chance("help given", seed)
    wanted = {name: round(number * people / PEOPLE) for name, number in _WANTED.items()}
    ukrainians = round(_UKRAINIANS * people / PEOPLE)
    pool = _Pool(rng, *PERIOD)
    parcels = pool.take(ukrainians, is_ukrainian=True)
    parcels += pool.take(wanted[HUMANITARIAN] - ukrainians, is_ukrainian=False)
    rng.shuffle(parcels)
    also = min(round(_ALSO_LEGAL * people / PEOPLE), len(parcels))
    lawyers = parcels[:also] + pool.take(wanted[LEGAL] - also, is_ukrainian=False)
    also = min(round(_ALSO_DETENTION * people / PEOPLE), len(parcels))
    rights = parcels[len(parcels) - also :] + pool.take(wanted[DETENTION] - also, is_ukrainian=False)
    for name, those in ((HUMANITARIAN, parcels), (LEGAL, lawyers), (DETENTION, rights)):
        for each in those:
            each.programmes.add(name)
    later = _Pool(rng, PERIOD[1] + timedelta(days=1), AS_OF, passed=pool.taken)
    newcomers = later.take(round(_LATER * people / PEOPLE), is_ukrainian=False)
    for number, each in enumerate(newcomers):
        each.programmes.add((HUMANITARIAN, HUMANITARIAN, LEGAL, DETENTION)[number % 4])
    return [*pool.all, *newcomers]


class _Pool:
    """People deprived of liberty for a while within a period, taken one by one."""

    def __init__(self, rng: Random, first: date, last: date, passed: set[int] | None = None) -> None:
        self._rng = rng
        self.taken: set[int] = set(passed or ())
        self.all: list[Helped] = []
        held = [each for each in _held(first, last) if each.prisoner not in self.taken]
        rng.shuffle(held)
        self._waiting = {kind: [each for each in held if each.is_ukrainian is kind] for kind in (True, False)}
        self._days = (first, last)

    def take(self, number: int, *, is_ukrainian: bool) -> list[Helped]:
        """So many people; some, and all who are missing, have no page in the encyclopaedia."""
        found = []
        waiting = self._waiting[is_ukrainian]
        for _one in range(max(0, number)):
            helped = self._stranger(is_ukrainian)
            if waiting and self._rng.random() >= _WITHOUT_PAGE:
                helped = waiting.pop()
                self.taken.add(helped.prisoner or 0)
            found.append(helped)
        self.all += found
        return found

    def _stranger(self, is_ukrainian: bool) -> Helped:
        name = invented_name(self._rng, "ukrainian" if is_ukrainian else "russian", "m")
        return Helped(
            None, f"{name.surname} {name.given} {name.patronymic}".strip(), *self._days, is_ukrainian
        )


def _held(first: date, last: date) -> list[Helped]:
    """Those deprived of liberty within the period for some time, with the days of it."""
    began: dict[int, date] = {}
    rows = Custody.objects.order_by("pk").values_list("prisoner", "detained_on_latest", "seized_on_latest")
    for prisoner, detained, seized in rows:
        if day := seized or detained:
            began[prisoner] = min(day, began.get(prisoner, day))
    ended: dict[int, date] = {}
    for prisoner, day in EndOfCustody.objects.order_by("pk").values_list("prisoner", "on_earliest"):
        if day:
            ended[prisoner] = max(day, ended.get(prisoner, day))
    of_ukraine = _citizens_of_ukraine()
    maybe = set(Citizenship.objects.filter(country=_UKRAINE).values_list("prisoner", flat=True)) - of_ukraine
    found = []
    for person in Prisoner.objects.order_by("slug"):
        start, end = max(began.get(person.pk, last), first), min(ended.get(person.pk, last), last)
        if end - start >= _SHORTEST and person.pk not in maybe:
            found.append(Helped(person.pk, _name(person), start, end, person.pk in of_ukraine))
    return found


def _name(person: Prisoner) -> str:
    """The name as a coordinator writes it down, in Russian where there is a Russian one; else words for it."""
    for language in ("ru", "en"):
        parts = [
            str(getattr(person, f"{part}_{language}")) for part in ("surname", "given_names", "patronymic")
        ]
        if told := " ".join(filter(None, parts)) or str(getattr(person, f"described_as_{language}")):
            return told
    return person.slug


def _citizens_of_ukraine() -> set[int]:
    """Those whose page says so for every day: neither imposed nor stripped, without dates."""
    rows = Citizenship.objects.filter(country=_UKRAINE, began__isnull=True, ended__isnull=True)
    certain = rows.exclude(manner__in=[Citizenship.Manner.IMPOSED, Citizenship.Manner.STRIPPED])
    return set(certain.values_list("prisoner", flat=True))
