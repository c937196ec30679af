"""The orders in which people are listed. In each, what is not known comes last, and names break ties."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db.models import (
    Case,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncMonth
from django.utils.translation import gettext_lazy, pgettext_lazy

from prisoners.display.liberty import DEPRIVED, WITH_A_TERM
from prisoners.models import Custody, EndOfCustody
from prisoners.querysets import PrisonerQuerySet

_DAY = DateField(null=True)
_DEPRIVED = Q(liberty__in=sorted(DEPRIVED))
_WITH_A_TERM = Q(liberty__in=sorted(WITH_A_TERM))


class Order(TextChoices):
    """An order of the list; its value stands in addresses."""

    NAME = "name", pgettext_lazy("order of the list", "by surname")
    UPDATED = "updated", pgettext_lazy("order of the list", "recently updated")
    SINCE = "since", pgettext_lazy("order of the list", "by the date of deprivation of liberty")
    RELEASE = "release", pgettext_lazy("order of the list", "by expected release")


FIRST: Final = {
    Order.NAME: "",
    Order.UPDATED: gettext_lazy("The most recent first."),
    Order.SINCE: gettext_lazy("The most recent first."),
    Order.RELEASE: gettext_lazy(
        "The soonest first; only people who are deprived of liberty have a date here."
    ),
}
"""What stands first in an order, in words."""


def in_order(people: PrisonerQuerySet, order: Order, on: date) -> PrisonerQuerySet:
    """People, sorted by name, in another order."""
    if order == Order.NAME:
        return people
    by_name = people.query.order_by
    keys = {
        Order.UPDATED: lambda: _updated(people, on).order_by(F("key").desc(nulls_last=True), *by_name),
        Order.SINCE: lambda: _since(people, on).order_by(F("key").desc(nulls_last=True), *by_name),
        Order.RELEASE: lambda: _release(people, on).order_by(F("key").asc(nulls_last=True), *by_name),
    }
    ordered: PrisonerQuerySet = keys[order]()
    return ordered


# The dates to sort by: only those that the page of a person would tell today.


def _updated(people: PrisonerQuerySet, on: date) -> PrisonerQuerySet:
    is_quiet = Q(quiet_until__gte=on)
    # Who wants quiet stands among those of whom no day is known.
    told = Case(When(is_quiet, then=Value(None)), default=F("updated_on"), output_field=_DAY)
    keyed: PrisonerQuerySet = people.alias(key=told)
    return keyed


def _since(people: PrisonerQuerySet, on: date) -> PrisonerQuerySet:
    last = F("first_day").desc(nulls_last=True)
    now_or_last = _custodies().order_by("is_over", last, "-id").values("first_day")[:1]
    default = Subquery(now_or_last)
    deprived = When(_DEPRIVED, then=Subquery(_going_on().values("first_day")[:1]))
    keyed: PrisonerQuerySet = people.with_liberty(on).alias(
        key=Case(deprived, default=default, output_field=_DAY)
    )
    return keyed


def _release(people: PrisonerQuerySet, on: date) -> PrisonerQuerySet:
    day = Subquery(_going_on().values("expected_end_earliest")[:1], output_field=_DAY)
    # Among those shown by initials the order within a month would tell the day.
    by_initials = When(_WITH_A_TERM & Q(initials_only=True), then=TruncMonth(day, output_field=_DAY))
    keyed: PrisonerQuerySet = people.with_liberty(on).alias(
        key=Case(by_initials, When(_WITH_A_TERM, then=day), default=Value(None), output_field=_DAY)
    )
    return keyed


def _going_on() -> QuerySet[Any]:
    return _custodies().filter(is_over=False).order_by(F("first_day").desc(nulls_last=True), "-id")


def _custodies() -> QuerySet[Any]:
    """Deprivations of liberty of the outer person: the first day, and whether an end is entered."""
    begun = ("seized_on", "detained_on", "remanded_on")
    days = [f"{name}_{bound}" for name in begun for bound in ("earliest", "latest")]
    over = Exists(EndOfCustody.objects.filter(custody=OuterRef("pk")))
    return Custody.objects.filter(prisoner=OuterRef("pk")).annotate(first_day=Coalesce(*days), is_over=over)
