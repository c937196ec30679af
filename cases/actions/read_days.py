"""Days and times as they stand in a line of news: «14.02», «3 декабря», «24.11 10:30», «вчера».

A year that is not written is concluded from what the day is of: a day that something lasts until lies
ahead, a day on which something was decided lies behind, a hearing is on the nearest such day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "январ янв january jan",
            "феврал фев february feb",
            "март мар march mar",
            "апрел апр april apr",
            "мая май may",
            "июн june jun",
            "июл july jul",
            "август авг august aug",
            "сентябр сент сен september sept sep",
            "октябр окт october oct",
            "ноябр ноя november nov",
            "декабр дек december dec",
        ),
        1,
    )
    for name in names.split()
}
_NAMES: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_MONTH: Final = rf"(?P<{{name}}>{_NAMES})[а-я]*\.?"
_YEAR: Final = r"(?:20\d\d|\d\d)(?!\d|:|\.\d)"
_DAY: Final = re.compile(
    rf"(?<![\d.:])(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})(?:\.(?P<year>{_YEAR})|(?!\.?\d))(?: ?г(?:\.|ода)?(?!\w))?"
    r"|(?<!\d)(?P<iso>20\d\d-\d\d-\d\d)(?!\d)"
    rf"|(?<![\d.:])(?P<day2>\d{{1,2}})(?:th|st|nd|rd|-го)? {_MONTH.format(name='name')}(?!\w)"
    r"(?: ?(?P<year2>20\d\d)(?: ?г(?:\.|ода)?(?!\w))?)?"
    rf"|(?<!\w){_MONTH.format(name='name3')} (?P<day3>\d{{1,2}})(?:th|st|nd|rd)?(?!\d|:|\.\d)(?:,? (?P<year3>20\d\d))?"
    r"|(?<!\w)(?P<word>позавчера|вчера|сегодня|завтра|послезавтра|yesterday|today|tomorrow)(?!\w)",
    re.IGNORECASE,
)
_WORDS: Final = {
    "позавчера": -2,
    "вчера": -1,
    "yesterday": -1,
    "сегодня": 0,
    "today": 0,
    "завтра": 1,
    "tomorrow": 1,
    "послезавтра": 2,
}
_TIME: Final = re.compile(
    r"(?:(?<!\w)(?:в|at) ?)?(?<![\d.:])(?P<hour>[01]?\d|2[0-3])(?::(?P<minute>[0-5]\d)| ?ч(?:\.|асов)?(?!\w))(?!\d)"
    r"|(?<!\w)(?:в|at) (?P<hour2>[01]?\d|2[0-3])[.:](?P<minute2>[0-5]\d)(?![.\d])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A day in a text: the days it may be, one for each year that fits, and where it stands."""

    start: int
    end: int
    days: tuple[date, ...]

    def ahead(self, today: date) -> date:
        """The first one from today on; the last where all have passed."""
        return next((day for day in self.days if day >= today), self.days[-1])

    def behind(self, today: date) -> date:
        """The last one until today; the first where all lie ahead."""
        return next((day for day in reversed(self.days) if day <= today), self.days[0])

    def nearest(self, today: date) -> date:
        """The one nearest to today."""
        return min(self.days, key=lambda day: abs(day - today))


def days_in(text: str, today: date) -> list[FoundDay]:
    """The days that a text names, in their order; what is no day of any calendar is left out."""
    return list(_days(text, today))


def _days(text: str, today: date) -> Iterator[FoundDay]:
    for match in _DAY.finditer(text):
        days = _possible(match, today)
        if days:
            yield FoundDay(match.start(), match.end(), days)


def _possible(match: re.Match[str], today: date) -> tuple[date, ...]:
    if match["word"]:
        return (today + timedelta(days=_WORDS[match["word"].lower()]),)
    if match["iso"]:
        return _valid([match["iso"]])
    day = match["day"] or match["day2"] or match["day3"]
    month = match["month"] or _MONTHS[(match["name"] or match["name3"]).lower()]
    year = match["year"] or match["year2"] or match["year3"]
    years = [int(year) % 100 + 2000] if year else [today.year - 1, today.year, today.year + 1]
    return _valid([f"{one}-{int(month):02}-{int(day):02}" for one in years])


def _valid(texts: list[str]) -> tuple[date, ...]:
    found = []
    for text in texts:
        try:
            found.append(date.fromisoformat(text))
        except ValueError:
            continue
    return tuple(found)


def time_in(text: str) -> tuple[time, int, int] | None:
    """The time of day that a text names, and where it stands; None where there is none."""
    match = _TIME.search(text)
    if match is None:
        return None
    hour, minute = match["hour"] or match["hour2"], match["minute"] or match["minute2"] or 0
    return time(int(hour), int(minute)), match.start(), match.end()
