"""Two records that may be of one person, as the program found them, and what somebody said to it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PairAnswer(models.TextChoices):
    """What somebody said. Of the same person the records are merged, and the pair is gone with one of them."""

    DIFFERENT = "different", _("not the same person")


class SuspectedPairQuerySet(models.QuerySet):
    """Pairs of records."""

    def waiting(self) -> Self:
        """Those of which nobody has said anything."""
        return self.filter(answer="")


class SuspectedPair(models.Model):
    """Two people with names alike. «Not the same» is remembered, and the pair is never shown again.

    The two are numbers and no keys: whoever merges records must not carry a pair along with them. A trigger
    forgets the pairs of a record that is gone.
    """

    PUBLIC: frozenset[str] = frozenset()
    TRIGGERS = (("answered", "BEFORE UPDATE", "memorial_answer_pair()"),)
    TRIGGERS_BELOW = (("prisoners_prisoner", "pairs", "AFTER DELETE", "memorial_forget_pairs()"),)

    one = models.BigIntegerField(_("one person"))
    other = models.BigIntegerField(_("the other"))
    found_on = models.DateField(_("found on"))
    answer = models.CharField(_("answer"), max_length=10, choices=PairAnswer, blank=True)
    answered_by = models.CharField(_("answered by"), max_length=80, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)

    objects = SuspectedPairQuerySet.as_manager()

    class Meta:
        verbose_name = _("people who look alike")
        verbose_name_plural = _("people who look alike")
        ordering = ["found_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="suspectedpair_once"),
            models.CheckConstraint(
                name="suspectedpair_in_order",
                condition=Q(one__lt=F("other")),
                violation_error_message=_("A pair is two people, the lower number first."),
            ),
            models.CheckConstraint(
                name="suspectedpair_answer_is_whole",
                condition=Q(answer="", answered_by="", answered_at__isnull=True)
                | (Q(answer__in=PairAnswer.values, answered_at__isnull=False) & ~Q(answered_by="")),
                violation_error_message=_("An answer has somebody who gave it, and a time."),
            ),
        ]
        indexes = [models.Index(fields=["other"], name="suspectedpair_other")]

    def __str__(self) -> str:
        return f"#{self.one} · #{self.other}"
