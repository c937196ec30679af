"""Addresses for letters are taken apart without a guess, and nothing of them is lost."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prisoners.importers.person_names import split_name
from prisoners.importers.wordpress.letters import State, has_stem_of, parse_letter
from prisoners.importers.wordpress.meanings import stated_code
from prisoners.importers.wordpress.titles import name_of_title

WHOLE = (
    "443021, г. Заречье, ул. Садовая, д. 22, ФКУ СИЗО-1 УФСИН России по Заречной области, "
    "Горинцеву Ивану Петровичу 1987 г. р."
)


@pytest.mark.parametrize(
    "text",
    [
        f"Письма: {WHOLE}",
        f"Адрес для писем:\n{WHOLE}",
        WHOLE.replace(", ", "\n"),
        WHOLE.replace(" ", "\u00a0"),
        "ФКУ СИЗО-1 УФСИН России по Заречной области; ул. Садовая, д. 22; город Заречье; 443021; "
        "Горинцеву Ивану Петровичу (1987 г.р.)",
    ],
)
def test_a_whole_address_in_every_order(text):
    found = parse_letter(text)
    assert found.state is State.ADDRESS
    assert (found.index, found.town, found.number) == ("443021", "Заречье", "СИЗО-1")
    assert found.street == "ул. Садовая, д. 22"
    assert found.addressee == "Горинцеву Ивану Петровичу"
    assert "1987" in found.born
    assert found.rest == []
    assert found.name == "СИЗО-1, Заречье"


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Адрес уточняется", State.UNKNOWN),
        ("Письма: адрес пока неизвестен.", State.UNKNOWN),
        ("Где находится, неизвестно: место нахождения не известно", State.UNKNOWN),
        ("На этапе", State.TRANSIT),
        ("Этапирован в другой регион, адрес уточняется", State.TRANSIT),
        ("Находится под домашним арестом, письма запрещены", State.HOUSE_ARREST),
        (f"Домашний арест. Раньше: {WHOLE}", State.HOUSE_ARREST),
        ("Освобождён в 2023 году", State.AT_LARGE),
        ("Скончался", State.AT_LARGE),
        ("", State.NOTHING),
        ("Пишите через нас", State.NOTHING),
        (f"{WHOLE}. Прибыл этапом в мае", State.ADDRESS),
    ],
)
def test_what_is_said_instead_of_an_address(text, state):
    assert parse_letter(text).state is state


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ИК-3", ""),
        ("СИЗО-1, 443021", ""),
        ("ИК № 6, пос. Мелкий", "ИК-6, Мелкий"),
        ("СИЗО–2 «Белая башня», г. Заречье", "СИЗО-2 «Белая башня», Заречье"),
        ("Заречная область, 443020, Верхнереченск, ИК - 914/2", "ИК-914/2, Верхнереченск"),
        ("КП-7, Заречная область", "КП-7, Заречная область"),
        ("Иван Горинцев живёт в Заречье", ""),
    ],
)
def test_an_institution_has_a_town_or_is_left_to_people(text, name):
    assert parse_letter(text).name == name


def test_e_letters_are_understood():
    found = parse_letter(f"Через «ФСИН-письмо»: {WHOLE}")
    assert (found.e_letters, found.name, found.rest) == ("ФСИН-письмо", "СИЗО-1, Заречье", [])


def test_a_home_is_no_institution():
    assert parse_letter("г. Заречье, ул. Тихая, д. 3, кв. 8").looks_like_a_home
    assert not parse_letter(WHOLE).looks_like_a_home


PIECES = st.lists(
    st.sampled_from(
        ["443021", "г. Заречье", "ул. Садовая", "д. 22", "ФКУ СИЗО-1", "Горинцеву Ивану", "1987 г. р.",
         "Заречная область", "оф. 5", "ФСИН-письмо", "дежурная часть", "ИК-6", "Луговой Анне", "660000", "а/я 12"]
    ),
    max_size=9,
)  # fmt: skip


@given(PIECES, st.sampled_from([", ", "\n", "; ", ",,"]))
def test_every_word_ends_in_one_piece(pieces, separator):
    text = separator.join(pieces)
    assert _letters(_all_of(parse_letter(text))) == _letters(text)


@settings(max_examples=200)
@given(st.text(st.sampled_from("абвг АБВ.,;\n«»-/0123456789№СИЗОКул"), max_size=80))
def test_no_word_of_any_text_is_lost(text):
    assert _letters(_all_of(parse_letter(text))) == _letters(text)


def _all_of(found):
    return " ".join(
        [found.index, found.region, found.city, found.street, found.institution, found.addressee, found.born,
         *found.labels, *found.rest]
    )  # fmt: skip


def _letters(text):
    return sorted(re.findall(r"[^\W_]", text))


# --- Names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dative", "surname", "given", "same"),
    [
        ("Горинцеву Ивану Петровичу", "Горинцев", "Иван", True),
        ("Горинцевой Анне", "Горинцева", "Анна", True),
        ("Туминцеву Льву", "Туминцев", "Лев", True),
        ("Туминцеву Петру", "Туминцев", "Пётр", True),
        ("Ветровскому Илье", "Ветровский", "Илья", True),
        ("Луговой Анне", "Горинцева", "Анна", False),
        ("Горинцеву Петру", "Горинцев", "Иван", False),
        ("Горинцеву", "Горинцев", "Иван", False),
    ],
)
def test_a_dative_is_of_that_name_or_not(dative, surname, given, same):
    assert has_stem_of(dative, surname, given) is same


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("ГОРИНЦЕВ&nbsp;Иван  Петрович", "Горинцев Иван Петрович"),
        ("Горинцев Иван, 1987 г. р.", "Горинцев Иван"),
        ("Горинцев Иван (1987 г.р.)", "Горинцев Иван"),
        ("Горинцева-ВЕТРОВА Анна", "Горинцева-Ветрова Анна"),
        ("<b>Горинцев</b> Иван\u200b", "Горинцев Иван"),
        ("Горинцев Иван (Ваня)", "Горинцев Иван (Ваня)"),
        ("&amp;laquo;Житель Заречья&amp;raquo;", "«Житель Заречья»"),
    ],
)
def test_a_title_is_a_name(title, wanted):
    assert name_of_title(title) == wanted


NAMES = st.lists(
    st.sampled_from(["Горинцев", "ВЕТРОВА", "Иван", "Анна", "Петрович", "Ахмед", "оглы"]),
    min_size=1,
    max_size=4,
)


@given(NAMES, st.sampled_from(["", ", 1987 г. р.", " (1987 г.р.)", "&nbsp;"]))
def test_no_word_of_a_name_is_lost(words, tail):
    name = name_of_title(" ".join(words) + tail)
    assert name.casefold().split() == [word.casefold() for word in words]
    split = split_name(name, "surname given patronymic")
    assert sorted(f"{split.surname} {split.given_names} {split.patronymic}".split()) == sorted(name.split())


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (["ч. 2 ст. 207.3 УК РФ"], "uk-rf"),
        (["ст. 205 УК РФ", "ст. 207.3 УК РФ"], "uk-rf"),
        (["ст. 205 УК РФ", "ст. 207.3"], ""),
        (["ст. 205"], ""),
        (["ст. 20.2 КоАП РФ"], "koap-rf"),
        (["ст. 205 УК РФ", "ст. 20.2 КоАП РФ"], ""),
        (["ст. 110 УК Украины"], "uk-ua"),
        ([], ""),
    ],
)
def test_a_code_of_law_is_stated_or_unknown(said, code):
    assert stated_code(said) == code
