"""What of the news readers may see, and with what. Every page, feed and file starts at `published()`."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, QuerySet

from cases.models import Case
from memorial.base.publication import PublishedQuerySet
from prisoners.models import Prisoner


class NewsQuerySet(PublishedQuerySet):
    """News."""

    def newest_first(self) -> Self:
        """By the day of the event, the newest first."""
        return self.order_by("-on", "-id")

    def of_person(self, person: Prisoner) -> Self:
        """What is about a person. Whether readers may know that is asked by whoever has the person."""
        return self.filter(Exists(_links("NewsPerson").filter(item=OuterRef("pk"), prisoner=person)))

    def of_case(self, case: Case) -> Self:
        """What is about a case."""
        return self.filter(Exists(_links("NewsCase").filter(item=OuterRef("pk"), case=case)))

    def in_year(self, year: int) -> Self:
        """What happened in a year."""
        return self.filter(on__year=year)

    def loud(self, on: date) -> Self:
        """Without what is about somebody who asked for quiet: for the home page and for feeds."""
        quiet = _links("NewsPerson").filter(item=OuterRef("pk"), prisoner__quiet_until__gte=on)
        return self.exclude(Exists(quiet))


def _links(name: str) -> QuerySet[Any]:
    return apps.get_model("news", name)._default_manager.all()
