"""Signed sets as the machine that signs has made them, and who of finance has taken note."""

from __future__ import annotations

from typing import Self, cast

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from donations.models.details import DetailsProposal


class PaymentSetQuerySet(models.QuerySet):
    """Signed sets, whether they hold or not: that is for `donations.signing.current` to say."""

    def newest(self) -> PaymentSet | None:
        """The one with the highest serial number, which alone counts."""
        return cast("PaymentSet | None", self.order_by("-serial").first())

    def unseen_by(self, name: str) -> Self:
        """Those of which this person has not taken note."""
        return self.exclude(notices__seen_by=name)


class PaymentSet(models.Model):
    """One signed text, signature included, exactly as it came. Nothing is read from it that is not signed.

    `serial` orders the rows and is believed only where the signed text says the same. Frozen: the database
    refuses to change or take away a row, and a number that is not above all before it.
    """

    PUBLIC = frozenset({"serial", "signed_text"})
    PUBLIC_WHEN = "true"
    TRIGGERS = (
        ("taken", "BEFORE INSERT", "memorial_take_payment_set()"),
        ("frozen", "BEFORE UPDATE OR DELETE", "memorial_refuse_frozen_set()"),
    )
    REFUSALS = {
        "paymentset_serial_rises": _("There is a signed set with a higher number."),
        "paymentset_serial_of_its_text": _("The number is not the one that is signed."),
        "paymentset_taken_by_right": _("You may not take in a signed set."),
        "paymentset_is_frozen": _("A signed set stays as it is; a new one takes its place."),
    }

    serial = models.PositiveIntegerField(_("number of the set"), unique=True)
    signed_text = models.TextField(_("signed text"))

    objects = PaymentSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("signed set of details")
        verbose_name_plural = _("signed sets of details")
        ordering = ["-serial"]
        constraints = [
            models.CheckConstraint(
                name="paymentset_serial_counts_from_one",
                condition=Q(serial__gte=1),
                violation_error_message=_("Sets are numbered from one."),
            )
        ]

    def __str__(self) -> str:
        return str(self.serial)


class DeskNotice(models.Model):
    """Somebody of finance has seen that details were approved, or that a signed set was taken in."""

    PUBLIC: frozenset[str] = frozenset()

    proposal = models.ForeignKey(
        DetailsProposal,
        verbose_name=_("proposed payment details"),
        related_name="notices",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    payment_set = models.ForeignKey(
        PaymentSet,
        verbose_name=_("signed set of details"),
        related_name="notices",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    seen_by = models.CharField(_("seen by"), max_length=80)

    class Meta:
        verbose_name = _("notice taken")
        verbose_name_plural = _("notices taken")
        constraints = [
            models.CheckConstraint(
                name="desknotice_of_one_thing",
                condition=Q(proposal__isnull=True, payment_set__isnull=False)
                | Q(proposal__isnull=False, payment_set__isnull=True),
                violation_error_message=_("A notice is of details or of a set."),
            ),
            models.CheckConstraint(
                name="desknotice_by_somebody",
                condition=~Q(seen_by=""),
                violation_error_message=_("Say who has seen it."),
            ),
            models.UniqueConstraint(
                fields=["proposal", "seen_by"],
                name="desknotice_proposal_once",
                condition=Q(proposal__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["payment_set", "seen_by"],
                name="desknotice_set_once",
                condition=Q(payment_set__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.seen_by
