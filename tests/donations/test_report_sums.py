"""Sums, shares, periods and pictures of reports: for any numbers, and against PostgreSQL's own arithmetic."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from assistance.totals.periods import period_of
from donations.display.report_chart import BASE, TOP, Told, chart_of
from donations.display.report_money import about, at_least, figures
from donations.reports.periods import closed_report_periods, report_period_of
from donations.reports.shares import shares
from donations.reports.sums import in_euros, refuse_what_does_not_add_up
from tests.donations.report_rows import received, report, spent

CENTS = st.decimals(min_value="0.01", max_value="99999999.99", places=2)
RATES = st.decimals(min_value="0.00000100", max_value="99999.99999999", places=8)
SOME = settings(max_examples=60, deadline=None)


# --- Shares ------------------------------------------------------------------------------------------


@SOME
@given(st.lists(st.one_of(st.just(Decimal(0)), CENTS), max_size=9))
def test_shares_say_100_and_none_is_off_by_one(parts):
    found = shares(parts)
    whole = sum(parts)
    assert sum(found) == (100 if whole else 0)
    for part, share in zip(parts, found, strict=True):
        assert abs(share - (100 * part / whole if whole else 0)) < 1
    ordered = sorted(zip(parts, found, strict=True))
    assert [share for _part, share in ordered] == sorted(found)


def test_shares_of_the_mock_up_and_of_thirds():
    euros = [Decimal(each) for each in (9840, 7920, 2160, 3360, 720)]
    assert shares(euros) == [41, 33, 9, 14, 3]
    assert shares([Decimal(1)] * 3) == [34, 33, 33]
    with pytest.raises(ValueError, match="negative"):
        shares([Decimal(2), Decimal(-1)])


# --- Adding up ---------------------------------------------------------------------------------------


@SOME
@given(st.lists(st.tuples(CENTS, RATES), min_size=1, max_size=4), st.integers(-3, 3).filter(bool))
def test_one_cent_off_is_refused_and_the_sum_itself_is_not(sums, cents):
    lines = [received(str(amount), currency="RUB", per_euro=rate) for amount, rate in sums]
    stated = report(lines)
    refuse_what_does_not_add_up(stated, lines)
    assert stated.received_euros == sum(in_euros(*each) for each in sums)
    stated.received_euros += Decimal(cents) / 100
    with translation.override("en"), pytest.raises(ValidationError, match="Stated as received"):
        refuse_what_does_not_add_up(stated, lines)


def test_each_side_is_added_up_apart():
    lines = [received("10"), spent("3")]
    with pytest.raises(ValidationError) as caught:
        refuse_what_does_not_add_up(
            report(lines, received_euros=Decimal(3), spent_euros=Decimal(10), carried_from_euros=Decimal(7)),
            lines,
        )
    assert len(caught.value.messages) == 2


@pytest.mark.django_db
def test_euros_are_what_postgresql_computes():
    pairs = [
        (Decimal(amount), Decimal(rate))
        for amount in ("0.01", "0.05", "1", "99.99", "20140000", "123456789.01")
        for rate in ("0.00000100", "0.8", "1.105", "95", "99999.99999999", "3")
    ]
    with connection.cursor() as cursor:
        for amount, rate in pairs:
            cursor.execute("SELECT round(%s::numeric / %s::numeric, 2)", [amount, rate])
            assert in_euros(amount, rate) == cursor.fetchone()[0], (amount, rate)


# --- Periods -----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_postgresql_knows_the_same_days_of_the_same_periods():
    periods = closed_report_periods(date(2027, 1, 1))
    assert len(periods) == len({period.code for period in periods}) > 80
    with connection.cursor() as cursor:
        for period in periods:
            cursor.execute(
                "SELECT lower(days), upper(days) FROM memorial_report_days(%s) AS days", [period.code]
            )
            assert cursor.fetchone() == (period.first, period.last + timedelta(days=1)), period.code
        for code in ("", "2022", "2022-q3", "2022-m09", "2024-3", "2024-q0", "2024-m1", "2024-m13", "x"):
            cursor.execute("SELECT memorial_report_days(%s)", [code])
            assert cursor.fetchone() == (None,), code
            with pytest.raises(ValueError, match="no period"):
                report_period_of(code)


def test_quarters_and_months_have_names_in_both_languages():
    for language, names in {
        "en": ["Third quarter of 2026", "July 2026"],
        "ru": ["Третий квартал 2026", "Июль 2026"],
    }.items():
        with translation.override(language):
            assert [report_period_of(code).name for code in ("2026-q3", "2026-m07")] == names
    assert report_period_of("2024-1") == period_of("2024-1")


# --- Words for sums ----------------------------------------------------------------------------------


def test_round_words_never_promise_more_than_there_is():
    for language, wanted in {
        "ru": ["более 20 млн рублей", "20 млн рублей", "более 1,9 млн рублей", "около 212 000 €"],
        "en": ["over 20 million roubles", "20 million roubles", "over 1.9 million roubles", "about €212,000"],
    }.items():
        with translation.override(language):
            sums = ("20140000", "20000000", "1999999.99")
            found = [at_least(Decimal(each), "RUB") for each in sums] + [about(Decimal("212000"), "EUR")]
            assert [each.replace("\u00a0", " ") for each in found] == wanted
            assert "212" in about(Decimal("211987.40"), "EUR")
            assert figures(Decimal("-1234.5"), cents=True)[0] == "−"


# --- The picture -------------------------------------------------------------------------------------


def told(*sums):
    codes = ("2025-q4", "2026-q1", "2026-q2", "2026-q3")
    return [
        Told(report_period_of(code), Decimal(came), Decimal(went))
        for code, (came, went) in zip(codes, sums, strict=False)
    ]


def per_cent(text):
    assert text.endswith("%")
    return float(text[:-1])


@SOME
@given(st.lists(st.tuples(CENTS, CENTS), min_size=2, max_size=4))
def test_columns_are_as_high_as_their_sums_and_stand_side_by_side(sums):
    places = chart_of(told(*sums)).places
    most = float(max(max(pair) for pair in sums))
    edge = 0.0
    for place, pair in zip(places, sums, strict=True):
        for column, amount in zip((place.received, place.spent), pair, strict=True):
            height = per_cent(column.height)
            assert height == pytest.approx((BASE - TOP) * float(amount) / most, abs=0.006)
            assert per_cent(column.y) + height == pytest.approx(BASE, abs=0.011)
            assert per_cent(column.x) >= edge - 0.011
            edge = per_cent(column.x) + per_cent(column.width)
        assert 0 <= per_cent(place.number_y) <= BASE
    assert edge <= 100.01


def test_periods_of_one_length_stand_in_a_picture_and_one_alone_in_none():
    quarters = told((10_000, 5_000), (24_000, 20_000), (0, 0))
    year = Told(report_period_of("2025"), Decimal(90_000), Decimal(80_000))
    chart = chart_of([year, *reversed(quarters)])
    assert [place.name for place in chart.places] == ["IV", "I", "II"]
    assert [place.under for place in chart.places] == ["2025", "2026", ""]
    assert [place.number for place in chart.places] == ["10", "24", "0"]
    assert chart_of([year]) is chart_of([]) is None
