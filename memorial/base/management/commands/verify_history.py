"""Verifies the history of edits against its seals and the signed heads outside the database."""

from collections import Counter
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from memorial.base.sealing.errors import SealingError
from memorial.base.sealing.keys import verifying_key
from memorial.base.sealing.verifying import verify_history

MOST_PRINTED: Final = 200
BROKEN: Final = 1
NOT_VERIFIED: Final = 2


class Command(BaseCommand):
    help = (
        "Finds entries of the history that were forged, removed, put in or moved, and an end that was cut"
        " off. Answers 0 where all is whole, 1 where something is wrong, 2 where it could not verify."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--heads",
            action="append",
            type=Path,
            metavar="FILE",
            help="a file of signed heads; several times for copies. HISTORY_SEALS where none is given",
        )
        parser.add_argument("--public-key", default="", help="base64; HISTORY_SEAL_PUBLIC_KEY by default")

    def handle(self, *args: Any, **options: Any) -> None:
        paths = options["heads"] or [settings.HISTORY_SEALS]
        missing = [str(path) for path in options["heads"] or [] if not path.exists()]
        if missing:
            raise CommandError(f"There is no file {', '.join(missing)}.", returncode=NOT_VERIFIED)
        try:
            verdict = verify_history(paths, verifying_key(options["public_key"]))
        except SealingError as error:
            raise CommandError(str(error), returncode=NOT_VERIFIED) from error
        for note in verdict.notes:
            self.stdout.write(note)
        self.stdout.write(f"{verdict.sealed} entries sealed, {verdict.waiting} not sealed yet.")
        if verdict.is_whole:
            self.stdout.write("The history is whole.")
            return
        for finding in verdict.found[:MOST_PRINTED]:
            self.stderr.write(f"{finding.kind.upper()}: {finding.sentence}")
        kinds = ", ".join(
            f"{kind}: {count}" for kind, count in Counter(f.kind for f in verdict.found).items()
        )
        raise CommandError(f"The history is not whole ({kinds}).", returncode=BROKEN)
