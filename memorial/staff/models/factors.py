"""What a member of staff signs in with beside the password, and the link by which it all begins."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from memorial.base.encrypted_fields import EncryptedTextField, sealed_constraint
from memorial.base.fields import StaffReference
from memorial.staff.models.account import User


class OneTimeCodes(models.Model):
    """The generator of six-figure codes (TOTP, RFC 6238) in somebody's telephone or password manager."""

    PUBLIC: frozenset[str] = frozenset()
    NOT_IN_HISTORY = ("secret", "pending_secret", "last_step")

    account = models.OneToOneField(
        User, verbose_name=_("member of staff"), related_name="one_time_codes", on_delete=models.PROTECT
    )
    secret = EncryptedTextField(_("secret"))
    # Shown on the screen while the generator is being replaced; it takes over when a code of it is typed.
    pending_secret = EncryptedTextField(_("new secret"), blank=True)
    last_step = models.BigIntegerField(_("last half minute used"), default=0)
    added_at = models.DateTimeField(_("added"), default=timezone.now)

    class Meta:
        verbose_name = _("generator of codes")
        verbose_name_plural = _("generators of codes")
        constraints = [
            sealed_constraint("staff_codes_sealed", "secret"),
            sealed_constraint("staff_new_codes_sealed", "pending_secret"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}"

    def use_step(self, step: int) -> bool:
        """Marks a half minute as used; False if it, or a later one, was used before. Safe against races."""
        unused = type(self).objects.filter(pk=self.pk, last_step__lt=step)
        return bool(unused.update(last_step=step))


class Passkey(models.Model):
    """A passkey: the public half of a key that never leaves somebody's device. Bound to the host's name."""

    PUBLIC: frozenset[str] = frozenset()
    NOT_IN_HISTORY = ("credential_id", "credential", "count", "last_used")

    account = models.ForeignKey(
        User, verbose_name=_("member of staff"), related_name="passkeys", on_delete=models.PROTECT
    )
    name = models.CharField(_("name"), max_length=60)
    credential_id = models.CharField(_("identifier"), max_length=1400, unique=True)
    credential = models.TextField(_("public key"))
    # How often the device has signed, where it counts at all: a copy of it counts for itself.
    count = models.BigIntegerField(_("signatures"), default=0)
    added_at = models.DateTimeField(_("added"), default=timezone.now)
    last_used = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        verbose_name = _("passkey")
        verbose_name_plural = _("passkeys")
        ordering = ["added_at"]

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """One of ten codes on paper, each good for one sign-in. Only its digest is kept: 80 random bits."""

    PUBLIC: frozenset[str] = frozenset()
    KEEPS_HISTORY = False

    account = models.ForeignKey(
        User, verbose_name=_("member of staff"), related_name="recovery_codes", on_delete=models.PROTECT
    )
    digest = models.CharField(_("digest"), max_length=64, unique=True)
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")

    def __str__(self) -> str:
        return f"{self.account_id}"

    def use(self) -> bool:
        """Uses the code up; False if it was used before. Safe against races."""
        unused = type(self).objects.filter(pk=self.pk, used_at=None)
        return bool(unused.update(used_at=timezone.now()))


class EnrolmentLink(models.Model):
    """A link, good once and for hours, by which somebody sets a password and a generator of codes.

    Whoever has it becomes that member of staff: it is shown once, and only its digest is kept.
    """

    PUBLIC: frozenset[str] = frozenset()
    NOT_IN_HISTORY = ("token_digest", "secret")

    account = models.ForeignKey(
        User, verbose_name=_("member of staff"), related_name="enrolment_links", on_delete=models.PROTECT
    )
    token_digest = models.CharField(_("digest"), max_length=64, unique=True)
    # Of the generator that is being set up: the same on every visit of the page, gone once the link is used.
    secret = EncryptedTextField(_("secret"), blank=True)
    made_by = StaffReference(_("made by"), null=True, blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("enrolment link")
        verbose_name_plural = _("enrolment links")
        constraints = [
            sealed_constraint("staff_link_sealed", "secret"),
            models.UniqueConstraint(
                name="staff_one_open_link",
                fields=["account"],
                condition=models.Q(used_at=None),
                violation_error_message=_("There is an enrolment link for this account already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}"
