"""The rules by which days before the verdict shorten a term, as data.

`data/credit_rules.csv` holds them: УК РФ, ст. 72 and 103; УПК РФ, ст. 109. Each has its source and
the day on which somebody compared it with the text of the law; a rule without that day is marked as
unverified wherever it is used.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache
from pathlib import Path

from django.db import models
from django.utils.translation import pgettext_lazy

from cases.references import read_references

DATA = Path(__file__).parent / "data" / "credit_rules.csv"


class DayKind(models.TextChoices):
    """What a day before the verdict was; the vocabulary `credit_day_kind`."""

    CUSTODY = "custody", pgettext_lazy("credit_day_kind", "custody")
    CELL = (
        "custody_in_strict_conditions_or_punishment_cell",
        pgettext_lazy("credit_day_kind", "days in strict conditions or a punishment cell as a penalty"),
    )
    HOUSE_ARREST = "house_arrest", pgettext_lazy("credit_day_kind", "house arrest")
    BAN = "ban_not_to_leave_home", pgettext_lazy("credit_day_kind", "ban on leaving home")
    POLICE = "police_detention", pgettext_lazy("credit_day_kind", "detention by police")
    HOSPITAL = "court_ordered_hospital", pgettext_lazy("credit_day_kind", "hospital by decision of a court")
    ABROAD = "custody_abroad", pgettext_lazy("credit_day_kind", "custody abroad")
    TREATMENT = (
        "inpatient_compulsory_treatment",
        pgettext_lazy("credit_day_kind", "in-patient compulsory treatment"),
    )


class Toward(StrEnum):
    """What days are counted toward; codes of the vocabulary `credit_toward`."""

    CUSTODY = "custody"
    LIBERTY = "deprivation_of_liberty"
    PRISON = "prison"
    STRICT = "colony_strict"
    SPECIAL = "colony_special"
    GENERAL = "colony_general"
    JUVENILE = "juvenile_colony"
    SETTLEMENT = "colony_settlement"
    DISCIPLINARY = "disciplinary_unit"
    RESTRICTION = "restriction_of_freedom"
    FORCED_LABOUR = "forced_labour"
    ARREST = "arrest_penalty"
    CORRECTIVE = "corrective_labour"
    MILITARY = "military_restriction"
    WORK = "compulsory_work"
    FINE = "fine"
    POSITIONS = "ban_positions"


class Condition(StrEnum):
    """When a rule applies, by the words of the data; a rule with other words is refused."""

    ALWAYS = ""
    BEFORE_FORCE = "until the verdict is in force"
    UNLESS_EXCLUDED = "until the verdict is in force; not where ч. 3.2 or 3.3 applies"
    EXCLUDED_ARTICLE = "conviction under one of the articles excluded in ч. 3.2, whatever the regime"
    RECIDIVISM = "especially dangerous recidivism (особо опасный рецидив)"
    COMMUTED = "death penalty commuted by pardon to life or to 25 years"
    CELL = (
        "days in strict conditions of a juvenile or general-regime colony, in ШИЗО, ДИЗО, ПКТ or ЕПКТ, "
        "as a disciplinary penalty"
    )
    OLD_ACT = "act committed before 14.07.2018"
    BAN_AT_HOME = "prohibition of certain actions with the duty not to leave home (п. 1 ч. 6 ст. 105.1 УПК)"
    SUSPECT = "days for which the person was detained as a suspect"
    HOSPITAL = "stay in a hospital or a psychiatric hospital by decision of a court"
    EXTRADITION = "held abroad at the request of Russia for extradition or legal assistance"
    RECOVERED = "person recovered from a disorder that began after the offence; penalty imposed or resumed"


@dataclass(frozen=True, slots=True)
class ExcludedArticle:
    """An article whose conviction excludes more than a day for a day; part "" is the whole article."""

    article: str
    part: str = ""
    only_if_terrorist: bool = False


@dataclass(frozen=True, slots=True)
class CreditRule:
    """One rule: `ratio` is days of the term for one day of the kind, None where the court decides."""

    kind: DayKind
    toward: Toward
    ratio: Fraction | None
    condition: Condition
    excluded: tuple[ExcludedArticle, ...]
    source: str
    verified_on: date | None
    note: str

    @property
    def is_verified(self) -> bool:
        """Whether somebody compared it with the text of the law."""
        return self.verified_on is not None


class CreditRulesError(ValueError):
    """The file of rules is not what it must be; says the line and what is wrong."""


@cache
def credit_rules() -> tuple[CreditRule, ...]:
    """Return the rules that the product ships. Raises CreditRulesError."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return read_rules(file)


def read_rules(lines: Iterable[str]) -> tuple[CreditRule, ...]:
    """Read rules from CSV. Raises CreditRulesError for unknown words, half a ratio, no source, a rule twice."""
    rules: dict[tuple[str, ...], CreditRule] = {}
    for number, row in enumerate(csv.DictReader(lines), 2):
        try:
            rule = _rule(row)
        except (ValueError, KeyError, AttributeError, ZeroDivisionError) as error:
            raise CreditRulesError(f"line {number}: {error}") from error
        key = (rule.kind, rule.toward, rule.condition)
        if key in rules:
            raise CreditRulesError(f"line {number}: the rule stands there twice")
        rules[key] = rule
    return tuple(rules.values())


def _rule(row: dict[str, str]) -> CreditRule:
    if not row["source"].strip():
        raise ValueError("a rule needs its source in law")
    return CreditRule(
        kind=DayKind(row["kind_of_day"]),
        toward=Toward(row["toward"]),
        ratio=_ratio(row["ratio_numerator"], row["ratio_denominator"], row["counts_as"]),
        condition=Condition(row["condition"]),
        excluded=tuple(_excluded(words) for words in row["excluded_articles"].split(";") if words.strip()),
        source=row["source"],
        verified_on=date.fromisoformat(row["verified_on"]) if row["verified_on"] else None,
        note=row["note"],
    )


def _ratio(numerator: str, denominator: str, counts_as: str) -> Fraction | None:
    """Return the ratio; it must say the same as the words beside it ("1.5 days", "by the court")."""
    amount = counts_as.partition(" ")[0]
    if not numerator and not denominator:
        if counts_as != "by the court":
            raise ValueError("a rule without a ratio is one that the court decides")
        return None
    ratio = Fraction(int(numerator), int(denominator))
    if ratio <= 0 or ratio != Fraction(amount):
        raise ValueError(f"the ratio {ratio} is not “{counts_as}”")
    return ratio


def _excluded(words: str) -> ExcludedArticle:
    """Read «206 ч. 3» or "277 if linked with terrorist activity"."""
    article, _if, condition = words.strip().partition(" if ")
    if condition not in ("", "linked with terrorist activity"):
        raise ValueError(f"unknown condition of an excluded article: {condition}")
    found = read_references(f"ст. {article} УК РФ")
    if not found.is_sure or len(found.references) != 1:
        raise ValueError(f"not an article: {article}")
    reference = found.references[0]
    return ExcludedArticle(reference.article, reference.part, bool(condition))
