"""Fills regions and the open vocabularies from prisoners/data; what staff changed stays theirs."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import models, transaction

from memorial.base.acting import acting, command_actor
from memorial.base.authorship import Authorship
from memorial.base.partial_date import PartialDate
from prisoners.models import (
    Community,
    OccupationPeriod,
    PrisonerList,
    Profession,
    Region,
    Theme,
    Vulnerability,
)

DATA = Path(__file__).resolve().parents[2] / "data"
ACTOR = command_actor("seed_vocabularies")
SEEDS: tuple[tuple[str, type[models.Model]], ...] = (
    ("regions", Region),
    ("themes", Theme),
    ("communities", Community),
    ("professions", Profession),
    ("vulnerabilities", Vulnerability),
    ("prisoner_lists", PrisonerList),
)


@dataclass
class Outcome:
    """What was done to one table; `kept` names the words that staff changed and that therefore stay."""

    counts: Counter[str] = field(default_factory=Counter)
    kept: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        parts = [f"{self.counts[what]} {what}" for what in ("added", "updated", "unchanged")]
        if self.kept:
            parts.append(f"kept as staff have it: {', '.join(self.kept)}")
        return "; ".join(parts)


class Command(BaseCommand):
    help = (
        "Fills regions and vocabularies from prisoners/data: adds what is absent, updates what staff have not"
        " changed, removes nothing. Can be run again at any time."
    )

    @transaction.atomic
    def handle(self, *_args: Any, **options: Any) -> None:
        with acting(ACTOR):
            added_regions: set[str] = set()
            for name, model in SEEDS:
                outcome = seed(model, list(read(name)), added_regions if model is Region else set())
                if options["verbosity"]:
                    self.stdout.write(f"{name}: {outcome}")
            periods = add_occupations(added_regions)
            if options["verbosity"]:
                self.stdout.write(f"occupation_periods: {periods} added")


def read(name: str) -> Iterator[dict[str, str]]:
    """The rows of one file of prisoners/data."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, strict=True)


def seed(model: type[models.Model], rows: list[dict[str, str]], added: set[str]) -> Outcome:
    """Brings one table to its file, row by row; puts the codes that it adds into `added`."""
    outcome = Outcome()
    present = {entry.code: entry for entry in model._default_manager.all()}  # type: ignore[attr-defined]
    authorship = Authorship(model, ACTOR)
    for row in rows:
        code = row["code"]
        if code in present:
            _update(present[code], row, authorship, outcome)
        elif authorship.was_removed(code):
            outcome.kept.append(f"{code} (removed)")
        else:
            model._default_manager.create(**row)
            added.add(code)
            outcome.counts["added"] += 1
    return outcome


def _update(entry: Any, row: dict[str, str], authorship: Authorship, outcome: Outcome) -> None:
    differing = {column: text for column, text in row.items() if str(getattr(entry, column)) != text}
    ours = {column: text for column, text in differing.items() if authorship.is_ours(entry, column)}
    outcome.kept += [f"{row['code']}.{column}" for column in differing if column not in ours]
    outcome.counts["updated" if ours else "unchanged"] += 1
    if ours:
        type(entry)._default_manager.filter(pk=entry.pk).update(**ours)


def add_occupations(codes: set[str]) -> int:
    """Adds the known periods of regions that are new; those of older ones are in staff's hands."""
    if not codes:
        return 0
    regions = Region.objects.in_bulk(field_name="code")
    rows = [row for row in read("occupation_periods") if row["region"] in codes]
    for row in rows:
        OccupationPeriod.objects.create(
            region=regions[row["region"]],
            part_ru=row["part_ru"],
            part_en=row["part_en"],
            **{name: PartialDate.from_text(row[name]) for name in ("began", "ended") if row[name]},
        )
    return len(rows)
