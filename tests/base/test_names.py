"""Names: the sort key in two languages of programming, Latin letters, addresses, the dative."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import example, given, settings
from hypothesis import strategies as st

import memorial.base
from memorial.base import dative, name_key
from memorial.base.gender import Gender
from memorial.base.names import (
    dative_suggestion,
    initials_of,
    looks_like_same_name,
    make_slug,
    name_skeleton,
    random_slug,
    romanise,
    sort_key,
)

NBSP = "\u00a0"

# --- Sort key -----------------------------------------------------------------------------------


def sort_key_in_sql(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT memorial_sort_key(%s)", [text])
        return cursor.fetchone()[0]


NAMES = st.text(
    alphabet=name_key.LETTERS_FROM
    + name_key.LETTERS_TO
    + name_key.SPACES
    + name_key.DROPPED
    + " \u0308\u0306",
    max_size=30,
)
# Letters of every script; composition of the newest ones may differ by the version of Unicode.
LETTERS = st.text(st.characters(categories=["L", "M", "N", "P", "Z"], max_codepoint=0x2FFF), max_size=20)


@pytest.mark.django_db
@given(NAMES | LETTERS)
@example("Ёлкин-Алёнин")
@example("Е\u0308лкин")
@example("О’Брайен  д'Артаньян")
@example("İbrahim ĞÜL Cəfərov")
@example("")
@example(" - ")
@settings(max_examples=500)
def test_sort_key_is_the_same_in_sql(text):
    assert sort_key_in_sql(text) == sort_key(text)


@pytest.mark.django_db
def test_sort_key_is_the_same_in_sql_for_every_letter():
    letters = [chr(code) for code in range(1, 0x3000)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT memorial_sort_key('а' || letter || 'б')"
            " FROM unnest(%s::text[]) WITH ORDINALITY AS x(letter, place) ORDER BY place",
            [letters],
        )
        found = [row[0] for row in cursor]
    assert found == [sort_key(f"а{letter}б") for letter in letters]


def test_sql_file_has_the_lists_of_the_module():
    """A list that is changed in one place only gives two orders."""
    sql = (Path(memorial.base.__file__).parent / "sql" / "names.sql").read_text(encoding="utf-8")
    assert f"E'{name_key.LETTERS_FROM}'" in sql
    assert f"E'{name_key.LETTERS_TO}'" in sql
    assert f"repeat(' ', {len(name_key.SPACES)})" in sql


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Кара-Мурза", "кара мурза"),
        ("КАРА  МУРЗА ", "кара мурза"),
        ("Алёна", "алена"),
        ("Але\u0301на", "алена"),
        ("О’Брайен", "обрайен"),
        ("«Имя»", "имя"),
        ("К. Н.", "к н"),
        ("Ґалаґан Їжак Єва", "ґалаґан їжак єва"),
        ("Әлия", "әлия"),
        ("İlham Əliyev", "ilham əliyev"),
        ("Ялы\u2011Кайнарский", "ялы кайнарский"),
    ],
)
def test_sort_key(text, key):
    assert sort_key(text) == key


@given(st.text(max_size=30))
def test_sort_key_of_a_sort_key_is_itself(text):
    assert sort_key(sort_key(text)) == sort_key(text)


# --- Latin letters ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Рождественская-Переверзева", "Rozhdestvenskaya-Pereverzeva"),
        ("Тихомандрицкий", "Tikhomandritsky"),
        ("Вышнепольский-Ягужинский", "Vyshnepolsky-Yaguzhinsky"),
        ("Игнатий", "Ignaty"),
        ("Щеголеватых Юлия", "Shchegolevatykh Yulia"),
        ("Александра", "Alexandra"),
        ("Максим", "Maxim"),
        ("Ульяна", "Ulyana"),
        ("Юрьев", "Yuryev"),
        ("Ёлкин", "Yolkin"),
        ("Алёна", "Alyona"),
        ("Объедков", "Obyedkov"),
        ("Соловьёв", "Solovyov"),
        ("Ильич", "Ilyich"),
        ("Майя", "Mayya"),
        ("О’Брайен", "O’Brayen"),
        ("ЩУКИН", "SHCHUKIN"),
        ("Мансур оглы", "Mansur ogly"),
        ("Дем’яненко Іван", "Demianenko Ivan"),
        ("Гончар Іван", "Honchar Ivan"),
        ("Їжак Юрій", "Yizhak Yurii"),
        ("Згурський Євген", "Zghurskyi Yevhen"),
        ("Скоропадський", "Skoropadskyi"),
        ("Ґалаґан", "Galagan"),
        ("Қайрат Әлиев", "Qayrat Aliyev"),
        ("Гөлнара Җәлилова", "Golnara Jalilova"),
        ("Нұрсұлтан Серікұлы", "Nursultan Serikuly"),
        ("Салаватҙың Һиҙиәт", "Salavatzyng Hiziat"),
        ("Хӏамид", "Khamid"),
        ("Cəfərov Əli", "Cəfərov Əli"),
        ("", ""),
    ],
)
def test_romanise(name, latin):
    assert romanise(name) == latin


RUSSIAN_AND_UKRAINIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ"
OTHER_PEOPLES = "әғҕқҡҙҗңҥөҫұүһӑӗӱӳӕјҷҳӣӯўӏѓќџљњђӧӓӝӟӥӈ"


@pytest.mark.parametrize("letter", RUSSIAN_AND_UKRAINIAN + OTHER_PEOPLES)
def test_every_letter_has_latin_letters(letter):
    for name in (f"А{letter}а", f"{letter}а", f"{letter.upper()}а", f"А{letter.upper()}А"):
        assert romanise(name).isascii(), name


# --- Addresses ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("surname", "given", "slug"),
    [
        ("Рождественская-Переверзева", "Александра", "rozhdestvenskaya-pereverzeva-alexandra"),
        ("Дем’яненко", "Іван", "demianenko-ivan"),
        ("Cəfərov", "Əli", "cafarov-ali"),
        ("Müller", "Łukasz", "muller-lukasz"),
        ("", "Айгуль", "aygul"),
    ],
)
def test_make_slug(surname, given, slug):
    assert make_slug(surname, given, set()) == slug


def test_taken_slug_gets_the_next_free_number():
    assert make_slug("Ким", "Ли", {"kim-li"}) == "kim-li-2"
    assert make_slug("Ким", "Ли", {"kim-li", "kim-li-2", "kim-li-3"}) == "kim-li-4"
    assert make_slug("Ким", "Ли", lambda slug: slug in {"kim-li"}) == "kim-li-2"


def test_long_slug_keeps_its_number():
    first = make_slug("Щ" * 60, "Ы", set())
    second = make_slug("Щ" * 60, "Ы", {first})
    assert len(first) <= 80
    assert len(second) <= 80
    assert second.endswith("-2")


def test_name_in_another_script_gets_a_random_slug():
    assert re.fullmatch(r"p-[a-z0-9]{10}", make_slug("გელა", "", set()))


@given(st.text(max_size=60), st.text(max_size=60))
def test_slug_is_always_a_slug(surname, given_name):
    slug = make_slug(surname, given_name, set())
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= 80


def test_random_slugs_differ_and_tell_nothing():
    slugs = {random_slug() for _number in range(1000)}
    assert len(slugs) == 1000
    assert all(re.fullmatch(r"p-[b-df-hj-np-tv-z2-9]{10}", slug) for slug in slugs)


# --- Initials -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "initials"),
    [
        (("Кузнецова", "Наталья", "Петровна"), "К._Н."),
        (("Кузнецова-Ли", "Наталья"), "К._Н."),
        (("", "Айгуль", "Болатовна"), "А._Б."),
        (("", "Айгуль"), "А."),
        (("ёлкин", "«Иван»"), "Ё._И."),
        (("", "", ""), ""),
    ],
)
def test_initials(parts, initials):
    assert initials_of(*parts).replace(NBSP, "_") == initials


# --- Similar names ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Юлия", "Iuliia"),
        ("Юлия", "Julija"),
        ("Щеголеватых Юлия", "Yulia Schegolevatyh"),
        ("Рождественская-Переверзева Александра", "Рождественнская Переверзева Александра Константиновна"),
        ("Alexandra Rozhdestvenskaya-Pereverzeva", "Александра Рождественская-Переверзева"),
        ("Фёдор Соловьёв", "Федор Соловьев"),
        ("Фёдор Соловьёв", "Fedor Solovev"),
        ("Фёдор Соловьёв", "Fyodor Solovyov"),
        ("Евгений Жуковский", "Yevgeny Zhukovskiy"),
        ("Тихомандрицкий-Вольф", "Tikhomandritsky-Wolf"),
        ("Іван Хабибуллин", "Иван Хабибулин"),
        ("КАРА-МУРЗА", "Кара Мурза"),
    ],
)
def test_same_names(first, second):
    assert looks_like_same_name(first, second)
    assert looks_like_same_name(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Иванов Иван", "Петров Иван"),
        ("Иван", "Иван Петров"),
        ("Иванов", "Иванова"),
        ("", ""),
        ("—", "Иван"),
        ("Жуков", "Юков"),
    ],
)
def test_different_names(first, second):
    assert not looks_like_same_name(first, second)


@given(st.text(max_size=40))
def test_skeleton_takes_any_text(text):
    assert name_skeleton(text).isascii()


# --- The dative ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("surname", "given", "patronymic", "gender", "expected"),
    [
        ("Рождественская", "Александра", "Константиновна", "f", "Рождественской Александре Константиновне"),
        ("Огнепольский", "Пётр", "Гаврилович", "m", "Огнепольскому Петру Гавриловичу"),
        ("Смородинова", "Любовь", "Никитична", "f", "Смородиновой Любови Никитичне"),
        ("Соловьёв", "Лев", "Ильич", "m", "Соловьёву Льву Ильичу"),
        ("Синицын", "Павел", "Лукич", "m", "Синицыну Павлу Лукичу"),
        ("Синицына", "Мария", "Лукинична", "f", "Синицыной Марии Лукиничне"),
        ("Троицкая", "Зоя", "", "f", "Троицкой Зое"),
    ],
)
def test_dative_of_regular_names(surname, given, patronymic, gender, expected):
    assert dative_suggestion(surname, given, patronymic, gender) == expected


@pytest.mark.parametrize(
    ("surname", "given", "patronymic", "gender"),
    [
        ("Иванов", "Иван", "Иванович", ""),
        ("Иванов", "Иван", "Иванович", "x"),
        ("Иванов", "Мария", "", "f"),
        ("Иванова", "Мария", "Иванович", "f"),
        ("Рождественская-Переверзева", "Александра", "", "f"),
        ("Кара-Мурза", "Пётр", "", "m"),
        ("Черных", "Пётр", "", "m"),
        ("Шевченко", "Пётр", "", "m"),
        ("Дурново", "Пётр", "", "m"),
        ("Заяц", "Пётр", "", "m"),
        ("Толстой", "Лев", "", "m"),
        ("Коваль", "Анна", "", "f"),
        ("Ким", "Анна", "", "f"),
        ("Иванов", "Рустам", "", "m"),
        ("Иванова", "Лутфие", "", "f"),
        ("Иванов", "Никита", "", "m"),
        ("Иванов", "Иван", "Мансур оглы", "m"),
        ("Иванов", "", "", "m"),
        ("", "Иван", "", "m"),
        ("ИВАНОВ", "ИВАН", "", "m"),
        ("Ivanov", "Ivan", "", "m"),
    ],
)
def test_no_dative_where_it_is_not_certain(surname, given, patronymic, gender):
    assert dative_suggestion(surname, given, patronymic, gender) is None


IRREGULAR = {"Лев": "Льву", "Павел": "Павлу", "Пётр": "Петру", "Илья": "Илье", "Любовь": "Любови"}


def school_dative(name):
    """The rule of a school grammar, apart from petrovich."""
    if name in IRREGULAR:
        return IRREGULAR[name]
    if name.endswith("ия"):
        return name[:-1] + "и"
    if name[-1] in "ая":
        return name[:-1] + "е"
    return name[:-1] + "ю" if name[-1] in "йь" else name + "у"


@pytest.mark.parametrize(
    ("gender", "name"),
    [(gender, name) for gender, names in dative._GIVEN_NAMES.items() for name in sorted(names)],
)
def test_every_given_name_on_the_list_is_declined_rightly(gender, name):
    surname = "Иванова" if gender == Gender.FEMALE else "Иванов"
    assert dative_suggestion(surname, name, "", gender).split()[1] == school_dative(name)
