"""A backup becomes a new database and a new folder of files."""

from __future__ import annotations

import signal
import sys
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from memorial.backup.errors import BackupError
from memorial.backup.restoring import identities_of, restore_backup


class Command(BaseCommand):
    help = "Restores a backup into a new database and a new folder, named only when the last byte is authenticated."
    # The database in the environment may be empty, old or gone: only its server is asked.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--identity", type=Path, required=True, help="the file of age-keygen with the private key"
        )
        parser.add_argument("--database", required=True, help="the name of the new database")
        parser.add_argument(
            "--media", type=Path, required=True, help="the new folder: public/ and confidential/ in it"
        )

    def execute(self, *args: Any, **options: Any) -> Any:
        """Asked to stop, it stops as after any other fault: with nothing left behind."""
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        return super().execute(*args, **options)

    def handle(self, *, file: Path, identity: Path, database: str, media: Path, **_options: Any) -> None:
        try:
            manifest = restore_backup(file, identities_of(identity), database=database, media=media)
        except BackupError as error:
            raise CommandError(str(error)) from error
        _note(file)
        self.stdout.write(
            f"{database} is as it was at {manifest.made_at}: {sum(manifest.tables.values())} rows of"
            f" {len(manifest.tables)} tables, {manifest.files['number']} files in {media}.\n"
            f"Sealed history ends at: {manifest.history_head or 'not sealed yet'}.\n"
            "Now: sh deploy/release.sh with DATABASE_URL naming it, then manage.py verify_history."
        )


def _note(file: Path) -> None:
    """An empty file beside the backup: it was opened and restored whole (`manage.py doctor` looks for it)."""
    with suppress(OSError):  # a backup may be read from where nothing is written
        file.with_name(f"{file.name.partition('.')[0]}.restored").touch(mode=0o600)
