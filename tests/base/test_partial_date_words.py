"""Partial dates and lengths of time as they are read, in both languages."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from memorial.base.partial_date import (
    MonthSpan,
    PartialDate,
    duration_words,
    format_partial_date,
    months_between,
    phrase_when,
    whole_months_between,
)
from tests.base.strategies import partial_dates

NBSP = "\u00a0"

# --- Words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "style", "russian", "english"),
    [
        ("2023-03-14", "long", "14_марта_2023", "14_March_2023"),
        ("2023-03", "long", "март_2023", "March_2023"),
        ("2023", "long", "2023", "2023"),
        ("~2023", "long", "около_2023_года", "about_2023"),
        ("~2023-05", "long", "около_мая_2023", "about_May_2023"),
        ("<2023-03", "long", "до_марта_2023", "before_March_2023"),
        (">2023-03-14", "long", "после_14_марта_2023", "after_14_March_2023"),
        (">2023", "long", "после_2023_года", "after_2023"),
        ("2023-03-14", "short", "14_мар._2023", "14_Mar_2023"),
        ("~2023", "short", "ок._2023", "c._2023"),
        ("2023-03-14", "numeric", "14.03.2023", "14.03.2023"),
        ("2023-03", "numeric", "03.2023", "03.2023"),
        ("~2023-03", "numeric", "ок._03.2023", "c._03.2023"),
        ("<2023-03-01", "editing", "до 01.03.2023", "before 01.03.2023"),
    ],
)
def test_format(text, style, russian, english):
    value = PartialDate.from_text(text)
    assert format_partial_date(value, "ru", style).replace(NBSP, "_") == russian
    assert format_partial_date(value, "en", style).replace(NBSP, "_") == english


@given(
    partial_dates(), st.sampled_from(["ru", "en"]), st.sampled_from(["long", "short", "numeric", "editing"])
)
def test_every_style_is_read_back_as_the_same_date(value, language, style):
    assert PartialDate.parse(format_partial_date(value, language, style)) == value


@given(partial_dates(), st.sampled_from(["ru", "en"]))
def test_a_date_never_breaks_over_a_line(value, language):
    assert " " not in format_partial_date(value, language)
    assert " " not in phrase_when(value, language)


def test_no_date_is_said_in_words():
    assert format_partial_date(None, "ru") == "неизвестно"
    assert format_partial_date(None, "en") == "unknown"
    assert format_partial_date(None, "ru", "editing") == ""


def test_str_follows_the_active_language():
    value = PartialDate.from_text("~2023")
    with translation.override("ru"):
        assert str(value) == f"около{NBSP}2023{NBSP}года"
    with translation.override("en"):
        assert str(value) == f"about{NBSP}2023"
    with translation.override(None):
        assert str(value) == f"about{NBSP}2023"


RUSSIAN_PREPOSITIONAL = [
    "январе",
    "феврале",
    "марте",
    "апреле",
    "мае",
    "июне",
    "июле",
    "августе",
    "сентябре",
    "октябре",
    "ноябре",
    "декабре",
]
RUSSIAN_GENITIVE = """
    января февраля марта апреля мая июня июля августа сентября октября ноября декабря
