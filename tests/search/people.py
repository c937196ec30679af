"""The invented people of `people.csv`, and some more that make finding them worth something."""

from __future__ import annotations

import csv
from pathlib import Path

from prisoners.models import NameVariant, Prisoner
from tests.factories import PrisonerFactory

HERE = Path(__file__).resolve().parent


def make_people() -> dict[str, Prisoner]:
    """Publishes everybody of the table, with their other names; by slug."""
    people = {}
    with (HERE / "people.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            people[row["slug"]] = _person(row)
    return people


def _person(row: dict[str, str]) -> Prisoner:
    person = PrisonerFactory(
        slug=row["slug"],
        surname_ru=row["surname_ru"],
        given_names_ru=row["given_ru"],
        patronymic_ru=row["patronymic_ru"],
        surname_en=row["surname_en"],
        given_names_en=row["given_en"],
        patronymic_en=row["patronymic_en"],
    )
    for other in filter(None, row["others"].split("; ")):
        kind, _colon, text = other.partition(": ")
        NameVariant.objects.create(prisoner=person, kind=kind, text=text)
    return person


def queries() -> list[tuple[str, str, str]]:
    """The checked-in table: what is typed, whom it means, what is wrong with it."""
    with (HERE / "name_queries.csv").open(encoding="utf-8", newline="") as file:
        return [(row["query"], row["person"], row["error"]) for row in csv.DictReader(file)]
