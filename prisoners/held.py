"""Who was held in an institution, and people as lines of names: for the pages of places."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef

from memorial.base.choices import Verification
from prisoners.choices import StayPublic
from prisoners.models import Facility, Prisoner, Stay
from prisoners.querysets import PrisonerQuerySet


def held_before(facility: Facility, on: date) -> PrisonerQuerySet:
    """People with a public stay in an institution who are not held there on that day, the dead among them.

    Of those shown by initials the place is not shown, so they are not here either.
    """
    stays = Stay.objects.filter(prisoner=OuterRef("pk"), facility=facility, public=StayPublic.YES)
    here = Exists(stays.exclude(verification=Verification.UNVERIFIED))
    people: PrisonerQuerySet = Prisoner.objects.published()
    now = people.held_at(facility, on).order_by().values("pk")
    return people.filter(here, initials_only=False).exclude(pk__in=now)


def for_names(people: PrisonerQuerySet, on: date) -> PrisonerQuerySet:
    """What a line with a name, a year and a status needs, in one query."""
    return people.for_addresses().select_related("region", "death").with_liberty(on).by_name()
