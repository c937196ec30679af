"""Figures that others have told. They are never computed from our records, and stand apart from those that are."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from memorial.base.localized import all_languages


def _said_in_some_language(name: str) -> Q:
    return reduce(or_, (Q(**{f"{column}__regex": r"\S"}) for column in all_languages(name)))


SAID_SOMEHOW: Final = _("Write it in one language at least.")


class PublishedFigure(models.Model):
    """A figure of somebody else, as it was told, with its source: «about 2,500 people in three years».

    Readers see it as soon as it is saved.
    """

    PUBLIC = frozenset({"value", "what", "source_name", "source_url", "told_on", "order"})
    PUBLIC_WHEN = "true"

    value = models.CharField(
        _("figure"), max_length=60, help_text=_("As the source tells it: «около 2 500», “about 2,500”.")
    )
    what = models.CharField(
        _("of what"), max_length=300, help_text=_("Whom it counts, where and when, as the source says.")
    )
    source_name = models.CharField(_("source"), max_length=200)
    source_url = models.URLField(_("link to the source"), max_length=500)
    told_on = models.DateField(_("told on"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("figure of others")
        verbose_name_plural = _("figures of others")
        ordering = ["order", "-told_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="publishedfigure_has_a_value",
                condition=_said_in_some_language("value"),
                violation_error_message=SAID_SOMEHOW,
            ),
            models.CheckConstraint(
                name="publishedfigure_says_of_what",
                condition=_said_in_some_language("what"),
                violation_error_message=SAID_SOMEHOW,
            ),
            models.CheckConstraint(
                name="publishedfigure_names_its_source",
                condition=_said_in_some_language("source_name"),
                violation_error_message=SAID_SOMEHOW,
            ),
            models.CheckConstraint(
                name="publishedfigure_leads_to_its_source",
                condition=Q(source_url__regex=r"^https?://[^\s/]"),
                violation_error_message=_("A figure of others needs the address where they tell it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value}: {self.what}"
