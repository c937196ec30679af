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
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy, pgettext_lazy

from prisoners.display.liberty import DEPRIVED
from prisoners.models import Custody, EndOfCustody
from prisoners.querysets import PrisonerQuerySet

_DAY = DateField(null=True)


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
    """People of `for_list(on)`, which are sorted by name, in another order."""
    if order == Order.NAME:
        return people
    keys = {
        Order.UPDATED: F("updated_told").desc(nulls_last=True),
        Order.SINCE: F("deprived_since").desc(nulls_last=True),
        Order.RELEASE: F("release_expected").asc(nulls_last=True),
    }
    by_name = people.query.order_by
    ordered: PrisonerQuerySet = _with_keys(people, on).order_by(keys[order], *by_name)
    return ordered


def _with_keys(people: PrisonerQuerySet, on: date) -> PrisonerQuerySet:
    """The dates to sort by: only those that the page of a person would tell today."""
    is_quiet = Q(quiet_until__gte=on)
    now_or_last = _custodies().order_by("is_over", F("first_day").desc(nulls_last=True), "-id")
    going_on = _custodies().filter(is_over=False).order_by(F("first_day").desc(nulls_last=True), "-id")
    deprived = Q(liberty__in=sorted(DEPRIVED))
    annotated: PrisonerQuerySet = people.alias(
        # Who wants quiet stands among those of whom no day is known.
        updated_told=Case(When(is_quiet, then=Value(None)), default=F("updated_on"), output_field=_DAY),
        deprived_since=Case(
            When(deprived, then=Subquery(going_on.values("first_day")[:1])),
            default=Subquery(now_or_last.values("first_day")[:1]),
            output_field=_DAY,
        ),
        release_expected=Case(
            When(deprived, then=Subquery(going_on.values("expected_end_earliest")[:1])),
            default=Value(None),
            output_field=_DAY,
        ),
    )
    return annotated


def _custodies() -> QuerySet[Any]:
    """Deprivations of liberty of the outer person: the first day, and whether an end is entered."""
    begun = ("seized_on", "detained_on", "remanded_on")
    days = [f"{name}_{bound}" for name in begun for bound in ("earliest", "latest")]
    over = Exists(EndOfCustody.objects.filter(custody=OuterRef("pk")))
    return Custody.objects.filter(prisoner=OuterRef("pk")).annotate(first_day=Coalesce(*days), is_over=over)
