"""Warnings: numbers, dates, names and agreed words. And the difference of two texts."""

from __future__ import annotations

import pytest

from memorial.translating.checks import stem_pattern, warnings
from memorial.translating.difference import difference
from memorial.translating.models import GlossaryTerm
from memorial.translating.numbers import numbers_of
from tests.factories import PrisonerFactory

pytestmark = pytest.mark.django_db


def said(russian: str, english: str) -> list[str]:
    return [warning.sentence for warning in warnings(russian, english, "en")]


@pytest.mark.parametrize(
    ("russian", "english"),
    [
        ("14 марта 2023 года", "on 14 March 2023"),
        ("14 марта 2023", "March 14, 2023"),
        ("14.03.2023", "14 March 2023"),
        ("в мае 2024", "in May 2024"),
        ("ст. 207.3 УК РФ", "Art. 207.3 of the Criminal Code"),
        ("7 400 евро", "€7,400"),
        ("3,5 года", "3.5 years"),
        ("2 месяца", "two months"),
    ],
)
def test_the_same_number_in_both_languages_is_no_warning(russian, english):
    assert said(russian, english) == []


def test_another_number_and_another_date_are_told_with_their_side():
    assert said("7 лет, 14 марта 2023", "8 years, 15 March 2023") == [
        "14.3.2023 stands in the Russian and not in the translation.",
        "7 stands in the Russian and not in the translation.",
        "15.3.2023 stands in the translation and not in the Russian.",
        "8 stands in the translation and not in the Russian.",
    ]
    assert numbers_of("14 марта 2023") == {"14.3.2023": 1}


def test_a_name_has_one_spelling():
    PrisonerFactory(slug="g", surname_ru="Горинцев", surname_en="Gorintsev")
    assert said("Дело Горинцева", "The case of Gorincev") == ["“Горинцев” is spelt “Gorintsev” on this site."]
    assert said("Дело Горинцева", "Gorintsev’s case") == []
    assert said("Горинский перевал", "A pass") == []


def test_a_draft_lends_no_spelling():
    PrisonerFactory(slug="g", surname_ru="Горинцев", surname_en="Gorintsev", state="draft")
    assert said("Дело Горинцева", "The case") == []


def test_the_glossary_is_looked_for_in_any_case():
    GlossaryTerm.objects.create(russian="мера пресечения", english="measure of restraint (pre-trial measure)")
    assert said("Суд изменил меру пресечения", "The court changed the measure of restraint") == []
    assert said("Суд изменил меру пресечения", "The court changed it") == [
        "“меру пресечения”: the glossary has “measure of restraint (pre-trial measure)”."
    ]


def test_forms_of_a_term_count_each_and_short_ones_are_left():
    GlossaryTerm.objects.create(russian="помилование; амнистия", english="pardon; amnesty")
    assert said("Просит о помиловании", "He asks for a pardon") == []
    assert stem_pattern("ИК") is None


def test_an_empty_translation_is_warned_about_nothing():
    assert said("7 лет", "") == []


def test_the_difference_is_by_words_and_without_markup():
    pieces = difference("<p>Суд дал 3 года.</p>", "<p>Суд дал <b>4</b> года.</p>")
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("same", "Суд дал "),
        ("removed", "3"),
        ("added", "4"),
        ("same", " года."),
    ]
    long = difference("а " * 4000, "б " * 4000)
    assert [piece.kind for piece in long] == ["removed", "added"]
