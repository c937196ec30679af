"""How people really write references: `spellings.csv` says what each means, and what is not certain in it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cases.references import read_references
from tests.cases_references.shorthand import shorthand

with (Path(__file__).parent / "spellings.csv").open(encoding="utf-8", newline="") as file:
    SPELLINGS = list(csv.DictReader(file))


def test_the_table_is_long_and_says_each_thing_once():
    assert len(SPELLINGS) >= 250
    assert len({(row["text"], row["language"]) for row in SPELLINGS}) == len(SPELLINGS)
    assert sum(row["sure"] == "no" for row in SPELLINGS) >= 40


@pytest.mark.parametrize("row", SPELLINGS, ids=lambda row: row["text"][:40])
def test_a_spelling_means_what_the_table_says(row):
    reading = read_references(row["text"], row["language"])
    assert " | ".join(map(shorthand, reading.references)) == row["means"]
    assert reading.is_sure is (row["sure"] == "yes")
    assert " | ".join(remainder.text for remainder in reading.not_understood) == row["not_understood"]


@pytest.mark.parametrize(
    "row", [row for row in SPELLINGS if row["language"] == "ru"], ids=lambda row: row["text"][:40]
)
def test_non_breaking_spaces_and_doubled_ones_change_nothing(row):
    for space in ("\u00a0", "  ", " \u200b"):
        reading = read_references(row["text"].replace(" ", space), "ru")
        assert " | ".join(map(shorthand, reading.references)) == row["means"]


def test_places_are_those_of_the_text():
    text = "Обвинение:  п. «д»\u00a0ч. 2 ст.\u00adст. 207.3 УК РФ; неясно; ст. 275 УК РФ"
    first, second = read_references(text).found
    assert text[first.start : first.end] == "п. «д»\u00a0ч. 2 ст.\u00adст. 207.3 УК РФ"
    assert text[second.start : second.end] == "ст. 275 УК РФ"
    (unclear,) = read_references(text).not_understood
    assert text[unclear.start : unclear.end] == unclear.text == "неясно"


def test_latin_letters_in_brackets_are_ordinals_in_english_and_uncertain_in_russian():
    assert read_references("207.3(2)(e) УК РФ", "en").references[0].points == ("д",)
    russian = read_references("207.3(2)(e) УК РФ", "ru")
    assert not russian.is_sure
    assert read_references("207.3(2)(a) УК РФ", "ru").references[0].points == ("а",)


def test_what_is_said_of_a_code_without_a_state_is_kept():
    (found,) = read_references("ст. 275 УК").found
    assert (found.reference.code, found.kind) == ("", "criminal")
    (found,) = read_references("ст. 19.3 КоАП").found
    assert (found.reference.code, found.kind) == ("", "administrative")
