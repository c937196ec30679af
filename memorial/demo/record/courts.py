"""Invented courts in real regions, each with its time zone; and which of them tries and reviews what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from cases.choices import CourtLevel
from memorial.base.names import romanise
from memorial.demo.institutions import russian_regions, towns
from memorial.demo.plan import Row, Town, Traits
from memorial.demo.reading import read

MOSCOW_TIME: Final = "Europe/Moscow"
OCCUPIED_COURTS: Final = {
    "UA-14": "topolinokosinsky-occupied",
    "UA-09": "mayachnogryadsky-occupied",
    "UA-23": "stepnolimansky-occupied",
    "UA-65": "vitryakovsky-occupied",
    "UA-43": "yalycheshminsky-occupied",
    "UA-40": "yalycheshminsky-occupied",
}
CASSATION: Final = "17-general-cassation"
_MILITARY: Final = re.compile(r"ст\. (205|208|281|361|206|360)")
_REGIONAL: Final = re.compile(r"ст\. (275|276)")
_GARRISON: Final = re.compile(r"ст\. (332|337|338)")
_EAST: Final = ("Irkutsk", "Yakutsk", "Vladivostok", "Magadan", "Kamchatka", "Krasnoyarsk")


@dataclass(frozen=True)
class Seat:
    """Where a case is tried and where its verdict is reviewed: slugs of courts."""

    first: str
    appeal: str


@cache
def zones() -> dict[str, str]:
    """The time zone of each region whose clocks differ from Moscow's."""
    named: dict[str, str] = read("courts")["zones"]
    return {code: zone for zone, codes in named.items() for code in codes.split()}


@cache
def court_rows() -> tuple[Row, ...]:
    """Every court, with the code of its region under `region`."""
    higher = [_dated(dict(row)) for row in read("courts")["court"]]
    return (*higher, *(row for code in russian_regions() for row in _of_region(code)))


def _of_region(code: str) -> list[Row]:
    """A court for each town of a region, and one above them."""
    rows = [_named(code, town, "district") for town in dict.fromkeys(towns()[code])]
    return [*rows, _named(code, towns()[code][0], "regional")]


def _named(code: str, town: Town, level: str) -> Row:
    names: dict[str, list[str]] = read_names()
    ru, en = names.get(code, [f"{town.name}ий", f"{romanise(town.name)}y"])
    kind_ru, kind_en = {"district": ("районный", "District"), "regional": ("областной", "Regional")}[level]
    return _dated(
        {
            "slug": slug_of(code, town, level),
            "name_ru": f"{ru} {kind_ru} суд",
            "name_en": f"{en} {kind_en} Court",
            "level": str(CourtLevel(level)),
            "region": code,
            "town_ru": town.name,
            "town_en": town.name_en,
        }
    )


@cache
def read_names() -> dict[str, list[str]]:
    """Names of courts in towns that are real."""
    found: dict[str, list[str]] = read("courts")["names"]
    return found


def _dated(row: dict[str, Any]) -> Row:
    return {"time_zone": zones().get(row["region"], MOSCOW_TIME), **row}


def slug_of(code: str, town: Town, level: str) -> str:
    """The address of a district or regional court."""
    ascii_town = re.sub(r"[^a-z]+", "-", romanise(town.name).lower()).strip("-")
    return f"{ascii_town}-{code.lower()}-{level}"


def seat_of(traits: Traits) -> Seat:
    """Which courts hear a person's case: by the articles charged and by where it happened."""
    code, charged = traits.town.region, traits.article.ru if traits.article else ""
    if "КоАП" in charged:
        return _seat_here(code, traits.town)
    if _GARRISON.search(charged):
        return Seat("prirechensky-garrison", "7-prirechny-military")
    if _MILITARY.search(charged):
        return Seat(_military(code), "9-military-appeal")
    if code in OCCUPIED_COURTS:
        return Seat(OCCUPIED_COURTS[code], "12-general-appeal")
    if _REGIONAL.search(charged):
        return Seat(slug_of(code, towns()[code][0], "regional"), "12-general-appeal")
    return _seat_here(code, traits.town)


def _seat_here(code: str, town: Town) -> Seat:
    if code in OCCUPIED_COURTS:
        return Seat(OCCUPIED_COURTS[code], "12-general-appeal")
    return Seat(slug_of(code, town, "district"), slug_of(code, towns()[code][0], "regional"))


def remanding_court(traits: Traits) -> str:
    """The court that chooses and extends measures of restraint."""
    return _seat_here(traits.town.region, traits.town).first


def _military(code: str) -> str:
    zone = zones().get(code, MOSCOW_TIME)
    if zone.removeprefix("Asia/") in _EAST:
        return "9-dalneozyorny-military"
    return "8-zastavny-military" if zone.startswith("Asia/") else "7-prirechny-military"
