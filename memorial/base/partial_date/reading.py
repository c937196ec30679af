"""Reading a date as editors type it, in Russian or English, without knowing which.

What can be read in two ways is refused with a sentence, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from memorial.base.partial_date.errors import PartialDateError
from memorial.base.partial_date.month_names import MONTHS
from memorial.base.partial_date.value import DateQualifier, PartialDate

_LONGEST = 60
_ABOUT = r"~|≈|около|примерно|приблизительно|ок\b\.?|about|around|approximately|approx\b\.?|circa|ca\b\.?|c\."
_BEFORE = r"<|до|ранее|раньше|before|earlier than|prior to"
_AFTER = r">|после|позднее|позже|after|later than"
_NOT_AFTER = r"<=|≤|не (?:позднее|позже)|(?:no|not) later than|on or before"
_NOT_BEFORE = r">=|≥|не (?:ранее|раньше)|(?:no|not) earlier than|not before|on or after"
_QUALIFIERS = tuple(
    (re.compile(rf"(?:{words})(?![^\W\d_])\s*(?:чем\s)?\s*"), qualifier, inclusive)
    for words, qualifier, inclusive in (
        # The inclusive forms first: "<=" begins with "<", "не ранее" ends with "ранее".
        (_NOT_AFTER, DateQualifier.BEFORE, True),
        (_NOT_BEFORE, DateQualifier.AFTER, True),
        (_ABOUT, DateQualifier.ABOUT, False),
        (_BEFORE, DateQualifier.BEFORE, False),
        (_AFTER, DateQualifier.AFTER, False),
    )
)
_SINCE = re.compile(r"(?:с|со|since|from|until|till|по|by)\s")
_RANGE = re.compile(r"\d{4}\s?-\s?\d{4}|[^\W\d_]\s?-\s?[^\W\d_]|\d\s?-\s?\d+\s[^\W\d_]")
_YEAR_FIRST = re.compile(r"(\d{4})(?:([./-])(\d{1,2})(?:\2(\d{1,2}))?)?")
_YEAR_LAST = re.compile(r"(?:(\d{1,2})([./-]))?(\d{1,2})([./-])(\d+)")
_WORDS = re.compile(r"\d+|[^\W\d_]+")
_FILLER = frozenset(["г", "год", "года", "году", "месяц", "of", "the", "st", "nd", "rd", "th", "го", "е"])
_EMPTY = _("Type a date, for example 2023, 03.2023 or 14.03.2023.")
_NOT_A_DATE = _("“%(text)s” is not a date. Type it as 2023, 03.2023 or 14.03.2023.")
_FOUR_DIGITS = _("The year must have four digits: “%(text)s”.")


def read_partial_date(text: str, *, formats: Sequence[str] = ()) -> PartialDate:
    """Read a typed date; raises PartialDateError with a sentence saying what is wrong.

    `formats` are strptime patterns for files whose order of day and month is known. With them a
    date in figures must fit one of them; a year alone, year-first dates and month names are read
    as ever.
    """
    plain = _normalised(text)
    if not plain:
        raise PartialDateError(_EMPTY, "empty")
    if _SINCE.match(plain):
        raise PartialDateError(_("Type the date itself, without “since”, “until” or “by”."), "since")
    qualifier, inclusive, bare = _split_qualifier(plain)
    known = _read_bare(bare, text.strip()[:_LONGEST], formats)
    if inclusive:
        known = _neighbour(known, qualifier)
    return PartialDate(known.year, known.month, known.day, qualifier)


def _normalised(text: str) -> str:
    """Lower case, one kind of space and hyphen, no commas and no dot at the end."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", plain)
    # Invisible marks come along when a date is copied from a web page or a messenger.
    plain = re.sub(r"[\u00ad\u200b-\u200f\u2060\ufeff]", "", plain)
    plain = " ".join(plain.replace(",", " ").split()).rstrip(". ")
    return re.sub(r"(?<=\d)\s?([./-])\s?(?=\d)", r"\1", plain)


def _split_qualifier(plain: str) -> tuple[DateQualifier, bool, str]:
    for pattern, qualifier, inclusive in _QUALIFIERS:
        if match := pattern.match(plain):
            return qualifier, inclusive, plain[match.end() :]
    return DateQualifier.EXACT, False, plain


