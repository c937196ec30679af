"""Typography, plurals, and words by gender."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memorial.base.gender import Gender, gendered
from memorial.base.typography import NBSP, curled, grouped_number, plural_ru, quoted, typeset

RUSSIAN_TEXT = st.text(alphabet="абвия АБ12345678 .,—«»-гр№же\u00a0\n", max_size=60)


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (0, "лет"),
        (1, "год"),
        (2, "года"),
        (4, "года"),
        (5, "лет"),
        (11, "лет"),
        (12, "лет"),
        (14, "лет"),
        (20, "лет"),
        (21, "год"),
        (22, "года"),
        (25, "лет"),
        (100, "лет"),
        (101, "год"),
        (111, "лет"),
        (112, "лет"),
        (1001, "год"),
        (-1, "год"),
        (-12, "лет"),
    ],
)
def test_plural_ru(number, form):
    assert plural_ru(number, "год", "года", "лет") == form


@pytest.mark.parametrize(
    ("number", "russian", "english"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1000, "1_000", "1,000"),
        (1612, "1_612", "1,612"),
        (20_000_000, "20_000_000", "20,000,000"),
    ],
)
def test_grouped_number(number, russian, english):
    assert grouped_number(number, "ru").replace(NBSP, "_") == russian
    assert grouped_number(number, "en") == english


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ("Суд в городе не имел права", "Суд в_городе не_имел права"),
        ("я и он в доме", "я_и_он_в_доме"),
        ("она в доме — и одна", "она в_доме_— и_одна"),
        ("Родилась в 1987 г. р.", "Родилась в_1987_г._р."),
        ("1987 г.р.", "1987_г._р."),
        ("п. «д» ч. 2 ст. 207.3 УК РФ", "п._«д» ч._2 ст._207.3 УК_РФ"),
        ("1 612 человек", "1_612_человек"),
        ("14 марта 2023 года", "14_марта_2023_года"),
        ("с 20 ноября 2023", "с_20_ноября_2023"),
        ("он же сказал бы", "он_же_сказал_бы"),
        ("№ 5", "№_5"),
        ("7 400 €", "7_400_€"),
        ("из-за него", "из-за него"),
        ("в «Мемориале»", "в_«Мемориале»"),
        ("Прошёл год. Потом суд", "Прошёл год. Потом суд"),
        ("Вот. Нет слов", "Вот. Нет слов"),
        ("", ""),
    ],
)
def test_typeset_russian(plain, expected):
    assert typeset(plain, "ru").replace(NBSP, "_") == expected


def test_typeset_english_keeps_only_the_dash():
    assert typeset("He is in a colony — not at home", "en") == f"He is in a colony{NBSP}— not at home"


@given(RUSSIAN_TEXT, st.sampled_from(["ru", "en"]))
def test_typeset_changes_spaces_only_and_can_be_repeated(text, language):
    once = typeset(text, language)
    assert typeset(once, language) == once
    assert once.replace(NBSP, "").replace(" ", "") == text.replace(NBSP, "").replace(" ", "")


@pytest.mark.parametrize(
    ("straight", "printed"),
    [
        ("'Fakes' about the army", "‘Fakes’ about the army"),
        ("Russia's military glory", "Russia’s military glory"),
        ("called 'extremist' (\"a 'cell'\")", "called ‘extremist’ (“a ‘cell’”)"),
        ("in the '90s", "in the ’90s"),
        ("‘Fakes’ isn’t new", "‘Fakes’ isn’t new"),
        ("an 'order'-'cell' case", "an ‘order’-‘cell’ case"),
    ],
)
def test_curled_prints_english_quotes(straight, printed):
    assert curled(straight, "en") == printed
    assert curled(printed, "en") == printed
    assert curled(straight, "ru") == straight


def test_quoted_turns_inner_quotes():
    assert quoted("«Дискредитация» армии", "ru") == "«„Дискредитация“ армии»"
    assert quoted("‘Fakes’ about the army", "en") == "‘“Fakes” about the army’"
    assert quoted("isn’t ‘so’", "en") == "‘isn’t “so”’"
    assert quoted("слово", "ru") == "«слово»"


@pytest.mark.parametrize(
    ("gender", "word"),
    [
        (Gender.FEMALE, "осуждена"),
        ("f", "осуждена"),
        (Gender.MALE, "осуждён"),
        ("m", "осуждён"),
        (Gender.UNKNOWN, "есть приговор"),
        ("", "есть приговор"),
        ("x", "есть приговор"),
    ],
)
def test_gendered(gender, word):
    assert gendered(gender, "осуждена", "осуждён", "есть приговор") == word
