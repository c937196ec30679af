"""The emergency: a device is seized, somebody is arrested, or nobody knows yet what has happened."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from memorial.base.acting import acting, command_actor
from memorial.staff.enrolment import end_sessions
from memorial.staff.models import EnrolmentLink, StaffSession, User


class Command(BaseCommand):
    help = "Ends all sessions and voids all enrolment links, of everybody or of those named."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", metavar="name")
        parser.add_argument("--close", action="store_true", help="close the accounts as well")

    def handle(self, *_args: Any, **options: Any) -> None:
        accounts = User.objects.all()
        if names := set(options["names"]):
            accounts = accounts.filter(username__in=names)
            if missing := names - set(accounts.values_list("username", flat=True)):
                raise CommandError(
                    f"Nothing was done: there is no account called {', '.join(sorted(missing))}."
                )
        with transaction.atomic(), acting(command_actor("lock_staff")):
            links, _of_what = EnrolmentLink.objects.filter(account__in=accounts, used_at=None).delete()
            sessions = (
                StaffSession.objects.all() if not names else StaffSession.objects.filter(account__in=accounts)
            )
            ended = end_sessions(sessions)
            # The database ends what began meanwhile.
            closed = accounts.filter(is_active=True).update(is_active=False) if options["close"] else 0
        self.stdout.write(f"Sessions ended: {ended}. Links voided: {links}. Accounts closed: {closed}.")
