"""Which ratio a kind of day has, in this case: one, or the least and the most it can be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from cases.credit.facts import DEPRIVATIONS_OF_LIBERTY, Question, earliest, latest
from cases.credit.rules import Condition, CreditRule, DayKind, ExcludedArticle, Toward
from cases.references import ArticleReference
from prisoners.choices import LegalCode

NEW_HOUSE_ARREST = date(2018, 7, 14)
"""Since then two days of house arrest are one day; before, one was one (ФЗ от 03.07.2018 № 186-ФЗ)."""

_COUNTED_AS_CUSTODY = frozenset([DayKind.POLICE, DayKind.HOSPITAL, DayKind.ABROAD])


@dataclass(frozen=True, slots=True)
class Ratio:
    """Days of the term for one day, at least and at most, with the rules that say so."""

    least: Fraction
    most: Fraction
    rules: tuple[CreditRule, ...]
    is_settled: bool = True
    """False where the rules do not say how the days enter the term: staff decide."""

    @property
    def is_verified(self) -> bool:
        """Whether every rule in it was compared with the law, and the rules say all that is needed."""
        return self.is_settled and all(rule.is_verified for rule in self.rules)


class NoRuleError(LookupError):
    """No rule with a ratio says how such days count toward such a penalty."""


class RatioFinder:
    """Finds the ratio for a kind of day by the rules given."""

    def __init__(self, question: Question, toward: Toward, rules: Iterable[CreditRule]) -> None:
        self.question = question
        self.toward = toward
        self.rules = tuple(rules)

    def ratio(self, kind: DayKind) -> Ratio:
        """Return the ratio of a kind. Raises NoRuleError."""
        if kind is DayKind.CUSTODY:
            return self._custody()
        if kind in _COUNTED_AS_CUSTODY:
            return self._through_custody(kind)
        if kind is DayKind.BAN:
            # How it enters the term is for staff to decide: from nothing to what custody would give.
            counted = self._through_custody(kind)
            return Ratio(Fraction(0), counted.most, counted.rules, is_settled=False)
        if self.toward not in DEPRIVATIONS_OF_LIBERTY:
            raise NoRuleError(kind)
        if kind is DayKind.HOUSE_ARREST:
            return self._house_arrest()
        return self._single(kind, Toward.LIBERTY)

    def _single(self, kind: DayKind, toward: Toward, *conditions: Condition) -> Ratio:
        for rule in self.rules:
            fits = rule.kind is kind and rule.toward is toward
            if fits and (not conditions or rule.condition in conditions) and rule.ratio is not None:
                return Ratio(rule.ratio, rule.ratio, (rule,))
        raise NoRuleError(kind)

    def _custody(self) -> Ratio:
        """Return ч. 3 or 3.1 of ст. 72, or a day for a day where ч. 3.2 says so, or may say so."""
        found = self._single(DayKind.CUSTODY, self.toward, Condition.BEFORE_FORCE, Condition.UNLESS_EXCLUDED)
        exception = self._exception(found.rules[0])
        if exception is None or self.toward not in DEPRIVATIONS_OF_LIBERTY:
            return found
        condition, certain = exception
        plain = self._single(DayKind.CUSTODY, Toward.LIBERTY, condition)
        if certain or plain.least >= found.least:
            return plain if certain else found
        return Ratio(plain.least, found.most, (*plain.rules, *found.rules))

    def _exception(self, rule: CreditRule) -> tuple[Condition, bool] | None:
        """Return the exception of ч. 3.2 that applies, and whether it does so for certain."""
        facts = self.question.facts
        if rule.condition is not Condition.UNLESS_EXCLUDED:
            return None
        if facts.recidivism:
            return Condition.RECIDIVISM, True
        if facts.commuted:
            return Condition.COMMUTED, True
        excluded = is_excluded(self.question.articles, rule.excluded, facts.terrorist_link)
        return None if excluded is False else (Condition.EXCLUDED_ARTICLE, excluded is True)

    def _through_custody(self, kind: DayKind) -> Ratio:
        first, then = self._single(kind, Toward.CUSTODY), self._custody()
        return Ratio(first.least * then.least, first.most * then.most, first.rules + then.rules)

    def _house_arrest(self) -> Ratio:
        old = self._single(DayKind.HOUSE_ARREST, Toward.LIBERTY, Condition.OLD_ACT)
        new = self._single(DayKind.HOUSE_ARREST, Toward.LIBERTY, Condition.ALWAYS)
        act_on = self.question.facts.act_on
        first, last = (earliest(act_on), latest(act_on)) if act_on else (None, None)
        if first is not None and first >= NEW_HOUSE_ARREST:
            return new
        if last is not None and last < NEW_HOUSE_ARREST:
            return old
        return Ratio(min(new.least, old.least), max(new.most, old.most), new.rules + old.rules)


def is_excluded(
    articles: Iterable[ArticleReference], excluded: Iterable[ExcludedArticle], terrorist_link: bool | None
) -> bool | None:
    """Whether a conviction under these articles excludes more than a day for a day; None is unknown.

    One excluded article among several is enough. No article at all is unknown.
    """
    listed = tuple(excluded)
    answers = [_matches(article, entry, terrorist_link) for article in articles for entry in listed]
    if not answers:
        return None
    return True if True in answers else None if None in answers else False


def _matches(article: ArticleReference, entry: ExcludedArticle, terrorist_link: bool | None) -> bool | None:
    if article.article != entry.article or article.code not in ("", LegalCode.UK_RF):
        return False
    if entry.part and article.part and article.part != entry.part:
        return False
    if not article.code or (entry.part and not article.part):
        return None
    return terrorist_link if entry.only_if_terrorist else True
