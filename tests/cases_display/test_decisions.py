"""Decisions, penalties and charges in words: gendered, never more than is known."""

from decimal import Decimal

import pytest
from django.utils import translation

from cases.choices import DecisionKind, PenaltyKind
from cases.display.charges import charges_line, event_words, shown_charges
from cases.display.decisions import ShownOutcome, decisions_on, instance_words, standing_outcome
from cases.display.penalties import penalties_words, penalty_words
from cases.models import Charge, ChargeEvent, DecisionPerson, Penalty, Prosecution
from memorial.base.choices import Verification
from memorial.base.partial_date import PartialDate
from prisoners.choices import Regime
from tests.factories import (
    ArticleFactory,
    ChargeFactory,
    DecisionFactory,
    DecisionPersonFactory,
    ProsecutionFactory,
)

pytestmark = pytest.mark.django_db
NBSP = "\u00a0"


@pytest.fixture(autouse=True)
def _in_russian():
    with translation.override("ru"):
        yield


def said(text: str) -> str:
    return text.replace(NBSP, " ")


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


def loaded(prosecution) -> Prosecution:
    return Prosecution.objects.with_record().get(pk=prosecution.pk)


def outcome_of(kind, gender="f", *, medical="") -> ShownOutcome:
    link = DecisionPersonFactory(decision=DecisionFactory(kind=kind), medical_measure=medical)
    return ShownOutcome(DecisionPerson.objects.select_related("decision").get(pk=link.pk), gender)


@pytest.mark.parametrize(
    ("penalty", "russian", "english"),
    [
        (
            {"kind": "imprisonment", "years": 7, "months": 6, "regime": "general"},
            "7 лет 6 месяцев колонии общего режима",
            "7 years 6 months in a general-regime colony",
        ),
        ({"kind": "imprisonment", "years": 1, "regime": "settlement"}, "1 год колонии-поселения", None),
        ({"kind": "imprisonment", "years": 3, "regime": "unknown"}, "3 года лишения свободы", None),
        ({"kind": "imprisonment", "months": 18}, "18 месяцев лишения свободы", "18 months of imprisonment"),
        (
            {"kind": "fine", "amount": Decimal(300000), "currency": "RUB"},
            "штраф 300 000 ₽",
            "fine of ₽300,000",
        ),
        ({"kind": "administrative_arrest", "days": 15}, "15 суток административного ареста", None),
        ({"kind": "compulsory_work", "hours": 200}, "200 часов обязательных работ", None),
        ({"kind": "life", "regime": "special"}, "пожизненное лишение свободы, особый режим", None),
        ({"kind": "forced_labour", "years": 2}, "2 года принудительных работ", None),
    ],
)
def test_penalties_are_said_as_one_says_them(penalty, russian, english):
    assert said(penalty_words(Penalty(**penalty))) == russian
    if english:
        with translation.override("en"):
            assert said(penalty_words(Penalty(**penalty))) == english


def test_a_suspended_penalty_tells_its_probation_and_a_deferred_one_its_day():
    suspended = Penalty(kind="suspended", years=3, probation_years=2, probation_months=6)
    assert said(penalty_words(suspended)) == "3 года условно, испытательный срок 2 года 6 месяцев"
    deferred = Penalty(kind="deferral", deferred_until=day("05.2033"))
    assert said(penalty_words(deferred)) == "отсрочка отбывания наказания до мая 2033"


def test_several_penalties_stand_in_their_order():
    several = [
        Penalty(kind="imprisonment", years=5, regime="strict"),
        Penalty(kind="fine", amount=Decimal("100.50"), currency="RUB"),
    ]
    assert said(penalties_words(several)) == "5 лет колонии строгого режима; штраф 100,50 ₽"


@pytest.mark.parametrize("kind", PenaltyKind.values)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_penalty_has_words_and_none_makes_up_a_length(kind, language):
    with translation.override(language):
        words = penalty_words(Penalty(kind=kind))
    assert words
    assert "None" not in words
    assert "%" not in words
    assert not any(character.isdigit() for character in words)


@pytest.mark.parametrize("kind", DecisionKind.values)
@pytest.mark.parametrize("gender", ["f", "m", ""])
def test_every_decision_has_words_for_everybody(kind, gender):
    outcome = outcome_of(kind, gender)
    assert outcome.words
    assert "%" not in outcome.words


@pytest.mark.parametrize(("gender", "words"), [("f", "оправдана"), ("m", "оправдан"), ("", "оправдание")])
def test_an_acquittal_is_said_in_the_persons_gender(gender, words):
    assert outcome_of("acquittal", gender).words == words


@pytest.mark.parametrize(
    ("gender", "words"),
    [("f", "признана виновной"), ("m", "признан виновным"), ("", "обвинительный приговор")],
)
def test_a_verdict_whose_penalty_is_not_known_says_only_the_guilt(gender, words):
    assert outcome_of("guilty_verdict", gender).words == words


def test_treatment_is_never_a_term_that_is_served():
    words = outcome_of("medical_ruling", medical="intensive").words
    assert words.startswith("суд направил на принудительное лечение")
    assert "отбыва" not in words
    assert "приговор" not in words


def test_what_was_decided_in_absence_says_so():
    link = DecisionPersonFactory(in_absentia=True)
    Penalty.objects.create(decision_person=link, kind="imprisonment", years=8, regime="general")
    assert said(ShownOutcome(link, "m").words) == "8 лет колонии общего режима (заочно)"


