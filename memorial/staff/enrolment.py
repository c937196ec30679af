"""How somebody comes to the office: an administrator's link, once, and no mail."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from memorial.base.acting import acting, because, staff_actor
from memorial.staff import totp
from memorial.staff.models import EnrolmentLink, OneTimeCodes, StaffSession, User

LINK_HOURS: Final = 24


@transaction.atomic
def issue_link(*, account: User, by: int | None, hours: int = LINK_HOURS) -> str:
    """A new enrolment link for the account, as an address; one that was not used yet is void.

    Nothing of the account changes until the link is used. Raises ValueError for a closed account.
    """
    if not account.may_sign_in:
        raise ValueError("The account is closed: open it first.")
    # Two at once: the second waits, and its link is the one that counts.
    User.objects.select_for_update().get(pk=account.pk)
    account.enrolment_links.filter(used_at=None).delete()
    token = secrets.token_urlsafe(24)
    EnrolmentLink.objects.create(
        account=account,
        token_digest=_digest(token),
        secret=totp.new_secret(),
        made_by=by,
        expires_at=timezone.now() + timedelta(hours=hours),
    )
    return f"{settings.STAFF_URL}{reverse('admin:enrol', args=[token])}"


def open_link(token: str) -> EnrolmentLink | None:
    """The link of a token, if it may still be used."""
    links = EnrolmentLink.objects.select_related("account").filter(
        used_at=None, expires_at__gt=timezone.now(), account__is_active=True, account__is_staff=True
    )
    return links.filter(token_digest=_digest(token)).first()


@transaction.atomic
def use_link(*, link: EnrolmentLink, password: str, step: int) -> bool:
    """Gives the account its password and generator of codes; False where the link was used a moment ago.

    Whatever it signed in with before is void, and all its sessions end: it may have been stolen.
    `step` is the half minute of the code by which the generator was tried; it is used up.
    """
    if not EnrolmentLink.objects.filter(pk=link.pk, used_at=None).update(used_at=timezone.now(), secret=""):
        return False
    account = link.account
    with acting(staff_actor(account.pk), "enrolment link"):
        account.set_password(password)
        account.save(update_fields=["password"])
        forget_factors(account)
        OneTimeCodes.objects.create(account=account, secret=str(link.secret), last_step=step)
    end_sessions(StaffSession.objects.filter(account=account))
    return True


def forget_factors(account: User) -> None:
    """Removes everything that the account signs in with beside its password."""
    for factors in (
        account.passkeys.all(),
        account.recovery_codes.all(),
        OneTimeCodes.objects.filter(account=account),
    ):
        factors.delete()


@transaction.atomic
def drop_passkeys(*, accounts: QuerySet[User]) -> int:
    """After a change of host name: passkeys are bound to the old one. Codes stay; sessions end."""
    dropped = 0
    with because("the office has another host name"):
        for account in accounts:
            dropped += account.passkeys.all().delete()[0]
    end_sessions(StaffSession.objects.filter(account__in=accounts))
    return dropped


def end_sessions(sessions: QuerySet[StaffSession]) -> int:
    """Ends them at the next request of each; returns how many there were."""
    return sessions.delete()[0]


def _digest(token: str) -> str:
    return hashlib.sha256(f"enrolment {token}".encode()).hexdigest()
