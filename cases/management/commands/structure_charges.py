"""Makes cases of charges that were imported as text. Tries only, until told `--apply`; `--undo` takes back."""

from __future__ import annotations

import csv
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cases.actions.structure import (
    leave_to_staff,
    people_to_structure,
    structure_person,
    take_back,
    untouched_cases,
)
from memorial.base.acting import acting, command_actor
from memorial.base.shown_text import shown_text
from prisoners.models import Prisoner

COLUMNS = ("address", "charges", "code", "result")
_AT_A_TIME = 200


@dataclass(frozen=True)
class Line:
    """What became of one person's charges: the case's title, or why it is left to staff."""

    person: Prisoner
    result: str
    is_made: bool


class Command(BaseCommand):
    help = (
        "Makes a case for each person whose charges are text that is understood with certainty; the rest is"
        " listed and, with --apply, noted for staff. Without --apply nothing is written. See docs/import.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--apply", action="store_true", help="write, after trying")
        parser.add_argument(
            "--undo", action="store_true", help="take back the cases made here that staff have not touched"
        )
        parser.add_argument("--report", type=Path, metavar="OUT.csv", help="write every line to this file")

    def handle(self, *, apply: bool, undo: bool, report: Path | None, **_options: Any) -> None:
        if apply and undo:
            raise CommandError("Either --apply or --undo.")
        if undo:
            self._undo()
            return
        lines = list(_lines(write=apply))
        if report is not None:
            _write_report(report, lines)
        counts = Counter("made" if line.is_made else "left to staff" for line in lines)
        verb = "" if apply else "would be "
        self.stdout.write(
            f"{counts['made']} cases {verb}made, {counts['left to staff']} {verb}left to staff."
        )
        if not apply:
            self.stdout.write("Nothing was written: add --apply.")

    def _undo(self) -> None:
        cases = untouched_cases()
        for case in cases:
            take_back(case)
        self.stdout.write(f"{len(cases)} cases taken back.")


def _lines(*, write: bool) -> Iterator[Line]:
    """Each person in a transaction of their own, which is taken back unless it is to be kept."""
    keys = list(people_to_structure().values_list("pk", flat=True))
    with acting(command_actor("structure_charges")):
        for start in range(0, len(keys), _AT_A_TIME):
            for person in people_to_structure().filter(pk__in=keys[start : start + _AT_A_TIME]):
                yield _line(person, write=write)


def _line(person: Prisoner, *, write: bool) -> Line:
    try:
        with transaction.atomic():
            title = shown_text(structure_person(person), "title")
            line = Line(person, str(title), is_made=True)
            if not write:
                transaction.set_rollback(True)
    except ValidationError as refusal:
        why = " ".join(refusal.messages)
        if write:
            leave_to_staff(person, why)
        return Line(person, why, is_made=False)
    return line


def _write_report(path: Path, lines: list[Line]) -> None:
    """One line a person: the address of the page, the text, the code stated beside it, what became of it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for line in lines:
            person = line.person
            text = str(shown_text(person, "charges"))
            writer.writerow([_safe(cell) for cell in (person.slug, text, person.charges_code, line.result)])


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" else cell
