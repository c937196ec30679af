"""The next days on the home page: birthdays that are wanted and open hearings, a handful of lines."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import Final

from django.db.models import Exists, OuterRef
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.choices import HearingAccess, HearingState
from cases.display.hearings import ShownHearing
from cases.models import Hearing, Prosecution
from memorial.agenda.page import Day, Line
from memorial.agenda.scope import Span
from memorial.home.birthdays import birthdays

AHEAD: Final = timedelta(days=7)
LINES: Final = 6
"""At most: the calendar has all of them."""


def days_ahead(on: date) -> list[Day]:
    """The soonest of both kinds, by day; on each hearings come first, by the hour."""
    span = Span(on, on + AHEAD)
    lines = [(each.hearing.on, 0, Line(hearing=each)) for each in _hearings(on, span)]
    lines += [(each.on, 1, Line(birthday=each)) for each in birthdays(on, span, LINES)]
    soonest = sorted(lines, key=lambda each: each[:2])[:LINES]
    return [
        Day(day, day_words(day, on), [line for _day, _kind, line in of_day])
        for day, of_day in groupby(soonest, key=lambda each: each[0])
    ]


def day_words(day: date, on: date) -> str:
    """«Сегодня, 23 ноября», «Вторник, 24 ноября»."""
    weekdays = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    first = _("Today") if day == on else weekdays[day.weekday()]
    return f"{first}, {date_format(day, 'j E')}"


def _hearings(on: date, span: Span) -> list[ShownHearing]:
    """Open ones that are planned; none of a case in which anybody wants quiet."""
    quiet = Prosecution.objects.filter(case=OuterRef("case"), prisoner__quiet_until__gte=on)
    planned = Hearing.objects.shown().filter(
        on__gte=span.first,
        on__lte=span.last,
        hearing_state=HearingState.PLANNED,
        access=HearingAccess.OPEN,
    )
    soonest = planned.exclude(Exists(quiet)).order_by("on", "at", "pk").for_calendar()[:LINES]
    return [ShownHearing(hearing, on) for hearing in soonest]
