"""Lengths of penalties in words: «7 лет 6 месяцев», "15 days"; days to which and from which something lasts."""

from __future__ import annotations

from django.utils.translation import ngettext

from memorial.base.localized import current_language
from memorial.base.partial_date import PartialDate, duration_words
from memorial.base.typography import NBSP
from prisoners.display.words import date_words, since_words


def length_words(
    years: int | None = None, months: int | None = None, days: int | None = None, hours: int | None = None
) -> str:
    """A length as a decision states it, longest unit first; "" where it states none.

    Months beyond a year stay months where no years are stated: a court's «18 месяцев» is not reworded.
    """
    parts = []
    if years:
        parts.append(duration_words(years * 12, current_language()))
    if months:
        months_as_said = ngettext("%(number)d month", "%(number)d months", months) % {"number": months}
        parts.append(months_as_said.replace(" ", NBSP))
    if days:
        parts.append(
            (ngettext("%(number)d day", "%(number)d days", days) % {"number": days}).replace(" ", NBSP)
        )
    if hours:
        hours_as_said = ngettext("%(number)d hour", "%(number)d hours", hours) % {"number": hours}
        parts.append(hours_as_said.replace(" ", NBSP))
    return " ".join(parts)


def limit_words(value: PartialDate) -> str:
    """A date after «до» and «с», "until" and "since": «14 февраля 2027», «мая 2033», «2033 года»."""
    return since_words(value) or date_words(value)
