"""Which deprivation of liberty a page speaks of: the one that goes on, else the last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from memorial.base.partial_date import PartialDate
from prisoners.display.liberty import DEPRIVED, liberty_of
from prisoners.models import Custody, EndOfCustody, Prisoner


@dataclass(frozen=True)
class ShownCustody:
    """A deprivation of liberty and its end; either may be missing, because it is not known."""

    custody: Custody | None
    end: EndOfCustody | None

    @property
    def since(self) -> PartialDate | None:
        """«Deprived of liberty since»."""
        return self.custody.since if self.custody else None


def shown_custody(person: Prisoner) -> ShownCustody:
    """The custody that goes on, else the last one with its end.

    A person who is in custody by an open stay, while every custody entered has ended, was
    arrested anew and nobody has entered when: nothing of the old custody is shown as the new.
    """
    custodies = sorted(person.custodies.all(), key=_began)
    ends = {end.custody_id: end for end in person.ends_of_custody.all() if end.custody_id}
    going_on = [custody for custody in custodies if custody.pk not in ends]
    if going_on:
        last = going_on[-1]
        return ShownCustody(last, None if liberty_of(person) in DEPRIVED else _loose_end(person, last))
    if not custodies or liberty_of(person) in DEPRIVED:
        return ShownCustody(None, None)
    return ShownCustody(custodies[-1], ends[custodies[-1].pk])


def _began(custody: Custody) -> tuple[date, int]:
    since = custody.since
    known = (since.earliest or since.latest) if since else None
    return known or date.min, custody.pk


def _loose_end(person: Prisoner, custody: Custody) -> EndOfCustody | None:
    """The last end that is tied to no custody and does not certainly lie before this one."""
    ends = [end for end in person.ends_of_custody.all() if end.custody_id is None]
    since = custody.since
    fitting = [end for end in ends if not (since and end.on and end.on.certainly_before(since))]
    return fitting[-1] if fitting else None
