"""Reads a calendar with three programs that know nothing of one another."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import icalendar
import ics
import vobject


@dataclass(frozen=True)
class Read:
    """What all three must agree on of one entry."""

    uid: str
    summary: str
    begins: date | datetime


def by_icalendar(content):
    calendar = icalendar.Calendar.from_ical(content)
    return {
        Read(str(event["UID"]), str(event["SUMMARY"]), in_utc(event.decoded("DTSTART")))
        for event in calendar.walk("VEVENT")
    }


def by_vobject(content):
    _forget_zones()
    calendar = vobject.readOne(content.decode())
    return {
        Read(event.uid.value, event.summary.value, in_utc(event.dtstart.value))
        for event in calendar.contents.get("vevent", [])
    }


def _forget_zones():
    """It keeps the first zone of a name that it ever read, and would not read ours."""
    known = vars(vobject.icalendar)["__tzidMap"]
    for name in set(known) - {"UTC"}:
        del known[name]


def by_ics(content):
    calendar = ics.Calendar(content.decode())
    return {
        Read(event.uid, event.name, event.begin.date() if event.all_day else in_utc(event.begin.datetime))
        for event in calendar.events
    }


def in_utc(moment):
    return moment.astimezone(UTC) if isinstance(moment, datetime) else moment


def events(content):
    """The entries by their summary, as icalendar reads them."""
    calendar = icalendar.Calendar.from_ical(content)
    return {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}
