import pytest
from hypothesis import given
from hypothesis import strategies as st

from prisoners.importers.errors import CellError
from prisoners.importers.person_names import GIVEN_FIRST, SURNAME_FIRST, SplitName, is_particle, split_name

RU = "абвгдежзиклмнопрстуфхчшэюя"
EN = "abcdefghijklmnopqrstuvwxyzəğışç"
# «-о» and «-x» at the end: no Russian patronymic, no particle.
ru_word = st.text(RU, min_size=3, max_size=12).map(lambda word: word.capitalize() + "о")
en_word = st.text(EN, min_size=3, max_size=12).map(lambda word: word.capitalize() + "x")
particle = st.sampled_from(["oglu", "oğlu", "qızı", "qizi", "kyzy", "ogly"])
ru_particle = st.sampled_from(["оглы", "кызы", "гызы", "оглу"])


@pytest.mark.parametrize(
    ("text", "surname", "given_names", "patronymic", "other"),
    [
        ("Abdul Manaf oglu Gorin", "Gorin", "Abdul", "Manaf oglu", ""),
        ("Faraj Vetrov, Raqif oğlu", "Vetrov", "Faraj", "Raqif oğlu", ""),
        ("Leyla Polyana (Leyla Islam qızı Polyanova)", "Polyana", "Leyla", "", "Leyla Islam qızı Polyanova"),
        ("Timur Adamovich Gorintsev", "Gorintsev", "Timur", "Adamovich", ""),
        ("Mary Jane Vetrova", "Vetrova", "Mary Jane", "", ""),
        ("Gorintsev, Timur Adamovich", "Gorintsev", "Timur", "Adamovich", ""),
        ("Timur", "", "Timur", "", ""),
    ],
)
def test_given_names_first(text, surname, given_names, patronymic, other):
    assert split_name(text, GIVEN_FIRST) == SplitName(surname, given_names, patronymic, other)


@pytest.mark.parametrize(
    ("text", "surname", "given_names", "patronymic"),
    [
        ("Горинцев Тимур Адамович", "Горинцев", "Тимур", "Адамович"),
        ("Мирзоян-Тихий Рауф Али оглы", "Мирзоян-Тихий", "Рауф", "Али оглы"),
        ("Кызылова Лейла Исмаил кызы", "Кызылова", "Лейла", "Исмаил кызы"),
        ("Единов", "Единов", "", ""),
        ("Снежин Лев", "Снежин", "Лев", ""),
        ("Лазоревская Анна Мария", "Лазоревская", "Анна Мария", ""),
        ("Лазоревская Вера Ильинична", "Лазоревская", "Вера", "Ильинична"),
    ],
)
def test_surname_first(text, surname, given_names, patronymic):
    assert split_name(text, SURNAME_FIRST) == SplitName(surname, given_names, patronymic)


@pytest.mark.parametrize("text", ["", "...", "17", "Vetrov (Egor", "Vetrov) Egor", "Ivanov, Petrov, Sidorov"])
def test_what_is_no_name_is_refused(text):
    with pytest.raises(CellError):
        split_name(text, GIVEN_FIRST)


@given(en_word, en_word, en_word, particle)
def test_a_name_with_a_particle_comes_apart_as_it_was_put_together(name, father, surname, word):
    split = split_name(f"{name} {father} {word} {surname}", GIVEN_FIRST)
    assert split == SplitName(surname, name, f"{father} {word}")
    assert split_name(f"{name} {surname}, {father} {word}", GIVEN_FIRST) == split
    assert split.gender == ("m" if word in ("oglu", "oğlu", "ogly") else "f")


@given(ru_word, st.lists(ru_word, min_size=1, max_size=3), ru_word, ru_particle)
def test_a_russian_order_comes_apart_as_it_was_put_together(surname, names, father, word):
    given_names = " ".join(names)
    assert split_name(f"{surname} {given_names} {father} {word}", SURNAME_FIRST) == SplitName(
        surname, given_names, f"{father} {word}"
    )


@given(
    st.text(RU + RU.upper() + EN + " ,().'’-ё", max_size=60).filter(lambda text: text.strip()),
    st.sampled_from([GIVEN_FIRST, SURNAME_FIRST]),
)
def test_no_word_is_lost_and_none_invented(text, order):
    try:
        split = split_name(text, order)
    except CellError:
        return
    parts = (split.surname, split.given_names, split.patronymic, split.other)
    words = sorted(word for part in parts for word in part.replace(",", " ").split())
    assert words == sorted(text.replace("(", " ").replace(")", " ").replace(",", " ").split())
    assert split.surname or split.given_names


@pytest.mark.parametrize("word", ["oglu", "OĞLU", "Qızı", "QIZI", "оглы", "КЫЗЫ"])
def test_particles_are_known_in_any_case(word):
    assert is_particle(word)


def test_a_surname_is_no_particle():
    assert not is_particle("Кызылова")


def test_the_other_name_tells_the_gender_too():
    assert split_name("Leyla Polyana (Leyla Islam qızı Polyanova)", GIVEN_FIRST).gender == "f"
    assert split_name("Robin Polyana", GIVEN_FIRST).gender == ""
