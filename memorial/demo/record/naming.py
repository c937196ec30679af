"""Titles and summaries of the generated cases, from the accusation, the deed and the town."""

from __future__ import annotations

import re
from datetime import date, timedelta
from random import Random
from typing import Final

from memorial.base.names import romanise
from memorial.demo.plan import Course, Row, Traits, day, month
from memorial.demo.wording import when_ru
from prisoners.choices import LibertyStatus as Liberty

_KINDS: Final = {"no_case": "no_proceedings", "administrative": "administrative"}
_WHOLE: Final = {
    "по «крымскому» делу": "«Крымское» дело",
    "по делу, заведённому на оккупированной территории": "Дело, заведённое на оккупированной территории",
}
_SECURITY: Final = frozenset({"treason_transfer", "treason_contacts", "cooperation", "espionage", "railway"})
_TITLE_ENGLISH: Final = 0.75
_SHORT_ENGLISH: Final = 0.35


def case_row(rng: Random, traits: Traits, course: Course) -> Row:
    """A case as its page introduces it. One with somebody shown by initials tells neither deed nor town."""
    opened = course.detained - timedelta(days=rng.choice((0, 0, 1, 3, 9, 30)))
    opened = max(opened, traits.accusation.since)
    told = not (traits.by_initials or traits.described)
    row: Row = {
        "slug": f"{_slug(traits) if told else 'case'}-{course.detained.year}-{traits.number}",
        "kind": _KINDS.get(traits.accusation.key, "criminal"),
        "region": traits.town.region,
        "theme": traits.accusation.themes[0],
        "opened": (month if course.months_only or not told else day)(min(opened, course.detained)),
        "is_group": bool(traits.case_key),
    }
    row |= _titles(rng, traits, course, told)
    if row["kind"] == "criminal" and rng.random() < 0.7:
        row |= _investigators(traits, told)
    return row


def earlier_case_row(traits: Traits, detained: date) -> Row:
    """The case of an earlier custody."""
    year = detained.year
    return {
        "slug": f"{_slug(traits)}-{year}-{traits.number}-earlier",
        "kind": "criminal",
        "region": traits.town.region,
        "opened": month(detained),
        "title_ru": f"Прежнее дело ({traits.town.name}, {year})",
        "title_en": f"An earlier case ({traits.town.name_en}, {year})",
        "summary_ru": "Прежнее преследование: срок отбыт до нового задержания.",
        "summary_en": "An earlier prosecution: the sentence was served before the new arrest.",
        "updated_on": detained,
    }


def _slug(traits: Traits) -> str:
    return re.sub(r"[^a-z]+", "-", romanise(traits.town.name).lower()).strip("-")


def _titles(rng: Random, traits: Traits, course: Course, told: bool) -> Row:
    year, town = course.detained.year, traits.town
    where_ru = f"{town.name}, {year}" if told else str(year)
    where_en = f"{town.name_en}, {year}" if told else str(year)
    if traits.accusation.key == "no_case":
        held = when_ru(course.seized, True)
        place_ru = f" в {town.locative}" if told else ""
        return {
            "title_ru": f"Удержание без дела ({where_ru})",
            "title_en": f"Held without a case ({where_en})",
            "summary_ru": f"Увоз людей{place_ru} {held}: обвинений нет, решений суда нет.",
            "summary_en": "Taken away and held: no charge, no decision of a court.",
        }
    row = {"title_ru": f"{_of_accusation(traits)} ({where_ru})"}
    plain = told and not traits.case_key and _is_plain(traits.deed.za)
    if plain and rng.random() < 0.5:
        row["title_ru"] = f"Преследование за {traits.deed.za} ({where_ru})"
    english = plain and _is_plain(traits.deed.gerund)
    about = f"for {traits.deed.gerund}" if english else traits.accusation.case_en
    if rng.random() < _TITLE_ENGLISH:
        row["title_en"] = f"Prosecuted {about} ({where_en})"
    where = f" в {town.locative}" if told else ""
    row["summary_ru"] = f"Преследование {traits.accusation.case_ru}{where}."
    if plain:
        row["summary_ru"] = f"Преследование {traits.accusation.case_ru}{where}: за {traits.deed.za}."
    if rng.random() < _SHORT_ENGLISH:
        row["summary_en"] = f"A prosecution {traits.accusation.case_en}" + (
            f" in {town.name_en}." if told else "."
        )
    return {name: text[:200] if name.startswith("title") else text for name, text in row.items()}


def _of_accusation(traits: Traits) -> str:
    words = traits.accusation.case_ru
    return _WHOLE.get(words, f"Дело {words.removeprefix('по делу ')}")


def _is_plain(words: str) -> bool:
    """Whether the words have no gender and nothing to fill in."""
    return bool(words) and not re.search(r"[{\[]", words)


def _investigators(traits: Traits, told: bool) -> Row:
    security = traits.accusation.key in _SECURITY or traits.slot.liberty == Liberty.IMMIGRATION_DETENTION
    if not told:
        return {
            "investigating_body_ru": "следственный отдел",
            "investigating_body_en": "an investigation department",
        }
    if security:
        return {
            "investigating_body_ru": f"отдел ФСБ, {traits.town.name}",
            "investigating_body_en": f"FSB department, {traits.town.name_en}",
        }
    return {
        "investigating_body_ru": f"следственный отдел, {traits.town.name}",
        "investigating_body_en": f"investigation department, {traits.town.name_en}",
    }
