"""Django's `migrate`, and then the triggers and grants that the models ask for."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections, transaction

from memorial.base.database import grant_rights, install_triggers
from memorial.base.derived_tables import fill_empty


class Command(migrate.Command):
    help = "Brings the database to the state of the code: tables, then triggers and grants. Run it as the database's owner."

    def handle(self, *args: Any, **options: Any) -> str | None:
        connection = connections[options["database"]]
        self._refuse_superuser(connection)
        result = super().handle(*args, **options)
        if not options["plan"] and not options["check_unapplied"]:
            with transaction.atomic(using=options["database"]):
                install_triggers(connection)
                grant_rights(connection)
            filled = fill_empty(connection)
            if options["verbosity"] >= 1 and filled:
                self.stdout.write(f"Filled from other tables: {', '.join(filled)}.")
            if options["verbosity"] >= 1:
                self.stdout.write("Triggers and grants are in place.")
        return result

    def _refuse_superuser(self, connection: Any) -> None:
        """A superuser passes every grant by, so tables must not belong to one."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
            if cursor.fetchone()[0]:
                raise CommandError(
                    "Migrate as the role that owns the database (see deploy/roles.sql), not as a superuser."
                )
