"""What the list of people and its filters take, beside plain Django."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from memorial.bench.lists import comparisons


class Command(BaseCommand):
    help = "Times the list of people and the counts of its filters beside one GROUP BY a filter; both must agree."

    def handle(self, **_options: Any) -> None:
        if settings.DEBUG:
            raise CommandError("Needs no DEBUG, which keeps every statement: use make bench.")
        with translation.override("ru"):
            for each in comparisons():
                self.stdout.write(each.line)
