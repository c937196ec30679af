"""Writes the file that the machine signs, as the finance desk does."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from donations.actions.sets import file_to_sign
from donations.checks.refused import DetailsRefused
from donations.signing.files import fingerprint, write_new


class Command(BaseCommand):
    help = "Writes the approved payment details to a new file, for the machine that signs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            text = file_to_sign()
            write_new(options["file"], text)
        except DetailsRefused as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error
        self.stdout.write(f"Fingerprint, to compare on the other machine: {fingerprint(text)}")
