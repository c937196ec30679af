"""Partial dates: what they mean and how they are typed."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memorial.base.partial_date import (
    FIRST_YEAR,
    LAST_YEAR,
    DatePrecision,
    PartialDate,
    PartialDateError,
)
from tests.base.strategies import partial_dates

NBSP = "\u00a0"


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


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2023", "2023"),
        ("~2023-03", "~2023-03"),
        ("2023-03-14", "2023-03"),
        ("~2023-03-30", "~2023-03"),
        ("<2023-03-14", "<2023-04"),
        ("<2023-03-01", "<2023-03"),
        ("<2023-12-14", "<2024-01"),
        (">2023-03-14", ">2023-02"),
        (">2023-01-14", ">2022-12"),
        (">2023-12-31", ">2023-12"),
    ],
)
def test_to_month(text, month):
    assert PartialDate.from_text(text).to_month().text == month


@given(partial_dates().filter(lambda value: FIRST_YEAR < value.year < LAST_YEAR))
def test_to_month_never_says_more_than_was_known(value):
    month = value.to_month()
    assert month.day is None
    assert month.earliest is None or (value.earliest is not None and month.earliest <= value.earliest)
    assert month.latest is None or (value.latest is not None and month.latest >= value.latest)


# --- Typing -----------------------------------------------------------------------------------

TYPED = {
    "2023": "2023 | 2023 г. | 2023г | 2023 год | в 2023 году | 2023 года | in 2023 |  2023  | 2023.",
    "2023-03": (
        "03.2023 | 3.2023 | 03/2023 | 03-2023 | 2023-03 | 2023.03 | 2023-3 | март 2023 |"
        " Март 2023 г. | в марте 2023 | марта 2023 | мар. 2023 | March 2023 | in March 2023 |"
        " Mar 2023 | March, 2023 | 2023 - 03 | 03. 2023"
    ),
    "2023-03-14": (
        "14.03.2023 | 14.3.2023 | 14 марта 2023 | 14 марта 2023 г. | 14 марта 2023 года |"
        " 14-го марта 2023 | 14 мар. 2023 | 14 March 2023 | March 14, 2023 | 14th March 2023 |"
        " on 14th of March, 2023 | 14 Mar. 2023 | 14-Mar-2023 | 2023-03-14 | 2023/03/14 |"
        " 2023.3.14 | 14/03/2023 | 03/14/2023 | 14-03-2023 | 14 . 03 . 2023 | 14.03.2023 г. |"
        " 14.03.2023г."
    ),
    "2023-09": "сент. 2023 | сен 2023 | Sept 2023 | Sep. 2023 | в сентябре 2023",
    "2023-05-05": "05/05/2023 | 5 мая 2023 | 5 May 2023",
    "~2023": (
        "около 2023 | Около 2023 года | ок. 2023 | ок 2023 | ок.2023 | about 2023 | c. 2023 |"
        " ca 2023 | ca. 2023 | circa 2023 | ~2023 | ~ 2023 | ≈2023 | примерно в 2023 году |"
        " приблизительно 2023 | approx. 2023"
    ),
    "~2023-03-14": "около 14 марта 2023 | about 14.03.2023 | ~14.03.2023 | ~2023-03-14",
    "<2023": (
        "до 2023 | до 2023 года | before 2023 | <2023 | ранее 2023 | раньше чем в 2023 |"
        " не позднее 2022 | <= 2022 | ≤2022 | no later than 2022"
    ),
    "<2023-03": "до марта 2023 | before 03.2023 | не позже февраля 2023 | не позднее 02.2023",
    "<2024-01-01": "не позднее 31.12.2023 | on or before 31 December 2023",
    ">2023-03-14": (
        "после 14.03.2023 | после 14 марта 2023 | after 14 March 2023 | >14.03.2023 |"
        " не ранее 15.03.2023 | not before 15 March 2023"
    ),
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
        ("12/03/2023", "ambiguous"),
        ("03/12/2023", "ambiguous"),
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
