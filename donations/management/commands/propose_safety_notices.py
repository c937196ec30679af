"""Proposes the shipped words of safety for every way to give; somebody else approves them in the office."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from donations.seeding import propose_defaults
from memorial.base.acting import command_actor
from memorial.base.civil_date import civil_date

ACTOR = command_actor("propose_safety_notices")


class Command(BaseCommand):
    help = (
        "Proposes the shipped notices of safety (donations/data) for every place and way to give that has none,"
        " and the shipped text for donors. Readers are told “do not pay” until a member of staff approves them"
        " in the office. Can be run again at any time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--checked-on", required=True, type=date.fromisoformat, help="when a lawyer read these words"
        )
        parser.add_argument(
            "--until", required=True, type=date.fromisoformat, help="their last day, a year later at most"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                made = propose_defaults(
                    checked_on=options["checked_on"],
                    valid_from=civil_date(),
                    valid_until=options["until"],
                    by=ACTOR,
                )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if options["verbosity"]:
            self.stdout.write(f"{len(made)} notices wait for somebody else to approve them in the office.")
