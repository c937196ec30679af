"""People and hearings for calendars."""

from datetime import date

from memorial.base.choices import State
from memorial.base.partial_date import PartialDate
from tests.factories import CustodyFactory, FacilityFactory, PrisonerFactory, StayFactory

TODAY = date(2026, 11, 20)


def held_person(*, born="1987", expected=None, birthday_wanted=False, initials=False):
    """A published person held at a place with an address; by initials where the person may be a minor."""
    name = {"surname_ru": "Г.", "given_names_ru": "И."} if initials else {}
    known = str(PartialDate.parse(born).year) if initials else born
    person = PrisonerFactory(
        born=PartialDate.parse(known), birthday_wanted=birthday_wanted, initials_only=initials, **name
    )
    CustodyFactory(
        prisoner=person,
        seized_on=PartialDate.parse("14.03.2023"),
        expected_end=PartialDate.parse(expected) if expected else None,
        term="fixed" if expected else "unknown",
    )
    StayFactory(prisoner=person, facility=FacilityFactory(), ongoing=True, reason="serving")
    return person


def hidden(record):
    """Withdrawn, by whatever means."""
    type(record).objects.filter(pk=record.pk).update(state=State.WITHDRAWN)
