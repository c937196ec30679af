"""What open data costs: the whole list of people in each format."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from memorial.bench.exports import FORMATS, export
from memorial.bench.processes import MEGABYTE


class Command(BaseCommand):
    help = (
        "Takes everybody out as CSV, JSON and a workbook: time, size, and memory at a tenth and at the end."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        if settings.DEBUG:
            raise CommandError("Needs no DEBUG: it keeps every statement. Use make bench.")
        with translation.override("ru"):
            for name in FORMATS:
                made = export(name)
                self.stdout.write(
                    f"Export {made.name}: {made.rows} rows, {made.size / MEGABYTE:.1f} MB,"
                    f" {made.rows / max(made.seconds, 1e-9):.0f} rows a second of CPU,"
                    f" memory at most {made.peak_of_a_tenth:.0f} MB after a tenth, {made.peak:.0f} MB at the end."
                )
