"""What is due to go: one rule for each kind, from the most confidential to mere logs.

A rule tells what is due on a day and removes it. What the history keeps of it goes as every lawful
removal does (docs/history.md): the texts are blanked, the digests stay, two people answer for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Greatest
from django.utils import timezone

from assistance.models import Client
from cases.models import Prosecution
from memorial.base.choices import State
from memorial.base.models import HistoryEntry, Looking
from memorial.staff.models import (
    EnrolmentLink,
    OneTimeCodes,
    Passkey,
    RecoveryCode,
    SignIn,
    StaffSession,
    User,
)
from prisoners.models import Lead, Prisoner


@dataclass(frozen=True)
class Rule:
    """One line of the table: `due` gives the rows whose time ended before a day."""

    name: str
    of_what: str
    due: Callable[[date], models.QuerySet[Any]]
    leaves_history: bool
    """Whether the history keeps texts of it, so that two people have to answer for its end."""

    @property
    def days(self) -> int:
        """How long it lives after its end, in days."""
        return int(settings.RETENTION[self.name])

    def rows(self, today: date) -> models.QuerySet[Any]:
        """What is due today."""
        return self.due(today - timedelta(days=self.days))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _untouched_since(model: type[models.Model], day: date) -> Combinable | Q:
    """No edit of the row itself since then, by the history, which sees every path of writing."""
    later = HistoryEntry.objects.filter(
        table=model._meta.db_table, row=Cast(OuterRef("pk"), models.CharField()), at__gte=_midnight(day)
    )
    return ~Exists(later)


def _clients(day: date) -> models.QuerySet[Any]:
    """Clients who left, whom nobody helps, and whose last help and leaving are long ago."""
    left = Client.objects.filter(closed_on__isnull=False).with_last_help()
    over = Greatest(F("closed_on"), Coalesce(F("last_help_on"), F("closed_on")))
    helped = Client.objects.being_helped().values("pk")
    return left.alias(over=over).filter(over__lt=day).exclude(pk__in=helped)


def _drafts(day: date) -> models.QuerySet[Any]:
    """People's pages that were never published, that nobody has touched and no case or client needs."""
    drafts = Prisoner.objects.filter(
        _untouched_since(Prisoner, day), state=State.DRAFT, first_published_at=None
    )
    return drafts.exclude(pk__in=Prosecution.objects.values("prisoner")).exclude(
        pk__in=Client.objects.filter(prisoner__isnull=False).values("prisoner")
    )


def _leads(day: date) -> models.QuerySet[Any]:
    return Lead.objects.filter(_untouched_since(Lead, day)).exclude(state=Lead.State.OPEN)


def _accounts(day: date) -> models.QuerySet[Any]:
    closed = User.objects.filter(_untouched_since(User, day), is_active=False)
    return closed.exclude(username__startswith=CLOSED)


def _logs(model: type[models.Model]) -> Callable[[date], models.QuerySet[Any]]:
    return lambda day: model._default_manager.filter(at__lt=_midnight(day))


CLOSED: Final = "closed-"
RULES: Final = (
    Rule("help", "clients, with everything recorded of them", _clients, leaves_history=True),
    Rule("drafts", "drafts of people's pages", _drafts, leaves_history=True),
    Rule("leads", "leads that were settled", _leads, leaves_history=True),
    Rule("accounts", "names and factors of closed accounts", _accounts, leaves_history=True),
    Rule("sign_ins", "sign-ins", _logs(SignIn), leaves_history=False),
    Rule("lookings", "records of who looked", _logs(Looking), leaves_history=False),
)


def remove(rule: Rule, rows: Iterable[Any]) -> None:
    """Removes rows that are due; an account keeps its number, which the history names. Database errors pass."""
    for row in rows:
        if isinstance(row, User):
            _forget_account(row)
        elif rule.leaves_history:
            row.delete()
        else:
            type(row)._default_manager.filter(pk=row.pk).delete()


def _forget_account(account: User) -> None:
    """Who it was goes, that it was stays."""
    for model in (StaffSession, EnrolmentLink, OneTimeCodes, Passkey, RecoveryCode):
        model.objects.filter(account=account).delete()
    account.username = f"{CLOSED}{account.pk}"
    account.first_name = account.last_name = account.email = ""
    account.set_unusable_password()
    account.save()
