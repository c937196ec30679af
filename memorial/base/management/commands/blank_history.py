"""Takes out of the history the texts whose removal two people have decided in the office."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, transaction

from memorial.base.acting import acting, command_actor
from memorial.base.evidence import HistoryRemoval


class Command(BaseCommand):
    help = (
        "Carries out the confirmed removals from the history: texts go, digests and decisions stay."
        " Run it as the database's owner, after seal_history."
    )
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        waiting = HistoryRemoval.objects.filter(confirmed_by__isnull=False, carried_out_at__isnull=True)
        refused = [
            number for number in waiting.order_by("pk").values_list("pk", flat=True) if not self._do(number)
        ]
        if not connection.in_atomic_block and len(waiting) > len(refused):
            self._vacuum()
        if refused:
            numbers = ", ".join(str(number) for number in refused)
            raise CommandError(f"Not carried out: {numbers}.")

    def _do(self, number: int) -> bool:
        try:
            with transaction.atomic(), acting(command_actor("blank_history")), connection.cursor() as cursor:
                cursor.execute("SELECT memorial_blank_history(%s)", [number])
                count = cursor.fetchone()[0]
        except DatabaseError as error:
            self.stderr.write(f"Removal {number}: {str(error).splitlines()[0]}")
            return False
        self.stdout.write(f"Removal {number}: the text of {count} entries is gone.")
        return True

    def _vacuum(self) -> None:
        """The old texts are dead rows until then, which anybody with the files could read."""
        with connection.cursor() as cursor:
            for model_table in ("base_historyentry", "base_historyseal"):
                cursor.execute(f"VACUUM {model_table}")
