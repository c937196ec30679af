"""What the desk shows on a day: the share of profiles to check, institutions, and the lists that others keep."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from typing import Any, Final

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet

from prisoners.admin.facility import unconfirmed
from prisoners.models import Facility, Prisoner

PLACES_SHOWN: Final = 10


@dataclass(frozen=True)
class Share:
    """The day's part of all published profiles: how many it is, how many are done, which come next."""

    size: int
    done: int
    total: int
    people: list[Prisoner]

    @property
    def left(self) -> int:
        return max(self.size - self.done, 0)


def oldest_first() -> QuerySet[Prisoner]:
    """Published people, those first whom nobody has ever checked, then those longest unchecked."""
    return Prisoner.objects.published().order_by(F("facts_checked_on").asc(nulls_first=True), "pk")


def share_size(total: int) -> int:
    """How many of so many profiles are checked a day, if everybody is to be checked in the days of the settings."""
    return ceil(total / settings.PROFILE_CHECK_DAYS)


def share_of(day: date) -> Share:
    """The share of a day, in two queries. What is checked today comes off it, by whomever and wherever."""
    counted = _counted(day)
    left = counted.left
    people = list(oldest_first().exclude(facts_checked_on__gte=day)[:left]) if left else []
    return replace(counted, people=people)


def _counted(day: date) -> Share:
    """The numbers of a share, without its people."""
    checked_today = Q(facts_checked_on__gte=day)
    counts = Prisoner.objects.published().aggregate(total=Count("pk"), done=Count("pk", filter=checked_today))
    return Share(share_size(counts["total"]), counts["done"], counts["total"], [])


def still_to_check(day: date) -> QuerySet[Any]:
    """The rest of the day's share as rows, for the «today» page."""
    left = _counted(day).left
    chosen = oldest_first().exclude(facts_checked_on__gte=day).values("pk")[:left]
    return oldest_first().filter(pk__in=chosen)


def places_to_confirm(day: date) -> tuple[list[Facility], int]:
    """The fullest institutions whose address nobody has confirmed for half a year, and how many there are."""
    rows = unconfirmed(day).select_related("region")
    return list(rows[:PLACES_SHOWN]), rows.count()
