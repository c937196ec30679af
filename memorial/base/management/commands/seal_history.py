"""Seals the committed entries of the history of edits; run every few minutes by a timer."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from memorial.base.sealing.errors import SealingError
from memorial.base.sealing.keys import new_key, private_text, public_text, signing_key
from memorial.base.sealing.sealer import seal_history


class Command(BaseCommand):
    help = (
        "Seals what was committed since the last time and appends a signed head to HISTORY_SEALS."
        " Run it as the database's owner; copy the file away. Answers 1 where something is wrong."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--new-key", action="store_true", help="print a new pair of keys and do nothing")
        parser.add_argument(
            "--restored",
            metavar="REASON",
            default="",
            help="after a restore from a backup: give up the signed heads behind the end of the table",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["new_key"]:
            key = new_key()
            self.stdout.write(f"HISTORY_SEAL_KEY={private_text(key)}")
            self.stdout.write(f"HISTORY_SEAL_PUBLIC_KEY={public_text(key.public_key())}")
            return
        try:
            done = seal_history(settings.HISTORY_SEALS, signing_key(), options["restored"])
        except SealingError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write(f"{done.count} entries sealed; the chain has {done.end.position}.")
        if done.late:
            numbers = ", ".join(str(number) for number in done.late)
            raise CommandError(f"Not sealed, because they turned up where all was sealed: entries {numbers}.")
