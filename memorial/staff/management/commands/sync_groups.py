"""Staff groups and their rights, from the table in memorial/staff/groups.py."""

from typing import Any

from django.core.management.base import BaseCommand

from memorial.staff.group_sync import sync_groups


class Command(BaseCommand):
    help = "Makes the staff groups and gives each exactly its rights. May be run again at any time."

    def handle(self, *_args: Any, **options: Any) -> None:
        changed = sync_groups()
        if options["verbosity"]:
            self.stdout.write(f"Groups brought up to date: {', '.join(changed) or 'none needed it'}.")
