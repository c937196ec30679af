"""Sign-ins that were tried, and how many failed lately. Never an address, a browser or what was typed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from memorial.staff.choices import SignInWay
from memorial.staff.models.account import User


class SignIn(models.Model):
    """Somebody signed in, or tried to. Read by administrators and auditors, changed by nobody."""

    PUBLIC: frozenset[str] = frozenset()
    # A log itself, which goes when retention says so.
    KEEPS_HISTORY = False
    TRIGGERS: ClassVar = (("append_only", "BEFORE UPDATE", "memorial_refuse_change()"),)

    at = models.DateTimeField(_("at"), default=timezone.now)
    # None for a name that nobody has: what was typed may be a password in the wrong box.
    account = models.ForeignKey(
        User,
        verbose_name=_("member of staff"),
        related_name="sign_ins",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    way = models.CharField(_("by"), max_length=8, choices=SignInWay)
    again = models.BooleanField(_("once more, before something grave"), default=False)
    success = models.BooleanField(_("let in"))

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        ordering = ["-id"]
        indexes = [models.Index(fields=["account", "-id"], name="sign_ins_of_an_account")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class AttemptCount(models.Model):
    """How many attempts of one kind failed since `begun`, for one account; see `memorial.staff.throttle`."""

    PUBLIC: frozenset[str] = frozenset()
    KEEPS_HISTORY = False

    key = models.CharField(_("what is counted"), max_length=40, primary_key=True)
    begun = models.DateTimeField(_("since"))
    count = models.PositiveIntegerField(_("attempts"))

    class Meta:
        verbose_name = _("count of attempts")
        verbose_name_plural = _("counts of attempts")

    def __str__(self) -> str:
        return self.key
