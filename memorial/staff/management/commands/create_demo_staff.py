"""An editor and a translator for trying out, with passwords that anybody may know."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from memorial.base.acting import acting, command_actor
from memorial.staff.group_sync import sync_groups
from memorial.staff.models import User

DEMO_STAFF = {"editor": "paper-ink-pen", "translator": "pen-ink-paper"}
"""Name (and group) → password. Worthless on purpose: only beside invented people."""


class Command(BaseCommand):
    help = "Makes an editor and a translator for trying out. Refused unless DEMO_SIGN_IN is on."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.DEMO_SIGN_IN:
            raise CommandError(
                "Demo accounts have passwords that anybody may know: they are made only with DEMO_SIGN_IN=1,"
                " which works only with the embedded database."
            )
        with transaction.atomic(), acting(command_actor("create_demo_staff")):
            sync_groups()
            for name, password in DEMO_STAFF.items():
                self._account(name, password)
                self.stdout.write(f"{name} / {password}")

    def _account(self, name: str, password: str) -> None:
        account, _is_new = User.objects.get_or_create(username=name, defaults={"is_staff": True})
        account.is_staff = account.is_active = True
        if not account.check_password(password):
            account.set_password(password)
        account.save()
        account.groups.set([Group.objects.get(name=name)])
