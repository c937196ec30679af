"""Publication: the states of a record, and the one door to what is public."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from memorial.base.choices import State


class PublishedQuerySet(models.QuerySet):
    """Querysets of what can be published. Every public page, feed and file starts at `published()`."""

    def published(self) -> Self:
        """What readers may see, and nothing else."""
        return self.filter(state=State.PUBLISHED)


class Versioned(models.Model):
    """A record whose `version` the database raises at every update, so that no editor overwrites another."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True


class Publishable(Versioned):
    """A record with a page or a place of its own among what readers see.

    Hidden means withdrawn: the reason is kept in the history, which is confidential.
    """

    PUBLIC_WHEN = "r.state = 'published'"

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, db_index=True)
    first_published_at = models.DateTimeField(_("first published"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED


def state_constraint(name: str) -> models.CheckConstraint:
    """Refuses a state that is not in the list, whoever writes it."""
    return models.CheckConstraint(
        name=name,
        condition=models.Q(state__in=State.values),
        violation_error_message=_("Choose one of the states."),
    )
