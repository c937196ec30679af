"""Makes names and texts that are searched anew, from what is published."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from memorial.search.kinds import KINDS


class Command(BaseCommand):
    help = (
        "Fills the tables of search anew. Triggers keep them right by themselves:"
        " needed only after a new version has changed how names or texts are looked for."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT memorial_rebuild_names()")
            self.stdout.write(f"Names: {cursor.fetchone()[0]}.")
            for kind in KINDS:
                cursor.execute("SELECT memorial_rebuild_text(%s, %s::regclass)", [kind.code, kind.table])
                self.stdout.write(f"Texts, {kind.code}: {cursor.fetchone()[0]}.")
