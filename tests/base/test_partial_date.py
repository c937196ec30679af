"""Partial dates: what they mean, how they are typed, how they read."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from memorial.base.partial_date import (
    FIRST_YEAR,
    LAST_YEAR,
    DatePrecision,
    DateQualifier,
    MonthSpan,
    PartialDate,
    PartialDateError,
    duration_words,
    format_partial_date,
    months_between,
    phrase_when,
    whole_months_between,
)

NBSP = "\u00a0"


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    """Any partial date at all."""
    day = draw(st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)))
    parts = draw(st.integers(1, 3))
    month, month_day = (day.month if parts > 1 else None), (day.day if parts > 2 else None)
    return PartialDate(day.year, month, month_day, draw(st.sampled_from(DateQualifier)))


# --- Meaning ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31), DatePrecision.YEAR),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), DatePrecision.MONTH),
        ("2023-03-14", date(2023, 3, 14), date(2023, 3, 14), DatePrecision.DAY),
        ("~2023", date(2022, 1, 1), date(2024, 12, 31), DatePrecision.ABOUT),
        ("~2023-03", date(2023, 2, 1), date(2023, 4, 30), DatePrecision.ABOUT),
        ("~2023-01", date(2022, 12, 1), date(2023, 2, 28), DatePrecision.ABOUT),
        ("~2023-12", date(2023, 11, 1), date(2024, 1, 31), DatePrecision.ABOUT),
        ("~2023-03-14", date(2023, 3, 7), date(2023, 3, 21), DatePrecision.ABOUT),
        ("<2023", None, date(2022, 12, 31), DatePrecision.YEAR),
        ("<2023-03", None, date(2023, 2, 28), DatePrecision.MONTH),
        (">2023", date(2024, 1, 1), None, DatePrecision.YEAR),
        (">2024-02-29", date(2024, 3, 1), None, DatePrecision.DAY),
        ("~1850", date(1849, 1, 1), date(1851, 12, 31), DatePrecision.ABOUT),
        (">2150-12-31", date(2151, 1, 1), None, DatePrecision.DAY),
    ],
)
def test_earliest_latest_and_precision(text, earliest, latest, precision):
    value = PartialDate.from_text(text)
    assert (value.earliest, value.latest, value.precision) == (earliest, latest, precision)


@given(partial_dates())
def test_canonical_text_gives_the_value_back(value):
    assert PartialDate.from_text(value.text) == value
    assert PartialDate.parse(value.text) == value
    assert len(value.text) <= 11


@given(partial_dates())
def test_value_can_be_hashed_copied_and_pickled(value):
    assert pickle.loads(pickle.dumps(value)) == copy.deepcopy(value) == value  # noqa: S301 - our own bytes
    assert len({value, copy.copy(value)}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "23",
        "2023-3",
        "2023-3-14",
        "2023-02-30",
        "1849",
        "2151",
        "2023-13",
        "2023\n",
        " 2023",
        "!2023",
        "~~2023",
        "2023-00",
        "٢٠٢٣",
    ],
)
def test_other_texts_are_not_canonical(text):
    with pytest.raises(PartialDateError):
        PartialDate.from_text(text)


def test_day_without_month_is_refused():
    with pytest.raises(PartialDateError):
        PartialDate(2023, None, 14)


def test_value_cannot_be_changed():
    with pytest.raises(AttributeError):
        PartialDate(2023).year = 2024


def test_date_time_is_refused_and_midnight_is_a_date():
    assert PartialDate.from_date(datetime(2023, 3, 14)) == PartialDate(2023, 3, 14)  # noqa: DTZ001 - a spreadsheet's cell
    for moment in (datetime(2023, 3, 14, 10), datetime(2023, 3, 14, tzinfo=UTC)):  # noqa: DTZ001
        with pytest.raises(PartialDateError):
            PartialDate.from_date(moment)


@given(partial_dates(), partial_dates())
def test_certainty_needs_every_possible_day(first, second):
    before = first.certainly_before(second)
    assert before == second.certainly_after(first)
    assert not (before and second.certainly_before(first))
    if before:
        assert first.latest < second.earliest


@pytest.mark.parametrize(
    ("first", "second", "certain"),
    [
        ("2022", "2023", True),
        ("2023", "2023-06", False),
        ("~2022", "2023", False),
        ("<2023", "2023", True),
        ("<2023", "2022", False),
        (">2022", "2030", False),
    ],
)
def test_certainly_before(first, second, certain):
    assert PartialDate.from_text(first).certainly_before(PartialDate.from_text(second)) is certain


@pytest.mark.parametrize(
    ("text", "future"),
    [
        ("2026", False),
        ("2026-11", False),
        ("2026-11-23", False),
        ("2026-11-24", True),
        ("2026-12", True),
        ("~2026-12", False),
        ("<2030", False),
        (">2026", True),
    ],
)
def test_in_future_means_certainly(text, future):
    assert PartialDate.from_text(text).in_future(date(2026, 11, 23)) is future


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2023-03-14", "2023"),
        ("2023", "2023"),
        ("~2023-03-14", "2023"),
        ("~2023-12-30", "~2023"),
        ("~2023", "~2023"),
        ("<2023-03-14", "<2024"),
        ("<2023-01-01", "<2023"),
        (">2023-03-14", ">2022"),
        (">2023-12-31", ">2023"),
    ],
)
def test_to_year(text, year):
    assert PartialDate.from_text(text).to_year().text == year


@given(partial_dates().filter(lambda value: FIRST_YEAR < value.year < LAST_YEAR))
def test_to_year_never_says_more_than_was_known(value):
    year = value.to_year()
    assert year.unit is DatePrecision.YEAR
    assert year.earliest is None or (value.earliest is not None and year.earliest <= value.earliest)
    assert year.latest is None or (value.latest is not None and year.latest >= value.latest)


# --- Typing -----------------------------------------------------------------------------------

TYPED = {
    "2023": "2023 | 2023 г. | 2023г | 2023 год | в 2023 году | 2023 года | in 2023 |  2023  | 2023.",
    "2023-03": "03.2023 | 3.2023 | 03/2023 | 03-2023 | 2023-03 | 2023.03 | 2023-3 | март 2023 | Март 2023 г. | в марте 2023 | "
    "марта 2023 | мар. 2023 | March 2023 | in March 2023 | Mar 2023 | March, 2023 | 2023 - 03 | 03. 2023",
    "2023-03-14": "14.03.2023 | 14.3.2023 | 14 марта 2023 | 14 марта 2023 г. | 14 марта 2023 года | 14-го марта 2023 | 14 мар. 2023 | "
    "14 March 2023 | March 14, 2023 | 14th March 2023 | on 14th of March, 2023 | 14 Mar. 2023 | 14-Mar-2023 | 2023-03-14 | "
    "2023/03/14 | 2023.3.14 | 14/03/2023 | 03/14/2023 | 14-03-2023 | 14 . 03 . 2023 | 14.03.2023 г. | 14.03.2023г.",
    "2023-09": "сент. 2023 | сен 2023 | Sept 2023 | Sep. 2023 | в сентябре 2023",
    "2023-05-05": "05/05/2023 | 5 мая 2023 | 5 May 2023",
    "~2023": "около 2023 | Около 2023 года | ок. 2023 | ок 2023 | ок.2023 | about 2023 | c. 2023 | ca 2023 | ca. 2023 | circa 2023 | "
    "~2023 | ~ 2023 | ≈2023 | примерно в 2023 году | приблизительно 2023 | approx. 2023",
    "~2023-03-14": "около 14 марта 2023 | about 14.03.2023 | ~14.03.2023 | ~2023-03-14",
    "<2023": "до 2023 | до 2023 года | before 2023 | <2023 | ранее 2023 | раньше чем в 2023 | не позднее 2022 | <= 2022 | ≤2022 | no later than 2022",
    "<2023-03": "до марта 2023 | before 03.2023 | не позже февраля 2023 | не позднее 02.2023",
    "<2024-01-01": "не позднее 31.12.2023 | on or before 31 December 2023",
    ">2023-03-14": "после 14.03.2023 | после 14 марта 2023 | after 14 March 2023 | >14.03.2023 | не ранее 15.03.2023 | not before 15 March 2023",
    ">2022": "не ранее 2023 | не раньше 2023 года | ≥2023 | after 2022 | позднее 2022",
}


@pytest.mark.parametrize(
    ("expected", "typed"), [(text, typed) for text, forms in TYPED.items() for typed in forms.split("|")]
)
def test_reads_what_editors_type(expected, typed):
    assert PartialDate.parse(typed).text == expected
    assert PartialDate.parse(typed.upper()).text == expected
    assert PartialDate.parse(typed.replace(" ", NBSP)).text == expected


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        (" \u00a0", "empty"),
        ("14.03.23", "year_digits"),
        ("14.3.23", "year_digits"),
        ("14 марта 23", "year_digits"),
        ("23", "year_digits"),
        ("20233", "year_digits"),
        ("14.03", "year_digits"),
        ("14 марта", "year_missing"),
        ("March", "year_missing"),
        ("31.04.2023", "day"),
        ("31 апреля 2023", "day"),
        ("29 February 2023", "day"),
        ("00.03.2023", "day"),
        ("13.2023", "month"),
        ("14.13.2023", "month"),
        ("1823", "year_range"),
        ("14.03.0023", "year_range"),
        ("2151", "year_range"),
        ("не позднее 2150", "year_range"),
        ("03/04/2023", "ambiguous"),
        ("3-4-2023", "ambiguous"),
        ("2022-2023", "range"),
        ("2022–2023", "range"),
        ("март–апрель 2023", "range"),
        ("14-16 марта 2023", "range"),
        ("с 2023", "since"),
        ("с 14 по 16 марта 2023", "since"),
        ("since March 2023", "since"),
        ("весной 2023", "invalid"),
        ("14.03.2023 10:00", "invalid"),
        ("14.03-2023", "invalid"),
        ("вчера", "invalid"),
        ("март март 2023", "invalid"),
        ("14 марта 2023 2024", "invalid"),
        ("около", "invalid"),
        ("14 03 2023", "invalid"),
        ("докум 2023", "invalid"),
    ],
)
def test_refuses_with_the_reason(typed, code):
    with pytest.raises(PartialDateError) as error:
        PartialDate.parse(typed)
    assert error.value.code == code
    assert str(error.value)
    assert "%(" not in str(error.value)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        value = PartialDate.parse(text)
    except PartialDateError as error:
        assert str(error)  # noqa: PT017 - either way is right
    else:
        assert PartialDate.from_text(value.text) == value


@given(st.text(alphabet="0123456789./- ~<>докpеапрля", max_size=14))
def test_nearly_dates_are_read_or_refused(text):
    try:
        value = PartialDate.parse(text)
    except PartialDateError:
        return
    assert FIRST_YEAR <= value.year <= LAST_YEAR


@pytest.mark.parametrize(
    ("typed", "formats", "expected"),
    [
        ("03/04/2023", ["%d/%m/%Y"], "2023-04-03"),
        ("03/04/2023", ["%m/%d/%Y"], "2023-03-04"),
        ("03.04.23", ["%d.%m.%y"], "2023-04-03"),
        ("04/2023", ["%d/%m/%Y", "%m/%Y"], "2023-04"),
        ("около 03/04/2023", ["%d/%m/%Y"], "~2023-04-03"),
        ("2023", ["%d/%m/%Y"], "2023"),
        ("2023-04-03", ["%d/%m/%Y"], "2023-04-03"),
        ("3 April 2023", ["%d/%m/%Y"], "2023-04-03"),
    ],
)
def test_agreed_formats_decide_the_order(typed, formats, expected):
    assert PartialDate.parse(typed, formats=formats).text == expected


@pytest.mark.parametrize("typed", ["14.03.2023", "13/04/2023"])
def test_figures_outside_the_agreed_formats_are_refused(typed):
    with pytest.raises(PartialDateError) as error:
        PartialDate.parse(typed, formats=["%m/%d/%Y"])
    assert error.value.code == "format"


def test_a_format_without_a_year_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="year"):
        PartialDate.parse("03.04", formats=["%d.%m"])


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


RUSSIAN_PREPOSITIONAL = (
    "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре".split()
)
RUSSIAN_GENITIVE = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()


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
