"""What the invented people are accused of, and what they did, as memorial/demo/data/accusations has it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from random import Random
from typing import Any, Final

from memorial.demo.reading import FOLDER
from prisoners.choices import LibertyStatus as Liberty

NO_CASE: Final = "no_case"
ADMINISTRATIVE: Final = "administrative"
_SPEECH: Final = ("fake", "discredit", "justify", "authorities", "memory", "undesirable", "foreign_agent")
_UKRAINE: Final = ("espionage", "civilian_case", "pow", "crimea")
_ONLY: Final[dict[Liberty, tuple[str, ...]]] = {
    Liberty.HELD_WITHOUT_CASE: (NO_CASE,),
    Liberty.FATE_UNKNOWN: (NO_CASE,),
    Liberty.ADMINISTRATIVE_ARREST: (ADMINISTRATIVE,),
    Liberty.FORCED_LABOUR: ("discredit", "justify", "foreign_agent", "undesirable", "authorities"),
    Liberty.BEYOND_REACH: (*_SPEECH, "navalny", "civic"),
    Liberty.HOUSE_ARREST: (*_SPEECH, "jehovah", "navalny", "civic", "lgbt"),
    Liberty.INPATIENT_TREATMENT: ("fake", "justify", "arson", "railway", "authorities"),
    Liberty.PSYCHIATRIC_EXAMINATION: ("justify", "arson", "railway", "fake"),
    Liberty.IMMIGRATION_DETENTION: ("justify", "readers"),
    Liberty.SENT_TO_WAR: ("refusal", "arson", "justify", "assembly"),
    Liberty.NOT_KNOWN: ("justify", "assembly", "authorities"),
}
"""Where not every accusation leads to this liberty."""


@dataclass(frozen=True)
class Article:
    """A charge as text in both languages, the years it brings, and the usual regime."""

    ru: str
    en: str
    years: tuple[float, float] | None
    regime: str
    code: str

    def term(self, rng: Random) -> float:
        """Years of a sentence, in half years."""
        low, high = self.years or (0.5, 1.0)
        return rng.randint(round(low * 2), round(high * 2)) / 2


@dataclass(frozen=True)
class Deed:
    """What the person did: after «за», after “for”, and told in a few sentences."""

    za: str
    gerund: str
    text: str
    text_en: str


@dataclass(frozen=True)
class Accusation:
    """One kind of prosecution: charges, deeds, whom it usually meets and where."""

    key: str
    weight: int
    women: float
    since: date
    themes: tuple[str, ...]
    lists: tuple[str, ...]
    case_ru: str
    case_en: str
    ground: str
    articles: tuple[Article, ...]
    deeds: tuple[Deed, ...]
    why: tuple[str, ...]
    communities: tuple[str, ...] = ()
    peoples: tuple[str, ...] = ("russian",) * 24 + (
        "tatar",
        "tatar",
        "ukrainian",
        "ukrainian",
        "caucasian",
        "chuvash",
    )
    regions: str = "any"
    ukrainian: float = 0.02
    register: float = 0.1
    seized: float = 0.07
    traits: frozenset[str] = field(default_factory=frozenset)
    """Flags: harmful, closed, young, old, military, strict, group, peaceful, agent."""


@cache
def accusations() -> dict[str, Accusation]:
    """Every accusation by its key."""
    found: dict[str, Accusation] = {}
    for file in sorted((FOLDER / "data" / "accusations").glob("*.toml")):
        with file.open("rb") as opened:
            rows = tomllib.load(opened)["accusation"]
        found |= {row["key"]: _accusation(row) for row in rows}
    return found


def possible(liberty: Liberty) -> list[Accusation]:
    """Accusations that may have brought somebody there."""
    known = accusations()
    keys = _ONLY.get(liberty)
    return [known[key] for key in keys] if keys else [each for each in known.values() if each.weight]


def of_ukraine() -> list[Accusation]:
    """Accusations of people from Ukraine, whom exchanges bring home."""
    return [accusations()[key] for key in _UKRAINE]


def _accusation(row: dict[str, Any]) -> Accusation:
    flags = frozenset(name for name, value in row.items() if value is True)
    columns = {name: _frozen(value) for name, value in row.items() if value is not True}
    columns["articles"] = tuple(
        Article(
            each["ru"], each["en"], tuple(each["years"]) or None, each["regime"], each.get("code", "uk-rf")
        )
        for each in row["articles"]
    )
    columns["deeds"] = tuple(
        Deed(each["za"], each["for"], each["text"], each.get("en", "")) for each in row["deeds"]
    )
    return Accusation(**columns, traits=flags)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
