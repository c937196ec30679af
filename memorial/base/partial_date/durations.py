"""Lengths of time between dates of any precision, to the month."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from memorial.base.partial_date.value import DatePrecision, DateQualifier, PartialDate
from memorial.base.typography import NBSP, plural_ru

_SINGLE = {"ru": "меньше месяца", "en": "less than a month"}


class _Unit(NamedTuple):
    """A unit of time with its forms: 1, 2-4, 5 and more; genitive after «от», «до», «менее»."""

    ru: tuple[str, str, str]
    ru_genitive: str
    ru_many: str
    en: str


_YEARS = _Unit(("год", "года", "лет"), "года", "лет", "year")
_MONTHS = _Unit(("месяц", "месяца", "месяцев"), "месяца", "месяцев", "month")


@dataclass(frozen=True, slots=True)
class MonthSpan:
    """A length of time in whole months, between `least` and `most`; `most` None is unbounded."""

    least: int
    most: int | None


def months_between(start: date, end: date) -> int:
    """Return the whole months from one day to another; rounded down.

    A month that began on the 31st ends on the last day of a shorter month, as terms in law do.
    Raises ValueError where the end lies before the start.
    """
    if end < start:
        raise ValueError("the end lies before the start")
    months = (end.year - start.year) * 12 + end.month - start.month
    last_of_month = calendar.monthrange(end.year, end.month)[1]
    return months - 1 if end.day < start.day and end.day != last_of_month else months


def whole_months_between(start: PartialDate | date, end: PartialDate | date) -> MonthSpan:
    """Return how many whole months lie between two dates, as far as they are known.

    Dates known to the day or the month give one number (to the month: March to November of a
    year is 8); a year, "about", "before" and "after" give the least and the most it can be.
    Raises ValueError where the end certainly lies before the start.
    """
    begin, finish = _as_partial(start), _as_partial(end)
    if begin.certainly_after(finish):
        raise ValueError("the end certainly lies before the start")
    if _known_to_month(begin) and _known_to_month(finish):
        months = _to_month(begin, finish)
        return MonthSpan(months, months)
    least = _months_or_none(begin.latest, finish.earliest) or 0
    return MonthSpan(least, _months_or_none(begin.earliest, finish.latest))


def duration_words(length: MonthSpan | int, language: str) -> str:
    """Return a length in words: «3 года 8 месяцев», "less than a month".

    A span says both its ends («от 2 лет 1 месяца до 4 лет»), or the one that is known («не менее
    2 лет»). Non-breaking spaces stand between a number and its unit.
    """
    language = "ru" if language.startswith("ru") else "en"
    span = MonthSpan(length, length) if isinstance(length, int) else length
    if span.least == span.most:
        return _months_in_words(span.least, language) or _SINGLE[language]
    if span.most is None:
        return _at_least(span.least, language)
    if span.least == 0:
        # Whole months: up to 11 of them is anything short of a year.
        most = _months_in_words(span.most + 1, language, genitive=True)
        return f"меньше {most}" if language == "ru" else f"less than {most}"
    least = _months_in_words(span.least, language, genitive=True)
    most = _months_in_words(span.most, language, genitive=True)
    return f"от {least} до {most}" if language == "ru" else f"between {least} and {most}"


def _as_partial(value: PartialDate | date) -> PartialDate:
    return value if isinstance(value, PartialDate) else PartialDate.from_date(value)


def _known_to_month(value: PartialDate) -> bool:
    return value.qualifier is DateQualifier.EXACT and value.unit is not DatePrecision.YEAR


def _to_month(begin: PartialDate, finish: PartialDate) -> int:
    if begin.day and finish.day:
        return _months_or_none(begin.earliest, finish.latest) or 0
    months = (finish.year - begin.year) * 12 + (finish.month or 1) - (begin.month or 1)
    return max(0, months)


def _months_or_none(start: date | None, end: date | None) -> int | None:
    """Return the whole months, none at all where the end is not after the start."""
    if start is None or end is None:
        return None
    return 0 if end < start else months_between(start, end)


def _at_least(months: int, language: str) -> str:
    words = _months_in_words(months, language, genitive=True)
    if not words:
        return "неизвестно" if language == "ru" else "unknown"
    return f"не менее {words}" if language == "ru" else f"at least {words}"


def _months_in_words(months: int, language: str, *, genitive: bool = False) -> str:
    """Return years and months, leaving out what is nought; "" for no whole month."""
    years, rest = divmod(months, 12)
    parts = []
    if years:
        parts.append(_counted(years, language, _YEARS, genitive=genitive))
    if rest:
        parts.append(_counted(rest, language, _MONTHS, genitive=genitive))
    return " ".join(parts)


def _counted(number: int, language: str, unit: _Unit, *, genitive: bool) -> str:
    if language == "en":
        return f"{number}{NBSP}{unit.en if number == 1 else unit.en + 's'}"
    one, few, many = (unit.ru_genitive, unit.ru_many, unit.ru_many) if genitive else unit.ru
    return f"{number}{NBSP}{plural_ru(number, one, few, many)}"