""".split()  # noqa: SIM905


@pytest.mark.parametrize("month", range(1, 13))
def test_russian_months_in_a_sentence(month):
    in_month = phrase_when(PartialDate(2023, month), "ru")
    on_day = phrase_when(PartialDate(2023, month, 1), "ru")
    assert in_month == f"в{NBSP}{RUSSIAN_PREPOSITIONAL[month - 1]}{NBSP}2023"
    assert on_day == f"1{NBSP}{RUSSIAN_GENITIVE[month - 1]}{NBSP}2023"


@pytest.mark.parametrize(
    ("text", "russian", "english"),
    [
        ("2023", "в_2023_году", "in_2023"),
        ("2023-03", "в_марте_2023", "in_March_2023"),
        ("2023-03-14", "14_марта_2023", "on_14_March_2023"),
        ("~2023-03", "около_марта_2023", "about_March_2023"),
        ("<2023", "до_2023_года", "before_2023"),
    ],
)
def test_phrase_when(text, russian, english):
    value = PartialDate.from_text(text)
    assert phrase_when(value, "ru").replace(NBSP, "_") == russian
    assert phrase_when(value, "en").replace(NBSP, "_") == english


# --- Lengths ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2023, 3, 14), date(2023, 3, 14), 0),
        (date(2023, 3, 14), date(2023, 4, 13), 0),
        (date(2023, 3, 14), date(2023, 4, 14), 1),
        (date(2023, 1, 31), date(2023, 2, 28), 1),
        (date(2024, 1, 31), date(2024, 2, 28), 0),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2023, 3, 14), date(2026, 11, 14), 44),
    ],
)
def test_months_between(start, end, months):
    assert months_between(start, end) == months


def test_months_between_refuses_the_wrong_order():
    with pytest.raises(ValueError, match="before"):
        months_between(date(2023, 3, 14), date(2023, 3, 13))


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 600))
def test_months_between_counts_what_was_added(start, months):
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    end = date(year, month + 1, 1)
    assert months_between(start.replace(day=1), end) == months


@pytest.mark.parametrize(
    ("start", "end", "least", "most"),
    [
        ("2023-03-14", "2026-11-14", 44, 44),
        ("2023-03", "2026-11-14", 44, 44),
        ("2026-11", "2026-11-14", 0, 0),
        ("2026-11-20", "2026-11", 0, 0),
        ("2023", "2026-11-14", 34, 46),
        ("~2023-03", "2026-11-14", 42, 45),
        ("<2023", "2026-11-14", 46, None),
        (">2023", "2026-11-14", 0, 34),
        ("2020", "2020", 0, 11),
        ("<2023", "<2024", 0, None),
    ],
)
def test_whole_months_between(start, end, least, most):
    span = whole_months_between(PartialDate.from_text(start), PartialDate.from_text(end))
    assert span == MonthSpan(least, most)


def test_whole_months_takes_plain_dates_and_refuses_a_certain_disorder():
    assert whole_months_between(date(2023, 3, 14), date(2026, 11, 14)).least == 44
    with pytest.raises(ValueError, match="before"):
        whole_months_between(PartialDate(2024), date(2023, 12, 31))


@given(partial_dates(), partial_dates())
def test_span_is_never_the_wrong_way_round(start, end):
    if not start.certainly_after(end):
        span = whole_months_between(start, end)
        assert span.least >= 0
        assert span.most is None or span.most >= span.least
        assert duration_words(span, "ru")
        assert duration_words(span, "en")


@pytest.mark.parametrize(
    ("length", "russian", "english"),
    [
        (0, "меньше месяца", "less than a month"),
        (1, "1_месяц", "1_month"),
        (11, "11_месяцев", "11_months"),
        (12, "1_год", "1_year"),
        (44, "3_года 8_месяцев", "3_years 8_months"),
        (62, "5_лет 2_месяца", "5_years 2_months"),
        (253, "21_год 1_месяц", "21_years 1_month"),
        (132, "11_лет", "11_years"),
        (
            MonthSpan(34, 46),
            "от 2_лет 10_месяцев до 3_лет 10_месяцев",
            "between 2_years 10_months and 3_years 10_months",
        ),
        (
            MonthSpan(13, 21),
            "от 1_года 1_месяца до 1_года 9_месяцев",
            "between 1_year 1_month and 1_year 9_months",
        ),
        (MonthSpan(253, None), "не менее 21_года 1_месяца", "at least 21_years 1_month"),
        (MonthSpan(0, 11), "меньше 1_года", "less than 1_year"),
        (MonthSpan(0, None), "неизвестно", "unknown"),
    ],
)
def test_duration_words(length, russian, english):
    assert duration_words(length, "ru").replace(NBSP, "_") == russian
    assert duration_words(length, "en").replace(NBSP, "_") == english
