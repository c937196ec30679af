"""The rules of credit are data: complete, sourced, and refused where they say what nobody understands."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from cases.credit import CreditRulesError, DayKind, Toward, credit_rules
from cases.credit.rules import Condition, ExcludedArticle, read_rules

HEAD = "kind_of_day,counts_as,toward,ratio_numerator,ratio_denominator,condition,excluded_articles,source,verified_on,note\n"
GOOD = "custody,1.5 days,colony_general,3,2,until the verdict is in force,205; 206 ч. 3,УК РФ,2023-08-04,\n"


def test_the_shipped_rules_are_read_whole():
    rules = credit_rules()
    assert len(rules) == 27
    assert {rule.kind for rule in rules} == set(DayKind)
    assert {rule.toward for rule in rules} == set(Toward)
    assert all(rule.source for rule in rules)


def test_the_rule_from_memory_stays_unverified():
    (rule,) = [rule for rule in credit_rules() if not rule.is_verified]
    assert (rule.kind, rule.condition) == (DayKind.HOUSE_ARREST, Condition.OLD_ACT)
    assert "UNVERIFIED" in rule.note


def test_general_regime_gives_a_day_and_a_half_except_for_listed_articles():
    (rule,) = [
        rule for rule in credit_rules() if (rule.kind, rule.toward) == (DayKind.CUSTODY, Toward.GENERAL)
    ]
    assert rule.ratio == Fraction(3, 2)
    assert rule.verified_on == date(2023, 8, 4)
    assert ExcludedArticle("206", "3") in rule.excluded
    assert ExcludedArticle("278", only_if_terrorist=True) in rule.excluded
    assert not {"205.6", "207.3", "280.3"} & {entry.article for entry in rule.excluded}


def test_a_good_line_is_read():
    (rule,) = read_rules([HEAD, GOOD])
    assert rule.excluded == (ExcludedArticle("205"), ExcludedArticle("206", "3"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("custody,1.5", "prison,1.5"),
        ("colony_general", "colony"),
        ("1.5 days", "2 days"),
        ("3,2", "3,"),
        ("3,2", ","),
        ("3,2", "3,0"),
        ("until the verdict is in force", "until the verdict"),
        ("205; 206 ч. 3", "205; любая"),
        ("205; 206 ч. 3", "277 if proven"),
        ("УК РФ", ""),
        ("2023-08-04", "4.8.2023"),
    ],
)
def test_a_line_that_is_not_understood_is_refused_with_its_number(old, new):
    broken = GOOD.replace(old, new, 1)
    assert broken != GOOD
    with pytest.raises(CreditRulesError, match="line 2"):
        read_rules([HEAD, broken])


def test_a_rule_stands_there_once():
    with pytest.raises(CreditRulesError, match=r"line 3: .*twice"):
        read_rules([HEAD, GOOD, GOOD])
