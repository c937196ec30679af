"""The calendar page: days with what falls on them, and what is known to the month only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby
from typing import Final, NamedTuple

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.display.hearings import ShownHearing, passport_warning
from memorial.agenda.days import (
    Birthday,
    Release,
    appeals_of,
    birthdays_of,
    events_of,
    hearings_of,
    releases_of,
)
from memorial.agenda.scope import Scope, Span
from memorial.appeals.display import ShownAppeal
from memorial.appeals.event_display import ShownEvent
from memorial.base.localized import current_language
from memorial.base.partial_date import PartialDate
from memorial.base.typography import grouped_number
from prisoners.display.words import capital, date_words
from prisoners.models import Region

NEAR: Final = timedelta(days=30)
FAR: Final = timedelta(days=90)
"""How far the page looks; the files look two years ahead."""
BEHIND: Final = timedelta(days=14)
KINDS: Final = ("hearings", "releases", "birthdays", "appeals", "events")


@dataclass(frozen=True)
class Choice:
    """What a reader asked to see: one kind of days or all, one region or all. Unknown values are told, not obeyed."""

    kind: str = ""
    region: Region | None = None
    is_misled: bool = False

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Choice:
        """The choice that the parameters of an address make."""
        kind, code = asked.get("kind", ""), asked.get("region", "")
        known_kind = kind if kind in KINDS else ""
        region = Region.objects.filter(code=code.upper()).first() if code and "\0" not in code else None
        unknown = [name for name in asked if name not in ("kind", "region")]
        is_misled = bool(unknown) or known_kind != kind or (bool(code) and region is None)
        return cls(known_kind, region, is_misled)

    @property
    def query(self) -> str:
        """The canonical parameters: "" where nothing was chosen."""
        chosen = {"kind": self.kind, "region": self.region.path_code if self.region else ""}
        return urlencode({name: value for name, value in chosen.items() if value})

    def shows(self, kind: str) -> bool:
        """Whether days of a kind are to be seen."""
        return self.kind in ("", kind)


def span_of_page(on: date) -> Span:
    """The days whose hearings the page tells of on a day: heard lately, and ahead."""
    return Span(on - BEHIND, on + FAR)


class Line(NamedTuple):
    """One thing that falls on a day: exactly one of these."""

    hearing: ShownHearing | None = None
    release: Release | None = None
    birthday: Birthday | None = None
    appeal: ShownAppeal | None = None
    event: ShownEvent | None = None


class Day(NamedTuple):
    """A day with what falls on it."""

    on: date
    words: str
    lines: list[Line]


class Month(NamedTuple):
    """A month with the releases of which no day is known."""

    words: str
    releases: list[Release]


@dataclass(frozen=True)
class CalendarPage:
    """What lies ahead on one day of looking, and what was heard lately."""

    scope: Scope
    choice: Choice
    on: date
    warning: str = field(default_factory=passport_warning)

    @cached_property
    def near(self) -> list[Day]:
        """The next thirty days, today included."""
        return [day for day in self._ahead if day.on <= self.on + NEAR]

    @cached_property
    def later(self) -> list[Day]:
        """What is known of the two months after them; of birthdays nothing yet, a letter need not leave so early."""
        return [day for day in self._ahead if day.on > self.on + NEAR]

    @cached_property
    def behind(self) -> list[Day]:
        """Hearings of the last fortnight, newest first."""
        if not self.choice.shows("hearings"):
            return []
        span = Span(self.on - BEHIND, self.on - timedelta(days=1))
        lines = [Line(hearing=ShownHearing(each, self.on)) for each in hearings_of(self.scope, span)]
        return list(reversed(_by_day(lines)))

    @cached_property
    def months(self) -> list[Month]:
        """Expected releases known to the month or the year only, by month."""
        inexact = [each for each in self._releases if _day_of(each.expected) is None]
        grouped = groupby(inexact, key=lambda each: date_words(each.expected))
        return [Month(capital(words), list(releases)) for words, releases in grouped]

    @property
    def has_hearings(self) -> bool:
        """Whether somebody may think of going to one."""
        return any(line.hearing and line.hearing.may_be_attended for day in self._ahead for line in day.lines)

    @property
    def number_of_hearings(self) -> int:
        """How many hearings the page shows, and its files hold."""
        days = [*self._ahead, *self.behind]
        return sum(line.hearing is not None for day in days for line in day.lines)

    @property
    def file_url(self) -> str:
        """The whole address to subscribe to: that of the chosen region, else of everything."""
        if self.choice.region is not None:
            path = reverse("region-calendar", kwargs={"code": self.choice.region.path_code})
        else:
            path = reverse("calendar-file")
        return f"{settings.PUBLIC_URL}{path}"

    @property
    def is_empty(self) -> bool:
        return not (self._ahead or self.months or self.behind)

    @property
    def count_words(self) -> str:
        """«12 записей на ближайшие 30 дней»."""
        number = sum(len(day.lines) for day in self.near)
        counted = {"count": grouped_number(number, current_language())}
        return (
            ngettext("%(count)s entry in the next 30 days", "%(count)s entries in the next 30 days", number)
            % counted
        )

    @cached_property
    def regions(self) -> QuerySet[Region]:
        """Regions that can be chosen: those where something lies ahead, and the chosen one."""
        here = Scope().hearings().filter(on__gte=self.on).values("court__region")
        chosen = Q(pk=self.choice.region.pk) if self.choice.region else Q(pk__in=[])
        return Region.objects.filter(Q(pk__in=here) | chosen)

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """The kinds of days, as (value, words)."""
        words = {
            "hearings": _("Hearings"),
            "releases": _("Expected releases"),
            "birthdays": _("Birthdays"),
            "appeals": _("Urgent appeals"),
            "events": _("Events abroad"),
        }
        return [("", _("Everything")), *((kind, words[kind]) for kind in KINDS)]

    @cached_property
    def _releases(self) -> list[Release]:
        if not self.choice.shows("releases"):
            return []
        return releases_of(self.scope, self.on, Span(self.on, self.on + FAR))

    @cached_property
    def _ahead(self) -> list[Day]:
        span = Span(self.on, self.on + FAR)
        lines: list[Line] = []
        if self.choice.shows("hearings"):
            lines += [Line(hearing=ShownHearing(each, self.on)) for each in hearings_of(self.scope, span)]
        lines += [Line(release=each) for each in self._releases if _day_of(each.expected) is not None]
        if self.choice.shows("birthdays"):
            soon = Span(self.on, self.on + NEAR)
            lines += [Line(birthday=each) for each in birthdays_of(self.scope, self.on, soon)]
        if self.choice.shows("appeals"):
            lines += [Line(appeal=each) for each in appeals_of(self.scope, self.on, span)]
        if self.choice.shows("events"):
            lines += [Line(event=each) for each in events_of(self.scope, self.on, span)]
        return _by_day(lines)


def _day_of(day: PartialDate) -> date | None:
    return day.earliest if day.earliest == day.latest and not day.qualifier else None


def _on(line: Line) -> date:
    if line.hearing is not None:
        return line.hearing.hearing.on
    if line.birthday is not None:
        return line.birthday.on
    if line.event is not None:
        return line.event.event.on
    if line.appeal is not None:
        return line.appeal.appeal.open_until or date.max
    assert line.release is not None  # one of these  # noqa: S101
    return _day_of(line.release.expected) or date.max


def _by_day(lines: Iterable[Line]) -> list[Day]:
    """Days in their order; on each hearings come first, by the hour, then the others kind by kind."""
    in_order = sorted(lines, key=_on)
    return [Day(on, _day_words(on), list(of_day)) for on, of_day in groupby(in_order, key=_on)]


def _day_words(day: date) -> str:
    """«Вторник, 24 ноября 2026»."""
    names = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    return f"{names[day.weekday()]}, {date_words(day)}"
