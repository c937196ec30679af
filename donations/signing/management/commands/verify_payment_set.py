"""Says whether a signed set, as /.well-known/donate.txt hands it out, is genuine. For mirrors and checkers."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from donations.checks.refused import DetailsRefused
from donations.signing.files import read
from donations.signing.keys import public_keys
from donations.signing.signature import verified


class Command(BaseCommand):
    help = (
        "Checks a signed set of payment details: signature, form, number, days. Ends with code 1 and a sentence"
        " where it must not be shown. Needs no database."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--key", action="append", required=True, help="a public key, as in DONATE_PUBLIC_KEYS; repeatable"
        )
        parser.add_argument("--lowest", type=int, default=1, help="the lowest number that is accepted")
        parser.add_argument("--on", type=date.fromisoformat, help="the day; else today in Moscow")

    def handle(self, *_args: Any, **options: Any) -> None:
        day = options["on"] or timezone.localdate()
        try:
            details = verified(read(options["file"]), public_keys(options["key"]))
        except DetailsRefused as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error
        if details.serial < options["lowest"]:
            raise CommandError(f"Its number {details.serial} is below {options['lowest']}.")
        if not details.is_valid_on(day):
            raise CommandError(
                f"It is valid from {details.valid_from} until {details.valid_until}, not {day}."
            )
        self.stdout.write(
            f"Genuine: number {details.serial}, until {details.valid_until},"
            f" {', '.join(each.slug for each in details.methods)}."
        )
