"""Links of public sources, and whether they still lead anywhere. No text of any page is kept."""

from __future__ import annotations

from typing import Final, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

DEAD_AFTER_DAYS: Final = 3
"""On so many different days nobody answered: then a link is dead, and not before."""


class Failure(models.TextChoices):
    """Why a link leads nowhere."""

    GONE = "gone", _("the page is not there")
    SERVER = "server", _("the server reports an error")
    UNREACHABLE = "unreachable", _("the host does not answer")
    REDIRECTS = "redirects", _("sent on without end")
    FORBIDDEN = "forbidden", _("leads to an address that must not be asked")


class CheckedLinkQuerySet(models.QuerySet):
    """Links that were asked."""

    def dead(self) -> Self:
        """Those that failed on three different days, without an answer between."""
        return self.filter(failed_days__gte=DEAD_AFTER_DAYS)


class CheckedLink(models.Model):
    """A link of one or several sources: when it was asked last, and on how many days running it failed."""

    PUBLIC: frozenset[str] = frozenset()

    url = models.URLField(_("link"), max_length=1000, unique=True)
    checked_on = models.DateField(_("asked on"))
    answered_on = models.DateField(_("answered last on"), null=True, blank=True)
    status = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)
    failure = models.CharField(_("what is wrong"), max_length=20, choices=Failure, blank=True)
    failed_since = models.DateField(_("failing since"), null=True, blank=True)
    failed_days = models.PositiveSmallIntegerField(_("days on which it failed"), default=0)

    objects = CheckedLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link of a source")
        verbose_name_plural = _("links of sources")
        ordering = ["failed_since", "id"]
        constraints = [
            models.CheckConstraint(
                name="checkedlink_failure_is_whole",
                condition=Q(failure="", failed_since__isnull=True, failed_days=0)
                | (
                    Q(failure__in=Failure.values, failed_days__gt=0, failed_since__lte=F("checked_on"))
                    & Q(failed_since__isnull=False)
                ),
                violation_error_message=_("A failure has its kind, its first day and a number of days."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["failed_since"],
                name="checkedlink_dead",
                condition=Q(failed_days__gte=DEAD_AFTER_DAYS),
            ),
            models.Index(fields=["checked_on"], name="checkedlink_oldest"),
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def archive_url(self) -> str:
        """Where an archive may have a copy. A suggestion to read: nothing asks it."""
        return f"https://web.archive.org/web/2/{self.url}"
