"""After a change of the office's host name: passkeys are bound to the old one and open nothing any more."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from memorial.base.acting import acting, command_actor
from memorial.staff.enrolment import drop_passkeys
from memorial.staff.models import User


class Command(BaseCommand):
    help = (
        "Drops passkeys and ends sessions, of everybody or of those named. Password and codes stay; "
        "the next sign-in asks for a new passkey."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", metavar="name")

    def handle(self, *_args: Any, **options: Any) -> None:
        accounts = User.objects.all()
        if options["names"]:
            accounts = accounts.filter(username__in=options["names"])
        with acting(command_actor("reenrol_staff")):
            dropped = drop_passkeys(accounts=accounts)
        self.stdout.write(f"Passkeys dropped: {dropped}. Accounts: {accounts.count()}.")
