"""What is written is read back as the same, and no text makes the reader fail."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cases.references import (
    ArticleReference,
    ReferenceStyle,
    read_references,
    write_reference,
    write_references,
)
from tests.cases_references.strategies import references, texts

LANGUAGES = st.sampled_from(["ru", "en"])
STYLES = st.sampled_from(ReferenceStyle)


@settings(max_examples=150, deadline=None)
@given(references(), LANGUAGES, STYLES, st.booleans())
@example(ArticleReference("205", "uk-rf", "2", ("а",), "attempt", "5"), "ru", "short", False)
@example(ArticleReference("105", "uk-rf", "2", ("е.1",)), "en", "full", False)
@example(ArticleReference("115", "uk-ua", "", ("6", "1")), "en", "short", False)
@example(ArticleReference("205", "uk-rf", complicity="3,5", attempt="article_30"), "en", "full", False)
def test_a_reference_is_read_back(reference, language, style, inside):
    written = write_reference(reference, language, style=style, inside_quotes=inside)
    reading = read_references(written, language)
    assert reading.references == [reference], written
    assert reading.not_understood == ()
    assert reading.is_sure is bool(reference.code)


@settings(max_examples=80, deadline=None)
@given(st.lists(references(), min_size=2, max_size=6), LANGUAGES, STYLES)
def test_a_list_is_read_back(several, language, style):
    written = write_references(several, language, style=style)
    reading = read_references(written, language)
    assert reading.references == several, written
    assert reading.not_understood == ()


@settings(max_examples=150, deadline=None)
@given(references(), LANGUAGES, STYLES)
def test_it_is_read_back_with_plain_spaces_and_in_capitals_too(reference, language, style):
    written = write_reference(reference, language, style=style).replace("\u00a0", " ")
    assert read_references(written, language).references == [reference]
    if not reference.code_name:
        assert read_references(written.upper(), language).references == [reference]


@settings(max_examples=200, deadline=None)
@given(texts(), LANGUAGES)
@example("ст. 0 УК РФ", "ru")
@example("ч. 99 ст. 30 ст. 33 ч. 9 УК РФ", "ru")
@example("ст. 205 (2(а УК РФ", "ru")
@example("п. «", "ru")
@example("в ред. ФЗ от 99.99.9999 № 0-ФЗ", "ru")
def test_any_text_is_read_without_fail_and_places_are_true(text, language):
    reading = read_references(text, language)
    for found in reading.found:
        assert 0 <= found.start < found.end <= len(text)
        assert any(character.isdigit() for character in text[found.start : found.end])
    for remainder in reading.not_understood:
        assert text[remainder.start : remainder.end] == remainder.text != ""
    starts = [found.start for found in reading.found]
    assert starts == sorted(starts)


@settings(max_examples=80, deadline=None)
@given(texts(), LANGUAGES)
def test_what_was_read_from_any_text_can_be_written_and_read_again(text, language):
    found = read_references(text, language).references
    for target in ("ru", "en"):
        assert read_references(write_references(found, target), target).references == found


@settings(max_examples=80, deadline=None)
@given(texts(), LANGUAGES)
def test_no_code_is_stated_that_the_text_does_not_state(text, language):
    """Without the words that name a code there is no code, whatever else is said."""
    named = any(word in text.lower() for word in ("к", "k", "c", "code", "с"))
    if not named:
        assert all(reference.code == "" for reference in read_references(text, language).references)


@pytest.mark.parametrize(
    "unit",
    [
        "ч. ",
        "п. «",
        "ст. 205, ",
        "ч. 1, ",
        "(((",
        "в ред. ",
        "уголовного кодекса ",
        '"',
        "1.",
        "2 ",
        "и ",
        "п. а, ",
        "ст. 205 (2)",
    ],
)
def test_time_is_linear(unit):
    """Eight times the text takes about eight times as long; were it squares, it would be 64 times."""
    short, long = unit * 250, unit * 2_000
    read_references(short)
    assert _seconds(long) < 24 * max(_seconds(short), 0.002)


def _seconds(text):
    """The least of three trials, in time of this process: other work on the machine does not count."""
    trials = []
    for _trial in range(3):
        begun = time.process_time()
        read_references(text)
        trials.append(time.process_time() - begun)
    return min(trials)
