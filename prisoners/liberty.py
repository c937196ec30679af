"""A person's liberty on a day, told from rows that are loaded; as `with_liberty()` tells it in SQL.

Twice, because lists filter and sort by it, which only SQL can, while a page that has the rows
anyway would pay for the SQL more than for all of its other queries. Tests hold the two together.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from memorial.base.choices import Verification
from prisoners.choices import (
    EndOfCustodyKind,
    LibertyStatus,
    ReleaseCircumstance,
    StayPublic,
)
from prisoners.querysets import STATUS_OF_STAY, WAR_GROUNDS

if TYPE_CHECKING:
    from memorial.base.partial_date import PartialDate
    from prisoners.models import Custody, EndOfCustody, Prisoner, Stay


def tell_liberty(person: Any, on: date) -> None:
    """Sets `liberty`, `open_reason` and `open_place_unknown`, from stays, ends, custodies and death."""
    stay = open_stay(person, on)
    person.open_reason = stay.reason if stay else None
    person.open_place_unknown = bool(stay and stay.public == StayPublic.YES and stay.facility_id is None)
    person.liberty = _liberty(person, stay, on)


def liberty_on(person: Any, on: date) -> str:
    """The person's liberty on a day, told of anything with the same rows; nothing is set on it."""
    return _liberty(person, open_stay(person, on), on)


def _liberty(person: Any, stay: Stay | None, on: date) -> str:
    death = getattr(person, "death", None)
    if death is not None and _is_verified(death) and _by(death.on, on):
        return LibertyStatus.DIED.value
    if stay is not None:
        status = STATUS_OF_STAY.get(stay.reason)
        return status.value if status else ""
    if end := _last_end(person, on):
        return _status_after(end)
    known_by_then = person.liberty_as_of is None or person.liberty_as_of <= on
    return (
        person.liberty_entered if known_by_then and person.liberty_entered else LibertyStatus.NOT_KNOWN.value
    )


def open_stay(person: Any, on: date) -> Any:
    """The stay that tells where a person is: the main one before a temporary one, begun last."""
    going_on = [stay for stay in person.stays.all() if _is_verified(stay) and _is_open(stay, on)]
    return min(going_on, key=lambda stay: (stay.temporary, *_latest_first(stay.began, stay.pk)), default=None)


def _is_open(stay: Stay, on: date) -> bool:
    ended = stay.ended.earliest if stay.ended else None
    return _by(stay.began, on) and (stay.ongoing or (ended is not None and ended > on))


def _last_end(person: Prisoner, on: date) -> EndOfCustody | None:
    """The last end of custody by that day that no new arrest followed."""
    arrests = [
        day for custody in person.custodies.all() if _is_verified(custody) and (day := _arrested(custody))
    ]
    ends = [
        end
        for end in person.ends_of_custody.all()
        if _is_verified(end)
        and _by(end.on, on)
        and not (end.on and end.on.latest and any(end.on.latest < day <= on for day in arrests))
    ]
    return min(ends, key=lambda end: _latest_first(end.on, end.pk), default=None)


def _arrested(custody: Custody) -> date | None:
    begun = (custody.seized_on, custody.detained_on, custody.remanded_on)
    return min((day.earliest for day in begun if day and day.earliest), default=None)


def _status_after(end: EndOfCustody) -> str:
    if end.kind == EndOfCustodyKind.DEATH:
        return LibertyStatus.DIED.value
    if end.circumstance == ReleaseCircumstance.SENT_TO_WAR or end.ground in WAR_GROUNDS:
        return LibertyStatus.SENT_TO_WAR.value
    if end.kind == EndOfCustodyKind.ESCAPE:
        return LibertyStatus.NOT_KNOWN.value
    return LibertyStatus.AT_LIBERTY.value


def _by(value: PartialDate | None, on: date) -> bool:
    """Whether a date can have been by a day; one that is unknown can."""
    earliest = value.earliest if value else None
    return earliest is None or earliest <= on


def _latest_first(value: PartialDate | None, number: int) -> tuple[int, int]:
    """A key that sorts the latest first, what has no first day last, and of equals the newest row first."""
    earliest = value.earliest if value else None
    return (-earliest.toordinal() if earliest else 0, -number)


def _is_verified(fact: Any) -> bool:
    return bool(fact.verification != Verification.UNVERIFIED)
