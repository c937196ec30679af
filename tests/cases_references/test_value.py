"""What no reference can be is refused; numbers have a natural order, here and in SQL."""

from __future__ import annotations

import random

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.references import (
    ArticleReference,
    article_order,
    article_slug,
    english_point,
    russian_point,
)
from cases.references.points import ENGLISH, RUSSIAN
from tests.cases_references.strategies import dotted, hyphened, parts


@pytest.mark.parametrize(
    "values",
    [
        {"article": ""},
        {"article": "0"},
        {"article": "2073"},
        {"article": "207.3."},
        {"article": "207,3"},
        {"article": "114-1"},
        {"article": "114-1", "code": "uk-rf"},
        {"article": "205", "code": "uk"},
        {"article": "205", "part": "а"},
        {"article": "205", "part": "100"},
        {"article": "205", "points": ("ё",)},
        {"article": "205", "points": ("a",)},
        {"article": "205", "points": ("а", "а")},
        {"article": "205", "attempt": "prepared"},
        {"article": "205", "complicity": "6"},
        {"article": "205", "complicity": "5,3"},
        {"article": "205", "complicity": "3,3"},
        {"article": "205", "complicity": "3, 5"},
        {"article": "205", "complicity": "5", "code": "uk-ua"},
        {"article": "205", "attempt": "attempt", "code": "koap-rf"},
        {"article": "30", "part": "3"},
        {"article": "33", "code": "uk-rf"},
        {"article": "205", "episodes": 0},
        {"article": "205", "episodes": 1000},
        {"article": "205", "edition": "32"},
        {"article": "205", "edition": "32-ФЗ "},
        {"article": "205", "edition": "2022-02-30"},
        {"article": "205", "code_name": "УК Беларуси"},
        {"article": "205", "code": "other"},
        {"article": "205", "code": "other", "code_name": "УК РФ"},
        {"article": "205", "code": "other", "code_name": "УК"},
        {"article": "205", "code": "other", "code_name": "«Закон»"},
        {"article": "205", "code": "other", "code_name": "две  строки"},
    ],
)
def test_what_is_no_reference_is_refused(values):
    with pytest.raises(ValueError, match=r"not a reference|not an edition|not a valid|month|day"):
        ArticleReference(**values)


def test_articles_30_and_33_of_other_codes_are_articles():
    assert ArticleReference("30", "uk-ua", "3").article == "30"
    assert ArticleReference("33", "uk-rf", "6").article == "33"


def test_natural_order():
    numbers = [
        "5.26",
        "20.2",
        "20.2.2",
        "20.3",
        "20.3.1",
        "20.29",
        "30",
        "207",
        "207.3",
        "208",
        "280",
        "280.10",
        "281",
    ]
    numbers.insert(numbers.index("281"), "280.11")
    shuffled = random.Random(7).sample(numbers, len(numbers))
    assert sorted(shuffled, key=article_order) == numbers
    assert article_order("207.3") == "0207.0003"
    assert sorted(["10", "2", "1.1", "1", ""], key=article_order) == ["", "1", "1.1", "2", "10"]
    assert article_order("114-1") == article_order("114.1")
    assert article_slug("uk-rf", "207.3") == "uk-rf-207.3"


@given(dotted, dotted)
def test_order_is_that_of_the_numbers(first, second):
    by_numbers = [int(part) for part in first.split(".")] < [int(part) for part in second.split(".")]
    assert (article_order(first) < article_order(second)) is by_numbers


@pytest.mark.django_db
def test_the_order_in_sql_is_the_order_in_python():
    drawn: list[str] = ["", "207.3", "280.10", "114-1", "20.3.3"]

    @settings(max_examples=60, database=None)
    @given(st.one_of(dotted, hyphened, parts))
    def draw(number):
        drawn.append(number)

    draw()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, memorial_article_key(number) FROM unnest(%s::text[]) AS number", [drawn]
        )
        assert dict(cursor.fetchall()) == {number: article_order(number) for number in drawn}


def test_points_of_both_languages_match_one_to_one():
    assert len(RUSSIAN) == len(ENGLISH) == 26
    assert [english_point(letter) for letter in "абвгдежзик"] == list("abcdefghij")
    assert english_point("е.1") == "f.1"
    assert all(russian_point(english_point(letter)) == letter for letter in RUSSIAN)
