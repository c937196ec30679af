"""Looks for people who may stand in the encyclopaedia twice, and writes the pairs down for the desk."""

from __future__ import annotations

from typing import Any, Final

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import IntegerField
from django.db.models.functions import Mod

from memorial.attention.actions.pairs import note_pairs
from memorial.base.acting import acting, command_actor
from memorial.base.civil_date import civil_date
from prisoners.models import Prisoner

EVERY_DAYS: Final = 28
"""Everybody is compared once in so many days, another part of them each day."""


class Command(BaseCommand):
    help = (
        "Compares a part of the people with all others by name and year of birth, another part each day, so "
        "that four weeks compare everybody. Pairs wait at the attention desk; nothing is merged."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="compare everybody now")
        parser.add_argument("--most", type=int, default=5000, help="compare so many people at most")

    def handle(self, *args: Any, **options: Any) -> None:
        today = civil_date()
        people = Prisoner.objects.order_by("pk")
        if not options["all"]:
            day_of_four_weeks = Mod("pk", EVERY_DAYS, output_field=IntegerField())
            people = people.alias(its_day=day_of_four_weeks).filter(its_day=today.toordinal() % EVERY_DAYS)
        chosen = list(people[: options["most"]])
        with acting(command_actor("find_duplicates"), "compared people with names alike"):
            new = note_pairs(chosen, today)
        if options["verbosity"] >= 1:
            self.stdout.write(f"{len(chosen)} people compared, {new} new pairs.")
