"""The database, the public and the confidential files, in one file encrypted to a public key."""

from __future__ import annotations

import signal
import sys
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from memorial.backup.errors import BackupError
from memorial.backup.making import make_backup, recipients_of


class Command(BaseCommand):
    help = "Writes one file encrypted with age: database, public and confidential files. Nothing readable touches the disk."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="where the file goes, named after the moment (UTC)")
        parser.add_argument(
            "--recipient",
            action="append",
            default=[],
            help="a public key of age, in place of BACKUP_RECIPIENTS",
        )

    def execute(self, *args: Any, **options: Any) -> Any:
        """Asked to stop, it stops as after any other fault: with nothing left behind."""
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        return super().execute(*args, **options)

    def handle(self, *, folder: Path, recipient: list[str], **_options: Any) -> None:
        target = folder / f"memorial-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.tar.age"
        try:
            if not folder.is_dir():
                raise BackupError(f"{folder} is no folder.")
            manifest = make_backup(target, recipients_of(recipient or settings.BACKUP_RECIPIENTS))
        except BackupError as error:
            raise CommandError(str(error)) from error
        rows = sum(manifest.tables.values())
        self.stdout.write(
            f"{target}: {rows} rows of {len(manifest.tables)} tables, {manifest.files['number']} files,"
            f" {target.stat().st_size} bytes."
        )
