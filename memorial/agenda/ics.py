"""Calendars that readers subscribe to (RFC 5545): hearings in their court's own zone, whole days for the rest.

The bytes depend on the data and the civil date alone. What is put off keeps its name and moves; what is called
off says so, so that a reader's program takes it off the day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration

from cases.display.hearings import ShownHearing, passport_warning
from memorial.agenda.days import Birthday, Meeting, Release
from memorial.appeals.display import ShownAppeal
from memorial.appeals.event_display import ShownEvent
from memorial.base.localized import current_language
from memorial.base.partial_date import PartialDate
from memorial.base.shown_text import shown_text
from prisoners.models import Prisoner

PRODUCT: Final = "-//Political Prisoners. Memorial//Calendar//"
DOMAIN: Final = "calendar.memorial"
"""The right side of entries' names: never a host name, so that they stay the same on every mirror."""
ASK_AGAIN: Final = timedelta(hours=6)
HEARING_LASTS: Final = timedelta(hours=1)
"""How long an entry takes in the reader's day: nobody knows how long a hearing will last, nor some events."""


def calendar_bytes(
    name: str,
    on: date,
    meetings: Iterable[Meeting],
    releases: Iterable[Release] = (),
    birthdays: Iterable[Birthday] = (),
    *,
    appeals: Iterable[ShownAppeal] = (),
    events: Iterable[ShownEvent] = (),
) -> bytes:
    """A whole calendar. Releases known less exactly than to the day are on the page only: no day may be guessed."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT + current_language().upper())
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for wait in ("refresh-interval", "x-published-ttl"):
        calendar.add(wait, vDuration(ASK_AGAIN), parameters={"VALUE": "DURATION"} if wait[0] == "r" else {})
    told = list(meetings)
    for meeting in told:
        calendar.add_component(_hearing(meeting, on))
    for release in releases:
        if (day := _exact(release.expected)) is not None:
            calendar.add_component(_release(release, day, on))
    for birthday in birthdays:
        calendar.add_component(_birthday(birthday, on))
    for appeal in appeals:
        calendar.add_component(_appeal(appeal, on))
    gatherings = list(events)
    for event in gatherings:
        calendar.add_component(_gathering(event, on))
    days = [*(meeting.hearing.on for meeting in told), *(each.event.on for each in gatherings)]
    if days:
        _describe_zones(calendar, days)
    return calendar.to_ical()


def _describe_zones(calendar: Calendar, days: list[date]) -> None:
    """The zones as they are on these days: some programs misread one whose whole past is written out."""
    calendar.add_missing_timezones(min(days) - timedelta(days=1), max(days) + timedelta(days=2))


def _exact(day: PartialDate) -> date | None:
    return day.earliest if day.earliest == day.latest and not day.qualifier else None


def _event(uid: str, summary: str, on: date) -> Event:
    event = Event()
    event.add("uid", f"{uid}@{DOMAIN}")
    event.add("dtstamp", datetime.combine(on, time(), tzinfo=UTC))
    event.add("summary", summary)
    return event


def _hearing(meeting: Meeting, on: date) -> Event:
    hearing, shown = meeting.hearing, ShownHearing(meeting.hearing, on)
    title = str(shown_text(hearing.case, "title"))
    # Translators: an entry of a calendar: «Дело о чтениях: апелляция»
    event = _event(
        str(meeting.uid), _("%(case)s: %(hearing)s") % {"case": title, "hearing": shown.subject}, on
    )
    event.add("sequence", meeting.sequence)
    starts = hearing.starts_at
    if starts is not None:
        event.add("dtstart", starts)
        event.add("dtend", starts + HEARING_LASTS)
    else:
        _whole_day(event, hearing.on)
    event.add("status", "CANCELLED" if meeting.is_off else "CONFIRMED")
    if where := ", ".join(part for part in (str(shown.court), shown.room) if part):
        event.add("location", where)
    event.add("description", _about_hearing(shown))
    event.add("url", str(settings.PUBLIC_URL) + hearing.case.get_absolute_url())
    return event


def _about_hearing(shown: ShownHearing) -> str:
    """Time as the court's wall says it, whether one may come, and what that may cost."""
    lines = []
    if shown.time:
        told = _("Time of the court: %(time)s") % {"time": shown.time}
        lines.append(f"{told} ({shown.zone})" if shown.zone else told)
    lines += [str(part) for part in (shown.access, shown.state, shown.note) if part]
    if shown.may_be_attended:
        lines.append(passport_warning())
    return "\n".join(lines)


def _release(release: Release, day: date, on: date) -> Event:
    name = release.person.name.full
    event = _event(f"release-{release.person.slug}", _("Expected release: %(name)s") % {"name": name}, on)
    _whole_day(event, day)
    event.add("description", _("Expected by our data; the day may change, and nothing has happened yet."))
    _of_person(event, release.person)
    return event


def _birthday(birthday: Birthday, on: date) -> Event:
    """A name of its own for each year: an entry of a birthday that nobody may be told of any more must go."""
    name = birthday.person.name.full
    uid = f"birthday-{birthday.person.slug}-{birthday.on.year}"
    event = _event(uid, _("Birthday: %(name)s") % {"name": name}, on)
    _whole_day(event, birthday.on)
    event.add("description", _("A letter takes two weeks or more: the address is on the page."))
    _of_person(event, birthday.person)
    return event


def _appeal(appeal: ShownAppeal, on: date) -> Event:
    """The last day of an appeal. One that is extended moves; one that has ended is gone."""
    title = str(appeal.title)
    event = _event(
        f"appeal-{appeal.appeal.slug}", _("Last day of the appeal: %(title)s") % {"title": title}, on
    )
    _whole_day(event, appeal.appeal.open_until or on)
    event.add("sequence", appeal.appeal.version)
    event.add("transp", "TRANSPARENT")
    event.add("url", str(settings.PUBLIC_URL) + appeal.url)
    return event


def _gathering(shown: ShownEvent, on: date) -> Event:
    """An event abroad, by the clock of its town."""
    event = _event(str(shown.event.uid), f"{shown.title} ({shown.city})", on)
    event.add("sequence", shown.event.sequence)
    if shown.event.starts is not None:
        event.add("dtstart", shown.event.starts)
        event.add("dtend", shown.event.ends or shown.event.starts + HEARING_LASTS)
    else:
        _whole_day(event, shown.event.on)
    event.add("status", "CANCELLED" if shown.event.called_off else "CONFIRMED")
    event.add("location", shown.where)
    event.add("description", _("Organiser: %(name)s") % {"name": shown.organiser})
    event.add("url", str(settings.PUBLIC_URL) + shown.url)
    return event


def _of_person(event: Event, person: Prisoner) -> None:
    event.add("transp", "TRANSPARENT")
    event.add("url", str(settings.PUBLIC_URL) + person.get_absolute_url())


def _whole_day(event: Event, day: date) -> None:
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
