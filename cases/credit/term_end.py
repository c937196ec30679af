"""The calendar of a term.

A term in years and months ends by the calendar, whatever the lengths of the months (УК РФ, ст. 72
ч. 1; УИК РФ, ст. 173 ч. 2: it expires on the corresponding date of the last month, and if the month
has none, on its last day). The first day is itself served, so that the last day is the one before
the corresponding date: six years from 14.03.2024 end with 13.03.2030. Institutions count like this;
the Codes do not say it in so many words, and the working says so.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from cases.credit.facts import TermLength

LAST_YEAR = 9000


def last_day(begins: date, term: TermLength) -> date:
    """Return the last day of a term that begins on a day. Raises OverflowError beyond the calendar."""
    months = begins.year * 12 + begins.month - 1 + term.years * 12 + term.months
    year, month = divmod(months, 12)
    if year > LAST_YEAR or term.days > 366 * 200:
        raise OverflowError("the term ends beyond the calendar")
    month += 1
    length = calendar.monthrange(year, month)[1]
    if begins.day > length:
        end = date(year, month, length)
    else:
        end = date(year, month, begins.day) - timedelta(days=1)
    return end + timedelta(days=term.days)
