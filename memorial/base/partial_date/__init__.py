"""Dates known as well as they are known: a year, a month, a day; about, before, after.

A value, a reader of what editors type, words in both languages, and lengths of time between two
such dates. The column is `memorial.base.fields.PartialDateField`.
"""

from memorial.base.partial_date.durations import (
    MonthSpan,
    duration_words,
    months_between,
    whole_months_between,
)
from memorial.base.partial_date.errors import PartialDateError
from memorial.base.partial_date.reading import read_partial_date
from memorial.base.partial_date.value import (
    FIRST_YEAR,
    LAST_YEAR,
    DatePrecision,
    DateQualifier,
    PartialDate,
)
from memorial.base.partial_date.words import DateStyle, format_partial_date, phrase_when

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "DatePrecision",
    "DateQualifier",
    "DateStyle",
    "MonthSpan",
    "PartialDate",
    "PartialDateError",
    "duration_words",
    "format_partial_date",
    "months_between",
    "phrase_when",
    "read_partial_date",
    "whole_months_between",
]
