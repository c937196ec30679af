"""Values for property tests."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from memorial.base.partial_date import FIRST_YEAR, LAST_YEAR, DateQualifier, PartialDate


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    """Any partial date at all."""
    day = draw(st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)))
    parts = draw(st.integers(1, 3))
    month, month_day = (day.month if parts > 1 else None), (day.day if parts > 2 else None)
    return PartialDate(day.year, month, month_day, draw(st.sampled_from(DateQualifier)))
