"""Penalties and charges as editors type them; what we write of them is read back as the same."""

from decimal import Decimal
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from cases.actions.read_charge import charge_columns, read_charge, typed_reference
from cases.actions.read_penalties import read_penalties
from cases.choices import PenaltyKind
from cases.display.penalties import penalties_words
from cases.models import Charge, Penalty
from cases.models.decision import WITH_HOURS, WITH_MONEY, WITH_REGIME
from prisoners.choices import Regime
from tests.factories import ArticleFactory

ASKED = (
    "kind",
    "years",
    "months",
    "days",
    "hours",
    "regime",
    "amount",
    "probation_years",
    "probation_months",
)


def said(text: str, **how) -> list[tuple]:
    columns = [one.columns("ru") for one in read_penalties(text, **how)]
    return [tuple(str(each[name]) for name in ASKED if each[name]) for each in columns]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7 лет 6 месяцев общего режима", [("imprisonment", "7", "6", "general")]),
        (
            "7 лет 6 мес. колонии общего режима; штраф 300 тыс. руб.",
            [("imprisonment", "7", "6", "general"), ("fine", "300000")],
        ),
        ("7 лет строгого и штраф 1,5 млн рублей", [("imprisonment", "7", "strict"), ("fine", "1500000.0")]),
        ("условно 3 года с испытательным сроком 2 года 6 месяцев", [("suspended", "3", "2", "6")]),
        ("пожизненное лишение свободы, особый режим", [("life", "special")]),
        ("1 год 10 месяцев колонии-поселения", [("imprisonment", "1", "10", "settlement")]),
        ("12 лет в тюрьме", [("imprisonment", "12", "prison")]),
        ("15 суток", [("administrative_arrest", "15")]),
        ("400 часов обязательных работ", [("compulsory_work", "400")]),
        ("7 years 6 months in a general-regime colony", [("imprisonment", "7", "6", "general")]),
        ("", []),
    ],
)
def test_penalties_are_read_as_they_are_said(text, expected):
    assert said(text) == expected


def test_in_an_administrative_case_a_fine_is_an_administrative_one():
    assert said("штраф 50 тысяч", administrative=True) == [("administrative_fine", "50000")]
    assert said("80 часов", administrative=True) == [("administrative_work", "80")]


def test_a_ban_says_of_what():
    (ban,) = read_penalties("запрет администрировать сайты на 4 года")
    assert (ban.kind, ban.lengths, ban.detail) == ("ban_positions", {"years": 4}, "администрировать сайты")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("7 лет грустного режима", "грустного"),
        ("абв", "абв"),
        ("семь лет", "семь лет"),
        ("штраф 300 000 рублей общего режима", "regime"),
        ("6 лет, испытательный срок 2 года", "probation"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(text, words):
    with translation.override("en"), pytest.raises(ValidationError, match=words):
        read_penalties(text)


def penalties():
    """One of each kind, with whatever it can have."""
    for kind in PenaltyKind:
        given = {}
        if kind in WITH_MONEY:
            given |= {"amount": Decimal(300000), "currency": "RUB"}
        elif kind in WITH_HOURS:
            given |= {"hours": 400}
        elif kind not in (PenaltyKind.LIFE, PenaltyKind.DEATH_PENALTY, PenaltyKind.NONE):
            given |= {"years": 7, "months": 6}
        yield Penalty(kind=kind, **given)
    for kind, regime in product((PenaltyKind.IMPRISONMENT, PenaltyKind.LIFE), Regime):
        if regime != Regime.UNKNOWN and kind in WITH_REGIME:
            length = {"years": 7} if kind == PenaltyKind.IMPRISONMENT else {}
            yield Penalty(kind=kind, regime=regime, **length)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_we_write_is_read_back(language):
    with translation.override(language):
        for penalty in penalties():
            words = penalties_words([penalty])
            administrative = penalty.kind == PenaltyKind.ADMINISTRATIVE_WORK
            (found,) = read_penalties(words, administrative=administrative)
            columns = found.columns("ru")
            for name in ASKED:
                assert (columns[name] or None) == (getattr(penalty, name) or None), (words, name)


@pytest.mark.django_db
def test_a_charge_finds_its_article_and_is_written_as_typed():
    article = ArticleFactory(code="uk-rf", number="207.3", slug="uk-rf-207.3")
    text = "п.\u00a0«д» ч.\u00a02 ст.\u00a0207.3 УК РФ"
    columns = charge_columns(read_charge(text))
    assert (columns["article"], columns["part"], columns["points"]) == (article, "2", ["д"])
    assert typed_reference(Charge(**columns), "ru") == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ч. 2 ст. 207.3", "Of which code"),
        ("ст. 207.3, ст. 281 УК РФ", "2 charges"),
        ("за стихи", "за стихи"),
    ],
)
def test_a_charge_is_never_guessed(text, words):
    with translation.override("en"), pytest.raises(ValidationError, match=words):
        read_charge(text)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("7 лет колонии с конфискацией имущества", ["imprisonment", "confiscation"]),
        ("6 лет общего режима со штрафом 300 тыс. руб.", ["imprisonment", "fine"]),
        ("8 лет строгого режима с ограничением свободы на 1 год", ["imprisonment", "restriction_of_freedom"]),
        ("7 years in a strict-regime colony with a fine of 300 thousand roubles", ["imprisonment", "fine"]),
    ],
)
def test_what_is_joined_to_a_term_is_a_penalty_of_its_own(text, kinds):
    assert [found.kind for found in read_penalties(text)] == kinds


@pytest.mark.parametrize("text", ["конфискация 7 лет", "штраф 5 лет"])
def test_a_length_beside_what_has_none_is_refused(text):
    with pytest.raises(ValidationError):
        read_penalties(text)


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("column", ["ru", "en"])
def test_a_ban_is_read_back_with_what_is_forbidden_in_its_language(language, column):
    what = {"ru": "работать в общем отделе, штраф", "en": "running general websites"}[column]
    for length in ({}, {"years": 2}, {"years": 2, "months": 6}):
        ban = Penalty(kind="ban_positions", **length, **{f"detail_{column}": what})
        with translation.override(language):
            (found,) = read_penalties(penalties_words([ban]))
        assert (found.kind, found.lengths) == ("ban_positions", length)
        assert found.columns(language)[f"detail_{column}"] == what
