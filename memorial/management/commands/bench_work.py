"""What the office's heavy work takes: imports, the migration, photos. Nothing of it stays."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from memorial.bench import work
from memorial.bench.processes import own_peak


class Command(BaseCommand):
    help = (
        "Times an import of a table, the migration of the old site and the making of photos, each by itself."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rows", type=int, default=2000, help="rows of the table, pages of the old site")

    def handle(self, *, rows: int, **_options: Any) -> None:
        if not settings.DEMO_DATA_ALLOWED or settings.WEB_PROCESS:
            raise CommandError("Needs the embedded database and no WEB_PROCESS: use make bench.")
        # Photos first: afterwards the peak would be that of the import.
        say = self.stdout.write
        say(f"Photos: {work.photos_a_second():.1f} a second of CPU, six files each.")
        say(f"WebP pictures: {work.webp_a_second():.1f} a second of CPU.")
        say(f"Peak memory until here: {own_peak():.0f} MB.")
        say(f"Import: {work.import_rows(rows):.0f} rows a second, tried and written ({rows} rows).")
        pages = work.migrate_pages(rows)
        if pages is None:
            say("Migration of the old site: not measured, there is no import_wordpress here.")
        else:
            say(f"Migration of the old site: {pages:.0f} pages a second ({rows} pages).")
        say(f"Peak memory of this process: {own_peak():.0f} MB.")
