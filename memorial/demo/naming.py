"""Invented names: put together from roots by the table memorial/demo/data/names.toml, so that they are nobody's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final

from memorial.base.gender import Gender
from memorial.base.names import romanise
from memorial.demo.reading import read

Parts = dict[str, list[str]]
_SINGLE: Final = 0.3
_ADJECTIVE: Final = 0.25
_SPECIAL_FATHERS: Final = {
    "Илья": ("Ильич", "Ильинична"),
    "Лев": ("Львович", "Львовна"),
    "Павел": ("Павлович", "Павловна"),
    "Пётр": ("Петрович", "Петровна"),
    "Юрий": ("Юрьевич", "Юрьевна"),
    "Григорий": ("Григорьевич", "Григорьевна"),
    "Аркадий": ("Аркадьевич", "Аркадьевна"),
    "Геннадий": ("Геннадьевич", "Геннадьевна"),
    "Яков": ("Яковлевич", "Яковлевна"),
    "Михаил": ("Михайлович", "Михайловна"),
    "Муса": ("Мусаевич", "Мусаевна"),
    "Иса": ("Исаевич", "Исаевна"),
    "Абдулла": ("Абдуллаевич", "Абдуллаевна"),
    "Мустафа": ("Мустафаевич", "Мустафаевна"),
}

_SOFT: Final = frozenset({"Анатолий", "Валерий", "Василий", "Виталий"})
"""«Васильевич», but «Дмитриевич»."""


@dataclass(frozen=True)
class Name:
    """A person's name in Russian and in English, and its own spelling where the language has one."""

    surname: str
    given: str
    patronymic: str
    surname_en: str
    given_en: str
    own: str = ""
    own_kind: str = ""


@cache
def peoples() -> dict[str, Parts]:
    """The parts of names by people; `variant` is the kind of the own spelling."""
    return {
        people: {part: text.split() for part, text in row.items()} for people, row in read("names").items()
    }


def invented_name(rng: Random, people: str, gender: str) -> Name:
    """A name of a people for a gender. Raises `KeyError` for a people without a table."""
    parts = peoples()[people]
    given_index = rng.randrange(len(parts["women" if gender == Gender.FEMALE else "men"]))
    given = parts["women" if gender == Gender.FEMALE else "men"][given_index]
    if people == "russian":
        surname, own = _russian_surname(rng, parts), ""
    else:
        surname, own = _joined_surname(rng, parts)
    surname, own = in_gender(surname, gender), in_gender(own, gender)
    patronymic = patronymic_of(rng.choice(parts["fathers"]), gender)
    kind = parts.get("variant", [""])[0]
    own_given = parts.get("own_women" if gender == Gender.FEMALE else "own_men", [])
    spelled = (
        f"{_own_surname(own, surname, kind)} {own_given[given_index] if own_given else given}" if kind else ""
    )
    return Name(surname, given, patronymic, romanise(surname), romanise(given), spelled, kind)


def in_gender(surname: str, gender: str) -> str:
    """A surname as a woman bears it: -ова, -ина, -ская; others stay as they are."""
    if gender != Gender.FEMALE:
        return surname
    if surname.endswith(("ский", "цкий")):
        return surname[:-2] + "ая"
    return surname + "а" if surname.endswith(("ов", "ев", "ёв", "ин", "ын")) else surname


def patronymic_of(father: str, gender: str) -> str:
    """«Сергеевич», «Сергеевна» of «Сергей»."""
    female = gender == Gender.FEMALE
    if father in _SPECIAL_FATHERS:
        return _SPECIAL_FATHERS[father][female]
    if father.endswith("ий"):
        stem = father[:-2] + ("ь" if father in _SOFT else "и")
    elif father.endswith(("й", "ь")):
        stem = father[:-1]
    else:
        return father + ("овна" if female else "ович")
    return stem + ("евна" if female else "евич")


def _russian_surname(rng: Random, parts: Parts) -> str:
    if rng.random() < _SINGLE:
        return rng.choice(parts["single"])
    seconds = parts["adjective_second"] if rng.random() < _ADJECTIVE else parts["second"]
    return rng.choice(parts["first"]) + rng.choice(seconds)


def _joined_surname(rng: Random, parts: Parts) -> tuple[str, str]:
    first, second = rng.randrange(len(parts["first"])), rng.randrange(len(parts["second"]))
    surname = parts["first"][first] + parts["second"][second]
    if "own_first" not in parts:
        return surname, ""
    return surname, parts["own_first"][first] + parts["own_second"][second]


def _own_surname(own: str, surname: str, kind: str) -> str:
    """The surname in its own letters: from the table, or Ukrainian letters by rule."""
    if own:
        return own
    return surname.translate(_UKRAINIAN) if kind == "uk" else surname


_UKRAINIAN: Final = str.maketrans({"ы": "и", "ё": "ьо", "э": "е"})
