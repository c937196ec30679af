"""A new account, and the link by which its owner enrols; the first administrator is made so."""

from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from memorial.base.acting import acting, command_actor
from memorial.staff.enrolment import LINK_HOURS, issue_link
from memorial.staff.group_sync import sync_groups
from memorial.staff.groups import GROUPS
from memorial.staff.models import User


class Command(BaseCommand):
    help = "Makes an account of the staff and prints its enrolment link, which works once and for a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="to sign in with; need not be a person's name")
        parser.add_argument("--group", action="append", required=True, choices=sorted(GROUPS))

    def handle(self, *_args: Any, **options: Any) -> None:
        account = User(username=options["name"], is_staff=True)
        account.set_unusable_password()
        try:
            account.full_clean()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        with transaction.atomic(), acting(command_actor("create_staff")):
            sync_groups()
            account.save()
            account.groups.set(Group.objects.filter(name__in=options["group"]))
            link = issue_link(account=account, by=None)
        self.stdout.write(link)
        self.stderr.write(f"Works once, for {LINK_HOURS} hours: whoever opens it first has the account.")
