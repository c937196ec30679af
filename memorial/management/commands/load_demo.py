"""Loads invented people into the embedded database, and nowhere else."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from memorial.base.acting import acting, command_actor
from memorial.base.models import HistoryEntry
from memorial.demo.building import Builder
from prisoners.models import Prisoner, Theme

ACTOR = command_actor("load_demo")


class Command(BaseCommand):
    help = "Loads about sixty invented people, once. Refuses any database but the embedded one."

    def handle(self, *_args: Any, **options: Any) -> None:
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
        with transaction.atomic():
            if not Theme.objects.exists():
                call_command("seed_vocabularies", verbosity=0)
            with acting(ACTOR, "invented people for trying out"):
                number = Builder().build()
        self._say(f"{number} invented people were loaded.", options)

    def _say(self, text: str, options: dict[str, Any]) -> None:
        if options["verbosity"]:
            self.stdout.write(text)


def _people_of_others() -> int:
    """How many people were not added by this command, as the history tells it."""
    added = HistoryEntry.objects.filter(
        table=Prisoner._meta.db_table, operation=HistoryEntry.Operation.INSERT, actor=ACTOR
    )
    ours = {int(row) for row in added.values_list("row", flat=True)}
    return len(set(Prisoner.objects.values_list("pk", flat=True)) - ours)
