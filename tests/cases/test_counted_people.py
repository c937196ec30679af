"""Texts of a case that count people while somebody of it is hidden."""

import pytest

from cases.counted_people import counted_in
from cases.obstacles import counts_of_people
from memorial.base.choices import State
from prisoners.models import Prisoner
from tests.factories import CaseFactory, HearingFactory, ProsecutionFactory


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Девять человек обвиняют в участии", ["Девять человек"]),
        ("Дело девяти", ["Дело девяти"]),
        ("По делу проходят четверо верующих", ["четверо"]),
        ("Приговор двум молодым жителям Ярополья", ["двум молодым жителям"]),
        ("12 фигурантов «дела о чтениях»", ["12 фигурантов"]),
        ("Осуждены оба брата", ["оба"]),
        ("The case of nine", ["case of nine"]),
        ("Six young believers were searched; both denied it", ["Six young believers", "both"]),
    ],
)
def test_a_number_of_people_is_found(text, found):
    assert counted_in(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Семь лет колонии общего режима",
        "Дело о чтениях, открыто 14 марта 2023 года",
        "Пять обысков, три заседания, ст. 207.3 УК РФ",
        "Жителя Ярополья обвиняют в госизмене",
        "Seven years in a general-regime colony; 5 searches",
        "Дело 2020 года",
    ],
)
def test_other_numbers_are_passed_over(text):
    assert counted_in(text) == []


@pytest.mark.django_db
def test_who_is_hidden_makes_numbers_in_texts_a_warning():
    case = CaseFactory(title_ru="Дело девяти", title_en="")
    hidden = ProsecutionFactory(case=case).prisoner
    ProsecutionFactory(case=case)
    HearingFactory(case=case, subject_ru="Прения: выступят трое подсудимых")
    assert counts_of_people(case) == []
    Prisoner.objects.filter(pk=hidden.pk).update(state=State.WITHDRAWN)
    said = counts_of_people(case)
    assert len(said) == 2
    assert "«Дело девяти»" in said[0]
    assert "трое" in said[1]
