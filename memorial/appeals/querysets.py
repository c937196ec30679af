"""What of appeals and events readers may see. Every page, feed and file starts at `published()`."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db.models import F, Q

from memorial.base.choices import State
from memorial.base.civil_date import civil_date
from memorial.base.publication import PublishedQuerySet
from prisoners.models import Prisoner


class AppealQuerySet(PublishedQuerySet):
    """Urgent appeals."""

    def published(self) -> Self:
        """What readers may see today: agreed to, read by two, and for somebody who wants it."""
        today = civil_date()
        wants_it = Q(
            prisoner__state=State.PUBLISHED, prisoner__initials_only=False, prisoner__attention_wanted=True
        )
        quiet = Q(prisoner__quiet_until__gte=today)
        agreed = Q(shown_until__gte=today, open_until__isnull=False)
        return super().published().filter(agreed, wants_it).exclude(quiet)

    def current(self, on: date) -> Self:
        """Those that ask for something on a day; what has an outcome asks no more."""
        return self.filter(open_until__gte=on, outcome_on__isnull=True)

    def ended(self, on: date) -> Self:
        """Those whose time is over on a day, and those whose outcome is known."""
        return self.filter(Q(open_until__lt=on) | Q(outcome_on__isnull=False))

    def most_urgent_first(self) -> Self:
        """The one that ends soonest first."""
        return self.order_by("open_until", "id")

    def latest_first(self) -> Self:
        """The one that ended last first."""
        return self.order_by(F("open_until").desc(nulls_last=True), "-id")

    def of_person(self, person: Prisoner) -> Self:
        """Those for one person."""
        return self.filter(prisoner=person)

    def for_reading(self) -> Self:
        """With the person."""
        return self.select_related("prisoner")


class EventQuerySet(PublishedQuerySet):
    """Events abroad. A day is the one of the town where the event is."""

    def ahead(self, on: date) -> Self:
        """Today's and later ones, the soonest first."""
        return self.filter(on__gte=on).order_by("on", "at", "id")

    def past(self, on: date) -> Self:
        """Those that took place, the latest first; not those that were called off."""
        return self.filter(on__lt=on, called_off=False).order_by("-on", "-at", "-id")
