"""Invented towns and institutions: real regions, and in them towns and postal indexes that do not exist."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

from memorial.base.gender import Gender
from memorial.base.names import romanise
from memorial.demo.figures import AS_OF
from memorial.demo.plan import Row, Town
from memorial.demo.reading import chance, read

OCCUPIED: Final = ("UA-14", "UA-23", "UA-65", "UA-09", "UA-23", "UA-65")
CRIMEA: Final = ("UA-43", "UA-43", "UA-43", "UA-40")
MUSLIM: Final = ("RU-TA", "RU-BA", "RU-DA", "RU-CHE", "RU-MOW", "RU-TYU", "UA-43", "UA-43", "UA-43")
INVENTED: Final = ("ZZ-ZAR", "ZZ-PRI", "ZZ-SEV", "ZZ-NIZ")
# Where there are more people there are more cases.
CROWDED: Final = (
    "RU-MOW",
    "RU-MOW",
    "RU-MOW",
    "RU-SPE",
    "RU-SPE",
    "RU-MOS",
    "RU-SVE",
    "RU-KDA",
    "RU-ROS",
    "RU-NVS",
)
CITIES: Final = {
    "RU-MOW": Town("RU-MOW", "Москва", "Москвы", "Москве", "Moscow"),
    "RU-SPE": Town("RU-SPE", "Петербург", "Петербурга", "Петербурге", "Saint Petersburg"),
    "UA-40": Town("UA-40", "Севастополь", "Севастополя", "Севастополе", "Sevastopol"),
}
_REGIONS_FILE: Final = Path(__file__).resolve().parents[2] / "prisoners" / "data" / "regions.csv"
_FIRST_NUMBER: Final = 71
_FIRST_INDEX: Final = 999_101
_OCCUPIED_NUMBER: Final = 181
SERVICE: Final = {"e_letters": "ФСИН-письмо", "e_letters_url": "https://example.org/e-letters"}


@dataclass(frozen=True)
class Institution:
    """A generated institution: its row, and whom it takes."""

    slug: str
    row: Row
    kind: str
    region: str
    takes: str
    """Gender of those held: empty for both."""
    regime: str


@cache
def russian_regions() -> tuple[str, ...]:
    """Codes of the regions of Russia, the invented ones last."""
    with _REGIONS_FILE.open(encoding="utf-8", newline="") as file:
        codes = [row["code"] for row in csv.DictReader(file) if row["country"] == "RU"]
    return (*codes, *INVENTED)


@cache
def towns() -> dict[str, tuple[Town, ...]]:
    """Invented towns by region; every region of Russia has one at least."""
    data = read("towns")
    found: dict[str, list[Town]] = defaultdict(list)
    names = data["russian"].split()
    for number, code in enumerate(russian_regions()):
        if code not in CITIES:
            found[code] += [_town(code, names[(number * 7 + step) % len(names)]) for step in (0, 23)]
    for number, cases in enumerate(data["ukrainian"]):
        found[sorted(set(OCCUPIED))[number % 4]].append(Town(sorted(set(OCCUPIED))[number % 4], *cases))
    found["UA-43"] += [Town("UA-43", *cases) for cases in data["crimean"]]
    return {code: tuple(places) for code, places in found.items()} | {
        code: (town,) for code, town in CITIES.items()
    }


def town_in(rng: Random, kind: str) -> Town:
    """A town of one of the regions that an accusation is usual in."""
    if kind == "any":
        codes: tuple[str, ...] = (*russian_regions(), *CROWDED)
    else:
        codes = {"occupied": OCCUPIED, "crimea": CRIMEA, "muslim": MUSLIM}[kind]
    return rng.choice(towns()[rng.choice(codes)])


def _town(region: str, name: str) -> Town:
    stem = name.removesuffix("ь")
    genitive = stem + ("я" if name.endswith("ь") else "а")
    return Town(region, name, genitive, stem + "е", romanise(name))


@cache
def institutions() -> tuple[Institution, ...]:
    """Every generated institution, the same in every world."""
    rng = chance("institutions")
    codes = [code for code in russian_regions() if code not in ("RU-SPE", "RU-MOW")]
    found: list[Institution] = []
    for number, code in enumerate(("RU-MOW", "RU-SPE", *codes)):
        if code in INVENTED:
            continue
        if number < 2 or number % 2 == 0:
            found.append(_made(rng, "sizo", code, len(found)))
        if number % 9 == 3:
            found.append(_made(rng, "colony", code, len(found), (Gender.FEMALE, "general")))
        elif number % 2 == 1 and number > 2:
            regime = ("strict", "general", "strict", "general", "special", "strict")[number // 2 % 6]
            found.append(_made(rng, "colony", code, len(found), (Gender.MALE, regime)))
        for kind, share, rest in _RARE:
            if number % share == rest:
                found.append(_made(rng, kind, code, len(found)))
    for code in sorted({*OCCUPIED, *CRIMEA} - {"UA-40"}):
        found.append(_made(rng, "sizo", code, len(found)))
    return tuple(found)


_RARE: Final = (
    ("fsb_sizo", 30, 0),
    ("colony_settlement", 9, 5),
    ("correctional_centre", 16, 7),
    ("pbstin", 26, 9),
    ("psychiatric_hospital", 26, 11),
    ("tsvsig", 26, 13),
    ("special_detention_centre", 26, 0),
    ("guardhouse", 40, 15),
    ("prison", 26, 17),
)
_WORDS: Final = {
    "sizo": ("СИЗО-{n}", "SIZO-{n}", "ФКУ СИЗО-{n}"),
    "fsb_sizo": ("СИЗО-{n} центрального подчинения", "SIZO-{n} of central subordination", "ФКУ СИЗО-{n}"),
    "colony": ("ИК-{n}", "IK-{n}", "ФКУ ИК-{n}"),
    "colony_settlement": ("КП-{n}", "KP-{n}", "ФКУ КП-{n}"),
    "correctional_centre": ("Исправительный центр № {n}", "Correctional centre No. {n}", "ФКУ ИЦ № {n}"),
    "pbstin": (
        "Больница «Сосновый Мыс»",
        "Sosnovy Mys hospital",
        "Специализированная больница «Сосновый Мыс»",
    ),
    "psychiatric_hospital": (
        "Психиатрическая больница № {n}",
        "Psychiatric hospital No. {n}",
        "Больница № {n}",
    ),
    "tsvsig": (
        "Центр для иностранных граждан № {n}",
        "Detention centre for foreign nationals No. {n}",
        "ЦВСИГ № {n}",
    ),
    "special_detention_centre": (
        "Спецприёмник № {n}",
        "Special detention centre No. {n}",
        "Спецприёмник № {n}",
    ),
    "guardhouse": ("Гауптвахта № {n}", "Guardhouse No. {n}", "Гауптвахта № {n}"),
    "prison": ("Тюрьма № {n}", "Prison No. {n}", "ФКУ «Тюрьма № {n}»"),
}


def _made(rng: Random, kind: str, region: str, number: int, held: tuple[str, str] = ("", "")) -> Institution:
    town = rng.choice([each for each in towns()[region] if region not in CITIES] or [_outskirts(region)])
    n = _OCCUPIED_NUMBER + number % 9 if region.startswith("UA") else _FIRST_NUMBER + number % 97
    name_ru, name_en, official = (words.format(n=n) for words in _WORDS[kind])
    occupied = region.startswith("UA")
    slug = (
        f"{romanise(name_en.split(',')[0].lower()).replace(' ', '-').replace('.', '')}-{_ascii(town.name_en)}"
    )
    checked = AS_OF - timedelta(days=min(900, round(rng.expovariate(1 / 120)) + 2))
    row: Row = {
        "slug": slug[:80],
        "state": "published",
        "name_ru": f"«{name_ru}», {town.name}" if occupied else f"{name_ru}, {town.name}",
        "name_en": f"‘{name_en}’, {town.name_en}" if occupied else f"{name_en}, {town.name_en}",
        "official_name_ru": f"«{official}»" if occupied else official,
        "kind": kind,
        "region": region,
        "city": town.name if region.startswith("UA") else f"г. {town.name}",
        "street": f"ул. {rng.choice(read('towns')['streets'].split())}, д. {rng.randint(1, 90)}",
        "postal_index": str(_FIRST_INDEX + number),
        "address_checked_on": None if number % 17 == 5 else checked,
        "accepts_letters": _letters(rng, kind, occupied),
        "in_occupied_territory": occupied,
    }
    if kind in ("sizo", "colony") and not occupied and rng.random() < 0.6:
        row |= SERVICE
    return Institution(row["slug"], row, kind, region, *held)


def _letters(rng: Random, kind: str, occupied: bool) -> str:
    if occupied:
        return "uncertain"
    if kind in ("tsvsig", "special_detention_centre", "guardhouse"):
        return rng.choice(("unknown", "no"))
    return rng.choices(("yes", "uncertain", "unknown"), (8, 1, 1))[0]


def _outskirts(region: str) -> Town:
    """A real city has no invented institution in it: one stands in an invented suburb."""
    name = {"RU-MOW": "Подгороднинск", "RU-SPE": "Приморогривск", "UA-40": "Дальнемаячинск"}[region]
    return _town(region, name)


def _ascii(text: str) -> str:
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in text.lower()).strip(
        "-"
    )


@cache
def places(kind: str, takes: str = "", regime: str = "") -> tuple[Institution, ...]:
    """Institutions of a kind that take such people; those for everybody where none is for them alone."""
    kinds = [each for each in institutions() if each.kind == kind]
    chosen = [each for each in kinds if each.takes in ("", takes) and each.regime in ("", regime)]
    return tuple(chosen or kinds)


@cache
def sizo_of(region: str) -> Institution | None:
    """The remand prison of a region, where it has one."""
    return next((each for each in places("sizo") if each.region == region), None)
