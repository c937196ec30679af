"""Takes a provider's statement in, as totals. Without `--apply` it only shows them."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from donations.actions.statements import Outcome, StatementTotals, take_statement
from donations.importers.mapping import MappingRefused, read_mapping
from donations.importers.statement import StatementRefused, read_statement
from memorial.base.acting import command_actor


class Command(BaseCommand):
    """`manage.py import_statement FILE --map MAP.toml [--apply] [--replace --reason WHY]`."""

    help = "Totals of a provider's statement by month, currency and campaign. Nothing of donors is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, its mapping, and whether it is taken in."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--map", type=Path, required=True, help="the mapping file, TOML")
        parser.add_argument(
            "--apply", action="store_true", help="take the totals in; else they are only shown"
        )
        parser.add_argument(
            "--replace", action="store_true", help="in the place of a statement that is there"
        )
        parser.add_argument("--reason", default="", help="why it is replaced")

    def handle(self, *args: Any, **options: Any) -> None:
        """Shows the totals, and takes them in if told to. Raises `CommandError` for what cannot be counted."""
        try:
            how = read_mapping(options["map"].read_text(encoding="utf-8"))
            with options["file"].open("rb") as file:
                statement = read_statement(file, how)
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"A file cannot be read: {type(error).__name__}.") from None
        except (MappingRefused, StatementRefused) as error:
            raise CommandError(str(error)) from None
        self._show(statement)
        if not options["apply"]:
            self.stdout.write("Nothing is taken in: add --apply.")
            return
        try:
            outcome = take_statement(
                statement=statement,
                replace=options["replace"],
                reason=options["reason"],
                by=command_actor("import_statement"),
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(_OUTCOMES[outcome])

    def _show(self, statement: StatementTotals) -> None:
        for total in statement.totals:
            campaign = total.campaign or "-"
            self.stdout.write(
                f"{total.month:%Y-%m}  {total.currency}  {campaign:30}  {total.gross:>14}  fee {total.fee}"
            )


_OUTCOMES = {
    Outcome.TAKEN: "Taken in.",
    Outcome.SAME: "These totals are there already: nothing is changed.",
    Outcome.REPLACED: "Taken in, in the place of an older statement.",
}
