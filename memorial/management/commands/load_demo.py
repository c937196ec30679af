"""Loads invented people into the embedded database, and nowhere else."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from assistance.models import ItemKind
from cases.models import Article
from memorial.base.acting import acting, command_actor, two_actors
from memorial.base.civil_date import civil_date
from memorial.base.models import HistoryEntry
from memorial.demo.figures import AS_OF, PEOPLE
from memorial.demo.loading import load_world
from prisoners.models import Prisoner, Theme

# Deaths, releases and recognitions need two named actors, invented ones too (docs/decisions/0016).
ACTOR = two_actors(command_actor("load_demo"), command_actor("load_demo, read again"))


class Command(BaseCommand):
    help = (
        "Loads invented people, once: 2,500 or so many as you say. Refuses any database but the embedded one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--people", type=int, default=PEOPLE, help="how many (the first 67 are hand-written)"
        )
        parser.add_argument(
            "--seed", type=int, default=1, help="another number makes other people of the same kinds"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["people"] < 1:
            raise CommandError("--people needs a number from 1 up.")
        if not settings.DEMO_DATA_ALLOWED:
            raise CommandError(
                "Invented people are never loaded beside real ones:"
                " use the embedded database (EMBEDDED_POSTGRES=1, no DATABASE_URL)."
            )
        if strangers := _people_of_others():
            raise CommandError(
                f"There are people here that load_demo did not make ({strangers}):"
                " it only fills an empty database."
            )
        if Prisoner.objects.exists():
            self._say("The invented people are here already: nothing was changed.", options)
            return
        _refuse_a_clock_that_is_slow()
        if not Theme.objects.exists():
            call_command("seed_vocabularies", verbosity=0)
        if not Article.objects.exists():
            call_command("seed_articles", verbosity=0)
            call_command("seed_glossary", verbosity=0)
        if not ItemKind.objects.exists():
            call_command("seed_item_kinds", verbosity=0)
        with acting(ACTOR, "invented people for trying out"):
            number = load_world(options["people"], options["seed"])
        self._say(f"{number} invented people were loaded.", options)

    def _say(self, text: str, options: dict[str, Any]) -> None:
        if options["verbosity"]:
            self.stdout.write(text)


def _refuse_a_clock_that_is_slow() -> None:
    """What happened is not in the future, not even here: the database would refuse it row by row."""
    if civil_date() < AS_OF:
        raise CommandError(
            f"The invented people live until {AS_OF}, and by this computer's clock that is still to come: set the clock."
        )


def _people_of_others() -> int:
    """How many people were not added by this command, as the history tells it."""
    added = HistoryEntry.objects.filter(
        table=Prisoner._meta.db_table, operation=HistoryEntry.Operation.INSERT, actor=ACTOR
    )
    ours = {int(row) for row in added.values_list("row", flat=True)}
    return len(set(Prisoner.objects.values_list("pk", flat=True)) - ours)
