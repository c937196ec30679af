"""Imported charges become structured only where nothing about them is uncertain."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.references import structure_charges
from prisoners.choices import LegalCode
from tests.cases_references.shorthand import shorthand
from tests.cases_references.strategies import texts


def structured(text, code="", language="ru", **more):
    charges = structure_charges(text, code, language, **more)
    return charges if charges is None else [shorthand(charge.reference) for charge in charges]


def test_a_text_that_states_its_code_is_structured_with_its_words():
    charges = structure_charges("ч. 3 ст. 30, ч. 1 ст. 205, ч. 2 ст. 222 УК РФ")
    assert [shorthand(charge.reference) for charge in charges] == ["uk-rf:205/1 attempt", "uk-rf:222/2"]
    assert [charge.wording for charge in charges] == ["ч. 3 ст. 30, ч. 1 ст. 205", "ч. 2 ст. 222 УК РФ"]


@pytest.mark.parametrize(
    ("text", "code", "language", "expected"),
    [
        ("ч. 2 ст. 205.2; ч. 1 ст. 207.3", "uk-rf", "ru", ["uk-rf:205.2/2", "uk-rf:207.3/1"]),
        ("ст. 275 УК", "uk-rf", "ru", ["uk-rf:275"]),
        ("ст. 275 УК", "uk-dnr", "ru", ["uk-dnr:275"]),
        ("ч. 1 ст. 20.3.3 КоАП", "koap-rf", "ru", ["koap-rf:20.3.3/1"]),
        ("Art. 207.3(2)(e) of the Criminal Code", "uk-rf", "en", ["uk-rf:207.3/2/д"]),
        ("ст. 275 УК РФ", "koap-rf", "ru", ["uk-rf:275"]),
    ],
)
def test_a_code_beside_the_text_stands_for_what_states_none(text, code, language, expected):
    assert structured(text, code, language) == expected


def test_another_code_beside_the_text_needs_its_name():
    assert structured("ст. 361", "other", code_name="УК Беларуси") == ["other[УК Беларуси]:361"]
    assert structured("ст. 361", "other") is None
    assert structured("ст. 361 УК", "other", code_name="УК Беларуси") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "uk-rf"),
        ("фейки об армии", "uk-rf"),
        ("ч. 2 ст. 207.3", ""),
        ("ч. 2 ст. 207.3 УК", ""),
        ("ст. 19.3 КоАП", "uk-rf"),
        ("ст. 275 УК", "koap-rf"),
        ("ст. 20.3 УК", "koap-rf"),
        ("ч. 2 ст. 207.3 УК РФ («фейки»)", ""),
        ("ст. 275–276", "uk-rf"),
        ("ч. 2 ст. 30, ч. 1 ст. 205 УК РФ", ""),
        ("ч. 5 ст. 33 УК РФ", ""),
        ("ч. 3 ст. 69 УК РФ", ""),
        ("ч. 2 ст. 15, ч. 1 ст. 115 УК Украины", ""),
        ("ч. 3 ст. 30, ч. 1 ст. 115", "uk-ua"),
        ("ч. 2 ст. 34, ст. 430 УК «ДНР»", ""),
        ("ч. 1 ст. 205 УК РФ, ч. 1 ст. 205 УК РФ", ""),
        ("УК РФ ст. 205, ст. 206 УК Украины", "uk-rf"),
        ("ст. 5 КоАП РФ", ""),
    ],
)
def test_what_is_uncertain_is_left_to_staff(text, code):
    assert structured(text, code) is None


@settings(max_examples=150, deadline=None)
@given(texts(), st.sampled_from(["", *LegalCode.values]), st.sampled_from(["ru", "en"]))
def test_no_text_makes_it_fail_and_every_charge_has_a_code(text, code, language):
    charges = structure_charges(text, code, language)
    assert charges is None or (charges and all(charge.reference.code for charge in charges))
