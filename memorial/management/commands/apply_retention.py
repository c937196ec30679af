"""Says what has outlived its time, and with --apply removes it."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, models, transaction
from django.utils import timezone

from memorial.base.acting import acting, command_actor
from memorial.base.admin.history_reading import entries_of, rows_of
from memorial.base.civil_date import civil_date
from memorial.base.evidence import HistoryRemoval
from memorial.retention.rules import RULES, Rule, remove
from memorial.staff.models import User


class Command(BaseCommand):
    help = (
        "Says what has outlived its time (RETENTION_DAYS); --apply removes it. What the history keeps texts of"
        " needs --decided-by with two accounts; run it as the database's owner, then seal_history, blank_history."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--apply", action="store_true", help="remove it; without this nothing is changed")
        parser.add_argument(
            "--decided-by", nargs=2, metavar="ACCOUNT", default=[], help="the two people who answer for it"
        )

    def handle(self, *, apply: bool, decided_by: Sequence[str], **_options: Any) -> None:
        if not settings.SERVES_STAFF:
            raise CommandError("Retention is applied on the staff host: set SITE_ROLE=staff.")
        deciders = _accounts(decided_by)
        for rule in RULES:
            rows = list(rule.rows(civil_date()))
            said = f"{rule.name}: {len(rows)} {rule.of_what}, {rule.days} days after their end"
            if not rows or not apply:
                self.stdout.write(f"{said}.")
            elif rule.leaves_history and not deciders:
                self.stdout.write(f"{said}: two people have to decide (--decided-by).")
            else:
                removed = sum(self._remove(rule, row, deciders) for row in rows)
                self.stdout.write(f"{said}: {removed} removed.")

    def _remove(self, rule: Rule, row: models.Model, deciders: Sequence[User]) -> bool:
        """One row with all that belongs to it, or nothing of it."""
        try:
            with transaction.atomic(), acting(command_actor("apply_retention"), f"Retention: {rule.name}"):
                belongings = rows_of(row) if rule.leaves_history else {}
                remove(rule, [row])
                if belongings:
                    _blank(rule, belongings, deciders)
        except DatabaseError:
            # Something needs the record: the database says so, without saying what.
            self.stderr.write(f"{rule.name} {row.pk}: kept, because another record needs it.")
            return False
        return True


def _blank(rule: Rule, belongings: dict[str, set[str]], deciders: Sequence[User]) -> None:
    """Decides that what the history knows of these rows goes too; `blank_history` carries it out once sealed."""
    first, second = deciders
    entries = list(entries_of(belongings).filter(removal=None).order_by("pk").values_list("pk", flat=True))
    if entries:
        HistoryRemoval.objects.create(
            entries=entries,
            reason=f"Retention: {rule.name}, {rule.days} days",
            proposed_by=first.pk,
            confirmed_by=second.pk,
            decided_at=timezone.now(),
        )


def _accounts(names: Sequence[str]) -> list[User]:
    """The deciders. Raises `CommandError` unless they are two open accounts, or none are named."""
    found = [User.objects.filter(username=name, is_active=True).first() for name in names]
    accounts = [account for account in found if account is not None]
    if len(accounts) != len(names) or len({account.pk for account in accounts}) != len(names):
        raise CommandError("--decided-by names two different accounts that are open.")
    return accounts
