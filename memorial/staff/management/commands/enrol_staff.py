"""A new enrolment link for somebody who has lost what they sign in with."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from memorial.base.acting import acting, command_actor
from memorial.staff.enrolment import LINK_HOURS, issue_link
from memorial.staff.models import User


class Command(BaseCommand):
    help = (
        "Prints an enrolment link for an open account. When used, all that it signed in with before is void."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")

    def handle(self, *_args: Any, **options: Any) -> None:
        account = User.objects.filter(username=options["name"]).first()
        if account is None:
            raise CommandError("There is no account of this name.")
        with acting(command_actor("enrol_staff")):
            try:
                link = issue_link(account=account, by=None)
            except ValueError as error:
                raise CommandError(str(error)) from error
        self.stdout.write(link)
        self.stderr.write(f"Works once, for {LINK_HOURS} hours: whoever opens it first has the account.")
