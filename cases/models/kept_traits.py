"""What the filters of a list keep of each published record: its traits, and those that begin or end on a day."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _


class TraitsOn(Func):
    """The dated traits of a row that hold on a day."""

    function = "memorial_traits_on"
    output_field = ArrayField(models.TextField())

    def __init__(self, day: date) -> None:
        super().__init__(F("dated"), F("dated_from"), F("dated_until"), Value(day))


class KeptTraitsQuerySet(models.QuerySet):
    """Rows of published records."""

    def having(self, traits: list[str], on: date) -> Self:
        """Those with one of the traits at least, on a day."""
        on_the_day = Q(dated__overlap=traits, dated_now__overlap=traits)
        return self.alias(dated_now=TraitsOn(on)).filter(Q(traits__overlap=traits) | on_the_day)


class KeptTraits(models.Model):
    """A published record's traits, «filter=value», written by triggers alone.

    A dated trait holds from `dated_from` (None: always has) until the day before `dated_until`
    (None: for ever), by its place in the three lists; so no row grows old by itself.
    """

    # Readers see all of it: what is not published has no row. A rule of rows would take the index away.
    FILLED_BY_DATABASE = True

    traits = ArrayField(models.TextField(), verbose_name=_("traits"), default=list)
    dated = ArrayField(models.TextField(), verbose_name=_("traits with a date"), default=list)
    dated_from = ArrayField(models.DateField(null=True), verbose_name=_("first day"), default=list)
    dated_until = ArrayField(models.DateField(null=True), verbose_name=_("day after the last"), default=list)

    objects = KeptTraitsQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"#{self.pk}"
