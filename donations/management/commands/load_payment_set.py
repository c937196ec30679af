"""Takes in a signed set of payment details, as the finance desk does."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from donations.actions.sets import take_in_set
from donations.checks.refused import DetailsRefused
from donations.signing.files import read
from memorial.base.acting import command_actor


class Command(BaseCommand):
    help = (
        "Takes in a signed set of payment details; refuses what does not verify, is old, or was not approved."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            row = take_in_set(signed_text=read(options["file"]), by=command_actor("load_payment_set"))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except DetailsRefused as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error
        self.stdout.write(
            f"Set {row.serial} is taken in. Now write DONATE_LOWEST_SERIAL={row.serial} on every host."
        )
