"""What searches take, by their 95th percentile, which is noted for a comparison of sizes."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from memorial.bench.searches import QUERIES, searches


class Command(BaseCommand):
    help = "Times searches for names and words, each by itself, beside plain trigrams and full text made on the way."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--queries", type=int, default=QUERIES, help="how many of each kind")
        parser.add_argument("--note", type=Path, help="write the 95th percentiles into this file, as JSON")

    def handle(self, *, queries: int, note: Path | None, **_options: Any) -> None:
        if settings.DEBUG or queries < 1:
            raise CommandError(
                "Needs no DEBUG, which keeps every statement, and at least one query: use make bench."
            )
        found = {}
        with translation.override("ru"):
            for kind in searches(queries):
                self.stdout.write(kind.line)
                found[kind.name] = kind.slow
        if note:
            note.write_text(json.dumps(found), encoding="utf-8")
