"""Work that is due at a moment, what came of it, and what is tried again."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from memorial.due.kinds import kind_of


class DueWorkQuerySet(models.QuerySet):
    """Due work."""

    def open(self) -> Self:
        """What has neither been done nor given up."""
        return self.filter(outcome="")

    def due(self, at: datetime) -> Self:
        """What is to be done by a moment, the oldest first."""
        return self.open().filter(next_try_at__lte=at).order_by("next_try_at", "id")

    def of(self, kind: str, object_id: int) -> Self:
        """The work of one kind on one object."""
        return self.filter(kind=kind, object_id=object_id)


class DueWork(models.Model):
    """One thing to be done at `due_at`, a moment. `next_try_at` lies later where a try has failed.

    `outcome` is empty while it is open. `said` tells staff what came of it; of a failure it names the kind
    of error and never its text, which may hold what is confidential.
    """

    PUBLIC: frozenset[str] = frozenset()

    class Outcome(models.TextChoices):
        DONE = "done", pgettext_lazy("due work", "done")
        REFUSED = "refused", _("not done: something stood in the way")
        CANCELLED = "cancelled", _("cancelled")

    kind = models.CharField(_("what"), max_length=40)
    object_id = models.BigIntegerField(_("number of the record"))
    due_at = models.DateTimeField(_("due"))
    next_try_at = models.DateTimeField(_("next try"))
    done_at = models.DateTimeField(pgettext_lazy("due work", "done"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    tries = models.PositiveSmallIntegerField(_("failed tries"), default=0)
    said = models.TextField(_("what came of it"), blank=True)

    objects = DueWorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("due work")
        verbose_name_plural = _("due work")
        ordering = ["-due_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="duework_open_once",
                fields=["kind", "object_id"],
                condition=Q(outcome=""),
                violation_error_message=_("This is planned already: take the other plan back first."),
            ),
            models.CheckConstraint(
                name="duework_outcome_known",
                condition=Q(outcome__in=["", "done", "refused", "cancelled"]),
                violation_error_message=_("There is no such outcome."),
            ),
            models.CheckConstraint(
                name="duework_ends_at_a_moment",
                condition=Q(outcome="", done_at__isnull=True) | (~Q(outcome="") & Q(done_at__isnull=False)),
                violation_error_message=_("What has an outcome has its moment, and nothing else has."),
            ),
            models.CheckConstraint(
                name="duework_is_not_tried_early",
                condition=Q(next_try_at__gte=F("due_at")),
                violation_error_message=_("Nothing is tried before it is due."),
            ),
        ]
        indexes = [models.Index(fields=["next_try_at"], name="duework_open", condition=Q(outcome=""))]

    def __str__(self) -> str:
        return f"{self.what}, {timezone.localtime(self.due_at):%d.%m.%Y %H:%M}"

    @property
    def what(self) -> str:
        """The kind in words, or its code where this program does not know it."""
        kind = kind_of(self.kind)
        return str(kind.label) if kind else self.kind
