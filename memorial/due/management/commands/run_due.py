"""`manage.py run_due`: does what is due. Run it every minute; two at once do no harm."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from memorial.due.running import MOST_AT_ONCE, run_due


class Command(BaseCommand):
    help = "Does the work that is due: publishes planned news, and whatever else was planned."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--most", type=int, default=MOST_AT_ONCE, help="How many pieces at most (%(default)s)."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """A line for each piece. Raises `CommandError` where one failed, so that whoever watches is told."""
        results: list[str] = []
        for ran in run_due(options["most"]):
            work = ran.work
            due = timezone.localtime(work.due_at)
            # Numbers and not titles: what is printed here stands in logs.
            self.stdout.write(f"{work.kind} #{work.object_id}, due {due:%Y-%m-%d %H:%M}: {ran.result}")
            results.append(ran.result)
        if not results:
            self.stdout.write("Nothing is due.")
        if failed := results.count("failed"):
            raise CommandError(f"{failed} of {len(results)} failed and will be tried again.")