def _neighbour(known: PartialDate, qualifier: DateQualifier) -> PartialDate:
    """Return the next or previous unit: "no later than March" is "before April"."""
    first, last = known.earliest, known.latest
    if first is None or last is None:
        raise TypeError("only an exact date has a neighbour")
    forward = qualifier is DateQualifier.BEFORE
    day = last + timedelta(days=1) if forward else first - timedelta(days=1)
    return PartialDate(day.year, day.month if known.month else None, day.day if known.day else None)


def _read_bare(bare: str, typed: str, formats: Sequence[str]) -> PartialDate:
    bare = re.sub(r"^(?:в|во|in|on)\s", "", bare)
    # "14.03.2023 г." and "2023 года": the word for year says nothing more.
    bare = re.sub(r"(?<=\d)\s?(?:г|год|года|году)$", "", bare)
    if match := _YEAR_FIRST.fullmatch(bare):
        year, _separator, month, day = match.groups()
        return PartialDate(int(year), int(month) if month else None, int(day) if day else None)
    if re.search(r"[^\W\d_]", bare):
        return _read_words(bare, typed)
    if formats:
        return _read_formats(bare, typed, formats)
    return _read_figures(bare, typed)


def _read_formats(bare: str, typed: str, formats: Sequence[str]) -> PartialDate:
    for pattern in formats:
        if "%Y" not in pattern and "%y" not in pattern:
            raise ValueError(f"a date format without a year: {pattern}")
        try:
            day = datetime.strptime(bare, pattern).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
        return PartialDate(
            day.year, day.month if "%m" in pattern else None, day.day if "%d" in pattern else None
        )
    raise PartialDateError(
        _("“%(text)s” does not fit the agreed formats: %(formats)s."),
        "format",
        text=typed,
        formats=", ".join(formats),
    )


def _read_figures(bare: str, typed: str) -> PartialDate:
    match = _YEAR_LAST.fullmatch(bare)
    if not match:
        raise _complaint(bare, typed)
    first, before, second, separator, year = match.groups()
    if len(year) != 4:
        raise PartialDateError(_FOUR_DIGITS, "year_digits", text=typed)
    if first is None:
        return PartialDate(int(year), int(second))
    if before != separator:
        raise PartialDateError(_NOT_A_DATE, "invalid", text=typed)
    if separator == ".":
        return PartialDate(int(year), int(second), int(first))
    return _unordered(int(first), int(second), int(year), typed)


def _unordered(first: int, second: int, year: int, typed: str) -> PartialDate:
    """Read 14/03/2023; British and American order differ, so 03/04/2023 is refused."""
    if first != second and first <= 12 and second <= 12:
        raise PartialDateError(
            _("“%(text)s”: is the day first or the month? Type it with dots, day first."),
            "ambiguous",
            text=typed,
        )
    return PartialDate(year, *((first, second) if second > 12 else (second, first)))


def _complaint(bare: str, typed: str) -> PartialDateError:
    if _RANGE.search(bare):
        return PartialDateError(
            _("“%(text)s” is a span. Type one date, or “about”, “before”, “after” with it."),
            "range",
            text=typed,
        )
    if re.fullmatch(r"\d{1,3}|\d{5,}", bare):
        return PartialDateError(_FOUR_DIGITS, "year_digits", text=typed)
    return PartialDateError(_NOT_A_DATE, "invalid", text=typed)


def _read_words(bare: str, typed: str) -> PartialDate:
    if _RANGE.search(bare):
        raise _complaint(bare, typed)
    words = [word for word in _WORDS.findall(bare) if word not in _FILLER]
    months = [MONTHS[word] for word in words if word in MONTHS]
    numbers = [word for word in words if word.isdigit()]
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(months) != 1 or len(months) + len(numbers) != len(words):
        raise _complaint(bare, typed)
    if not years and len(numbers) <= 1:
        raise PartialDateError(_("The year is missing: “%(text)s”."), "year_missing", text=typed)
    if not years:
        raise PartialDateError(_FOUR_DIGITS, "year_digits", text=typed)
    if len(years) > 1 or len(days) > 1 or len(years) + len(days) != len(numbers):
        raise _complaint(bare, typed)
    return PartialDate(int(years[0]), months[0], int(days[0]) if days else None)