def test_rounds_are_told_from_the_second_on():
    assert instance_words("first", 1) == "первая инстанция"
    assert instance_words("first", 2) == "первая инстанция, второе рассмотрение"
    assert "4" in instance_words("first", 4)
    assert instance_words("none", 1) == ""


def decided(prosecution, kind, on, *, number=1, whole=False, years=None, supersedes=None, instance="first"):
    decision = DecisionFactory(
        case=prosecution.case, kind=kind, on=day(on), round=number, supersedes=supersedes, instance=instance
    )
    if not whole:
        link = DecisionPersonFactory(decision=decision, prosecution=prosecution)
        if years:
            Penalty.objects.create(decision_person=link, kind="imprisonment", years=years, regime="general")
    return decision


def standing(prosecution):
    return standing_outcome(decisions_on(loaded(prosecution)))


def test_a_verdict_that_was_upheld_stands_and_one_that_was_reduced_does_not():
    one = ProsecutionFactory()
    first = decided(one, "guilty_verdict", "01.02.2023", years=7)
    upheld = decided(one, "upheld", "01.05.2023", instance="appeal", supersedes=first)
    assert standing(one).decision == first
    decided(one, "reduced", "01.08.2023", years=6, instance="cassation", supersedes=upheld)
    assert said(standing(one).words) == "наказание смягчено: 6 лет колонии общего режима"


def test_a_decision_about_the_whole_case_counts_for_everybody_in_it():
    one = ProsecutionFactory()
    first = decided(one, "guilty_verdict", "01.02.2023", years=7)
    decided(one, "remitted", "01.05.2023", whole=True, instance="appeal", supersedes=first)
    assert standing(one).words == "направлено на новое рассмотрение"
    decided(one, "guilty_verdict", "01.02.2024", number=2, years=5)
    assert said(standing(one).words) == "5 лет колонии общего режима"


def test_what_nobody_verified_decides_nothing():
    one = ProsecutionFactory()
    decision = decided(one, "guilty_verdict", "01.02.2023", years=7)
    type(decision).objects.filter(pk=decision.pk).update(verification=Verification.UNVERIFIED)
    assert standing(one) is None


def test_charges_of_one_person_stand_on_one_line_each_once_with_the_code_said_once():
    one = ProsecutionFactory()
    article = ArticleFactory(number="207.3", slug="uk-rf-207.3")
    for _ in range(2):
        ChargeFactory(prosecution=one, article=article, part="2", points=["д"])
    ChargeFactory(prosecution=one, article=ArticleFactory(number="280.3", slug="uk-rf-280.3"), part="1")
    line = said(str(charges_line(shown_charges(loaded(one)))))
    assert line.count("УК РФ") == 1
    assert line.count("207.3") == 1
    assert "280.3" in line


def test_a_charge_in_words_only_is_quoted_and_its_code_never_guessed():
    one = ProsecutionFactory()
    ChargeFactory(prosecution=one, article=None, part="", wording_ru="за пост о войне")
    (charge,) = shown_charges(loaded(one))
    assert (charge.reference, charge.url, str(charge.words)) == ("", "", "за пост о войне")


def test_a_charge_that_became_another_is_gone_and_says_what_it_became():
    one = ProsecutionFactory(prisoner__gender="f")
    old, new = ChargeFactory(prosecution=one, part="3"), ChargeFactory(prosecution=one, part="1")
    event = ChargeEvent.objects.create(charge=old, kind="reclassified", becomes=new)
    ChargeEvent.objects.create(charge=old, kind="brought")
    first, last = shown_charges(loaded(one))
    assert (first.charge, last.charge, last.is_gone) == (new, old, True)
    assert last.state.startswith("переквалифицировано на ч.")
    new.verification = Verification.UNVERIFIED
    new.save()
    event.refresh_from_db()
    assert event_words(event) == "переквалифицировано"


def test_guilt_found_by_a_verdict_that_was_quashed_is_not_told():
    one = ProsecutionFactory(prisoner__gender="f")
    charge = ChargeFactory(prosecution=one)
    first = decided(one, "guilty_verdict", "01.02.2023", years=7)
    ChargeEvent.objects.create(charge=charge, kind="convicted", decision=first, on=day("01.02.2023"))
    assert shown_charges(loaded(one))[0].state == "признана виновной"
    decided(one, "quashed", "01.05.2023", instance="appeal", supersedes=first)
    assert shown_charges(loaded(one))[0].state == ""


def test_every_regime_is_a_word_of_a_penalty():
    for regime in Regime.values:
        words = penalty_words(Penalty(kind="imprisonment", years=2, regime=regime))
        assert said(words).startswith("2 года ")


def test_a_ban_says_what_is_forbidden_and_in_which_language():
    ban = Penalty(kind="ban_positions", years=2, detail_ru="администрировать сайты")
    assert said(penalty_words(ban)).endswith(": администрировать сайты, 2 года")
    rank = Penalty(kind="rank_loss", detail_ru="майор")
    with translation.override("en"):
        assert said(penalty_words(ban)) == "ban: администрировать сайты (in Russian), 2 years"
        assert said(penalty_words(rank)).endswith("(майор, in Russian)")


def test_an_administrative_case_has_a_report_and_no_charge():
    with translation.override("en"):
        for code, words in (("uk-rf", "charge brought"), ("koap-rf", "report drawn up")):
            assert event_words(ChargeEvent(charge=Charge(code=code), kind="brought")) == words
