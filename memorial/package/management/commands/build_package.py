"""Makes the whole-data package, and makes kept versions anew when something was withdrawn."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from memorial.base.acting import acting, command_actor
from memorial.package.keeping import build_package, is_due, remove_strays, renew_packages


class Command(BaseCommand):
    help = (
        "Makes the package of today, unless there is one. With --renew: makes anew the kept versions that hold "
        "what was withdrawn since; run that often, because until then nobody can download them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--renew", action="store_true", help="kept versions only, unless --every says more"
        )
        parser.add_argument(
            "--every",
            type=int,
            metavar="DAYS",
            help="make one of today if the newest is so old, or there is none",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            with acting(command_actor("build_package"), "data package"):
                self._work(options)
        except DatabaseError as error:
            raise CommandError(f"The package was not made: {error}") from error

    def _work(self, options: dict[str, Any]) -> None:
        changed = renew_packages()
        made = None
        if is_due(options["every"]) if options["every"] is not None else not options["renew"]:
            made = build_package()
        strays = remove_strays()
        if options["verbosity"] >= 1:
            said = f"{made.name}: {made.rows} rows, {made.size} bytes." if made else "No new version."
            self.stdout.write(f"{said} {changed} kept made anew, {strays} stray files removed.")
