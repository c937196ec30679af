"""People whom the home page may or may not bring up. Nobody here exists."""

from __future__ import annotations

from datetime import date

from memorial.base.partial_date import PartialDate
from prisoners.models import Facility, Prisoner
from tests.factories import FacilityFactory, PrisonerFactory, StayFactory
from tests.pages.world import TODAY

LONG_AGO = date(2025, 1, 1)
FORGOTTEN = {"facts_checked_on": LONG_AGO, "updated_on": LONG_AGO, "summary_en": ""}
"""As little written about as can be."""


def held(colony: Facility | None = None, **fields: object) -> Prisoner:
    """Somebody in a colony who can be written to."""
    person = PrisonerFactory(**fields)
    StayFactory(prisoner=person, facility=colony or FacilityFactory())
    return person


def forgotten(colony: Facility | None = None, **fields: object) -> Prisoner:
    """The same, about whom nothing is written."""
    return held(colony, **{**FORGOTTEN, **fields})


def born_on(day: date, years: int = 50) -> PartialDate:
    """A birth date whose birthday falls on a day."""
    return PartialDate.parse(f"{day:%d.%m}.{day.year - years}")


def with_birthday(day: date = TODAY, **fields: object) -> Prisoner:
    """Somebody who wants the birthday told, which falls on a day."""
    return held(**{"born": born_on(day), "birthday_wanted": True, **fields})
