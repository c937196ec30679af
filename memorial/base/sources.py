"""Where a fact comes from. Public and confidential sources are different tables.

An app declares one citation table for each, with a real foreign key to every kind of
fact and a check that exactly one is set (`exactly_one`).
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from memorial.base.choices import SourceKind
from memorial.base.fields import PartialDateField


class PublicSource(models.Model):
    """A source that readers may see. «Without origin» is a title that names nobody, and no link."""

    PUBLIC_SOURCE_FIELDS = frozenset(
        {"kind", "without_origin", "title", "publisher", "url", "archive_url", "published_on", "accessed_on"}
    )

    kind = models.CharField(_("kind"), max_length=20, choices=SourceKind)
    without_origin = models.BooleanField(
        _("without its origin"),
        default=False,
        help_text=_("Readers see only what it is, never where it comes from."),
    )
    title = models.CharField(
        _("title"), max_length=300, blank=True, help_text=_("In the language of the source.")
    )
    publisher = models.CharField(_("published by"), max_length=200, blank=True)
    url = models.URLField(_("link"), max_length=1000, blank=True)
    archive_url = models.URLField(_("archived copy"), max_length=1000, blank=True)
    published_on = PartialDateField(_("published on"))
    accessed_on = models.DateField(_("seen on"), null=True, blank=True)

    class Meta:
        abstract = True


class ConfidentialSource(models.Model):
    """A source that must stay with staff: what it is, who it is, how to reach them."""

    PUBLIC: frozenset[str] = frozenset()

    kind = models.CharField(_("kind"), max_length=20, choices=SourceKind)
    text = models.TextField(_("what was said, and by whom"))
    contact = models.CharField(_("contact"), max_length=300, blank=True)
    received_on = PartialDateField(_("received on"))

    class Meta:
        abstract = True


def exactly_one(name: str, fields: list[str]) -> models.CheckConstraint:
    """A source belongs to exactly one of the given facts."""
    condition = Q()
    for chosen in fields:
        condition |= Q(**{f"{field}__isnull": field != chosen for field in fields})
    return models.CheckConstraint(
        name=name, condition=condition, violation_error_message=_("A source belongs to exactly one fact.")
    )


def no_origin_without_link(name: str) -> models.CheckConstraint:
    """A source shown without its origin has neither a link nor a publisher that would tell it."""
    return models.CheckConstraint(
        name=name,
        condition=Q(without_origin=False) | Q(url="", archive_url="", publisher=""),
        violation_error_message=_(
            "A source shown without its origin cannot have a link or a publisher: they would tell it."
        ),
    )
