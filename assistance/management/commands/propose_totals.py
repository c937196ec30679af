"""Counts a fixed, closed period and proposes its totals; somebody else approves them in the office."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from assistance.actions.totals import propose_totals
from assistance.models import TotalsProposal
from assistance.totals.periods import period_of
from memorial.base.acting import command_actor
from memorial.base.civil_date import civil_date

ACTOR = command_actor("propose_totals")


class Command(BaseCommand):
    help = (
        "Counts people helped in a period that is over (first-three-years, 2024, 2024-1 for its first half)"
        " and proposes the totals. Nothing is public until a member of staff approves them in the office."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("period", help="first-three-years, 2024, 2024-1 or 2024-2")
        parser.add_argument("--reason-ru", default="", help="why approved totals are corrected, in Russian")
        parser.add_argument("--reason-en", default="", help="the same in English")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            period = period_of(options["period"])
            proposal = propose_totals(
                period=period,
                as_of=civil_date(),
                by=ACTOR,
                reason_ru=options["reason_ru"],
                reason_en=options["reason_en"],
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except ValueError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self._say(proposal)

    def _say(self, proposal: TotalsProposal) -> None:
        """The table as the second person will see it. It holds small numbers: not for logs."""
        for total in proposal.totals.all():
            withheld = "  withheld" if total.withheld else ""
            self.stdout.write(f"{total.figure:32} {total.people:6}{withheld}")
        self.stdout.write(f"Proposal {proposal.pk} waits for somebody else to approve it in the office.")
