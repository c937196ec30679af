"""The hint for the end of a term: a day, a range, or silence with its reason.

Term by the calendar from the day the verdict came into force, less the days credited before it
(УК РФ, ст. 72 ч. 3–3.4). A hint only: it is shown to staff, who confirm or overrule it, and it is
never published by itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from cases.credit.counting import Counted, UnknownDaysError, count_days
from cases.credit.facts import CaseFacts, Day, DaysBefore, Question, TermLength, earliest, latest
from cases.credit.ratios import NoRuleError, Ratio, RatioFinder
from cases.credit.rules import CreditRule, credit_rules
from cases.credit.silence import Silence, reason_for_silence, toward
from cases.credit.term_end import last_day
from cases.credit.working import (
    WorkingLine,
    calendar_line,
    closing_lines,
    end_line,
    served_line,
    start_line,
    stretch_line,
    term_line,
    total_line,
)
from cases.references import ArticleReference
from prisoners.choices import Regime


@dataclass(frozen=True, slots=True)
class Hint:
    """The last day of a term, at the earliest and at the latest; or why none is given.

    `working` says how it was computed, line by line, in the language that was active.
    """

    earliest: date | None
    latest: date | None
    silence: Silence | None
    working: tuple[WorkingLine, ...]

    @property
    def day(self) -> date | None:
        """The day, where it is one and not a range."""
        return self.earliest if self.earliest == self.latest else None

    @property
    def is_verified(self) -> bool:
        """Whether every rule used was compared with the law; practice that no rule states is left aside."""
        return all(line.is_verified for line in self.working if line.ratio)


def end_hint(
    *,
    term: TermLength,
    in_force_on: Day | None,
    days_before: Sequence[DaysBefore] = (),
    regime: str = Regime.UNKNOWN,
    penalty: str = "imprisonment",
    articles: Sequence[ArticleReference] = (),
    facts: CaseFacts | None = None,
    rules: Iterable[CreditRule] | None = None,
) -> Hint:
    """Return the hint for the end of a term.

    `regime` is the one that the verdict set (vocabulary `regime`): credit goes by it, whatever came
    later. `penalty` is a code of the vocabulary `penalty`. `articles` are those of the conviction.
    Never raises: what cannot be computed is silence with its reason.
    """
    question = Question(
        term, in_force_on, tuple(days_before), regime, penalty, tuple(articles), facts or CaseFacts()
    )
    silence = reason_for_silence(question)
    if silence:
        return _silent(silence)
    try:
        return _computed(question, tuple(credit_rules() if rules is None else rules))
    except UnknownDaysError:
        return _silent(Silence.UNKNOWN_DAYS)
    except NoRuleError:
        return _silent(Silence.NO_RULE)
    except OverflowError:
        return _silent(Silence.BEYOND_CALENDAR)


def _silent(reason: Silence) -> Hint:
    return Hint(None, None, reason, (WorkingLine(str(reason.label)),))


def _computed(question: Question, rules: tuple[CreditRule, ...]) -> Hint:
    force_from, force_until = _in_force(question)
    counted = count_days(question.days_before, force_from, force_until)
    ratios = _ratios(question, counted, rules)
    total = _total(counted, ratios)
    rounded = math.ceil(total[0]), math.ceil(total[1])
    full = last_day(force_from, question.term), last_day(force_until, question.term)
    first, last = _less(full[0], rounded[1]), _less(full[1], rounded[0])
    is_reached = first < force_from
    # Nobody is kept after that: the day the verdict came into force is then the last.
    first, last = max(first, force_from), max(last, force_until)
    stretches = [stretch_line(count, ratio) for count, ratio in zip(counted, ratios, strict=True)]
    working = (
        term_line(question.term),
        start_line(question.in_force_on or force_from),
        calendar_line(full),
        *stretches,
        *([total_line(total)] if stretches else []),
        *([served_line()] if is_reached else []),
        end_line(first, last),
        *closing_lines(),
    )
    return Hint(first, last, None, working)


def _in_force(question: Question) -> tuple[date, date]:
    day = question.in_force_on
    first, last = (earliest(day), latest(day)) if day else (None, None)
    if first is None or last is None:
        raise UnknownDaysError
    return first, last


def _ratios(question: Question, counted: list[Counted], rules: tuple[CreditRule, ...]) -> list[Ratio]:
    aim = toward(question)
    if aim is None:
        return []
    finder = RatioFinder(question, aim, rules)
    return [finder.ratio(count.days.kind) for count in counted]


def _total(counted: list[Counted], ratios: list[Ratio]) -> tuple[Fraction, Fraction]:
    pairs = list(zip(counted, ratios, strict=True))
    least = sum((count.least * ratio.least for count, ratio in pairs), Fraction(0))
    return least, sum((count.most * ratio.most for count, ratio in pairs), Fraction(0))


def _less(day: date, days: int) -> date:
    """Return a day so much earlier, or the first day of the calendar."""
    return day - timedelta(days=min(days, (day - date.min).days))
