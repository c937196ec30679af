"""Removes lists that staff loaded into the office and nobody has touched for a month."""

import argparse
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prisoners.importers.uploads import KEPT_FOR, forget_uploads


class Command(BaseCommand):
    help = "Removes loaded lists, with their files, that nobody has touched for so many days. See docs/import.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days", type=_days, default=KEPT_FOR.days, help="how long they are kept; 30 unless said"
        )

    def handle(self, *, days: int, **options: Any) -> None:
        if not settings.SERVES_STAFF:
            raise CommandError(_("Loaded lists belong to the staff process: set SITE_ROLE=staff."))
        count = forget_uploads(timedelta(days=days))
        said = ngettext("%(count)s list removed.", "%(count)s lists removed.", count)
        self.stdout.write(said % {"count": count})


def _days(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("not below 0")
    return number
