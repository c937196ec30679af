"""The working of a hint, line by line, in words for the member of staff who confirms it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext

from cases.credit.counting import Counted
from cases.credit.facts import Day, TermLength
from cases.credit.ratios import Ratio
from memorial.base.partial_date import PartialDate, format_partial_date
from memorial.base.typography import NBSP

_PARTS = {Fraction(0): "", Fraction(1, 4): "¼", Fraction(1, 2): "½", Fraction(3, 4): "¾"}


@dataclass(frozen=True, slots=True)
class WorkingLine:
    """One line: a sentence in the active language, and the figures in it.

    `days` and `result` are least and most; `ratio` too, days of the term for one day. `source` is
    the place in the law, `verified_on` the day somebody compared the rule with it; a line that is
    not `is_verified` rests on practice, on a rule from memory, or on what staff must decide.
    """

    sentence: str
    source: str = ""
    is_verified: bool = True
    verified_on: date | None = None
    days: tuple[int, int] | None = None
    ratio: tuple[Fraction, Fraction] | None = None
    result: tuple[Fraction, Fraction] | None = None


def day_words(day: Day) -> str:
    """Return a day as it is read, in the active language."""
    value = day if isinstance(day, PartialDate) else PartialDate.from_date(day)
    return format_partial_date(value, get_language() or "en")


def amount_words(amount: Fraction | int) -> str:
    """Return a number of days or a ratio with its quarters: 610½."""
    whole, rest = divmod(Fraction(amount), 1)
    part = _PARTS.get(rest) or (f"{NBSP}{rest}" if rest else "")
    return part if part and not whole else f"{whole}{part}"


def days_words(least: Fraction | int, most: Fraction | int) -> str:
    """Return «610½ дня», «407 дней», "from 390 to 407 days"."""
    if least != most:
        said = {"least": amount_words(least), "most": amount_words(most)}
        # A fraction takes the form of one in Russian («до 4½ дня»); the English forms are the same.
        number = int(most) if Fraction(most).denominator == 1 else 1
        return ngettext("from %(least)s to %(most)s days", "from %(least)s to %(most)s days", number) % said
    if Fraction(least).denominator > 1:
        # A fraction takes the genitive singular in Russian, the plural in English.
        noun = "дня" if (get_language() or "").startswith("ru") else "days"
        return f"{amount_words(least)}{NBSP}{noun}"
    return ngettext("%(count)s day", "%(count)s days", int(least)) % {"count": amount_words(least)}


def term_line(term: TermLength) -> WorkingLine:
    """Say the length of the term."""
    counted = [
        ngettext("%(count)s year", "%(count)s years", term.years) % {"count": term.years}
        if term.years
        else "",
        ngettext("%(count)s month", "%(count)s months", term.months) % {"count": term.months}
        if term.months
        else "",
        days_words(term.days, term.days) if term.days else "",
    ]
    length = " ".join(part for part in counted if part)
    return WorkingLine(gettext("Term: %(length)s.") % {"length": length})


def start_line(in_force_on: Day) -> WorkingLine:
    """Say from which day the term runs."""
    sentence = gettext(
        "The verdict came into force: %(day)s. The term runs from that day, and it is counted too."
    )
    return WorkingLine(sentence % {"day": day_words(in_force_on)}, is_verified=False)


def calendar_line(ends: tuple[date, date]) -> WorkingLine:
    """Say when the term would end if nothing were credited. That the first day counts is practice, not law."""
    sentence = gettext(
        "By the calendar its last day is %(day)s: the day before the corresponding date, as institutions count."
    )
    source = "УК РФ, ст. 72 ч. 1; УИК РФ, ст. 173 ч. 2"
    return WorkingLine(sentence % {"day": range_words(*ends)}, source, is_verified=False)


def range_words(first: date, last: date) -> str:
    """Return one day, or the first and the last that it can be."""
    if first == last:
        return day_words(first)
    return gettext("between %(first)s and %(last)s") % {"first": day_words(first), "last": day_words(last)}


def stretch_line(counted: Counted, ratio: Ratio) -> WorkingLine:
    """Say what one stretch of days gives."""
    result = counted.least * ratio.least, counted.most * ratio.most
    said = {
        "kind": capfirst(str(counted.days.kind.label)),
        "first": _open_day(counted.days.first),
        "last": _open_day(counted.days.last),
        "days": days_words(counted.least, counted.most),
        "ratio": _ratio_words(ratio),
        "result": days_words(*result),
    }
    sentence = gettext("%(kind)s, %(first)s – %(last)s: %(days)s × %(ratio)s = %(result)s")
    words = sentence % said
    if not ratio.is_settled:
        words = gettext("%(line)s (how they enter the term is for staff to decide)") % {"line": words}
    sources = dict.fromkeys(rule.source for rule in ratio.rules)
    verified = [rule.verified_on for rule in ratio.rules if rule.verified_on]
    return WorkingLine(
        words,
        "; ".join(sources),
        ratio.is_verified,
        min(verified) if ratio.is_verified and verified else None,
        (counted.least, counted.most),
        (ratio.least, ratio.most),
        result,
    )


def _open_day(day: Day | None) -> str:
    return day_words(day) if day else gettext("unknown")


def _ratio_words(ratio: Ratio) -> str:
    least, most = amount_words(ratio.least), amount_words(ratio.most)
    return least if least == most else gettext("%(least)s to %(most)s") % {"least": least, "most": most}


def total_line(total: tuple[Fraction, Fraction]) -> WorkingLine:
    """Say what all stretches give together; part of a day is taken as a whole one."""
    sentence = gettext("Credited together: %(total)s.") % {"total": days_words(*total)}
    is_whole = all(amount.denominator == 1 for amount in total)
    if not is_whole:
        more = gettext("Part of a day is counted as a whole one, for the person: %(days)s.")
        sentence += " " + more % {"days": days_words(*(math.ceil(amount) for amount in total))}
    return WorkingLine(sentence, is_verified=is_whole, result=total)


def end_line(first: date, last: date) -> WorkingLine:
    """Say the last day of the term."""
    return WorkingLine(gettext("Last day of the term: %(day)s.") % {"day": range_words(first, last)})


def served_line() -> WorkingLine:
    """Say that the days before are as long as the term, or may be."""
    return WorkingLine(
        gettext(
            "The days credited reach the whole term, or may reach it: release is due when the verdict is in force."
        )
    )


def closing_lines() -> tuple[WorkingLine, ...]:
    """Say what the hint leaves out. The days off of a year are not known years before."""
    day_off = gettext(
        "If the last day is a day off or a public holiday, release is on the working day before."
    )
    only = gettext(
        "This is only a hint: parole, replacement of the penalty and new sentences change the day. "
        "Staff confirm or overrule it."
    )
    return WorkingLine(day_off, source="УИК РФ, ст. 173 ч. 2"), WorkingLine(only)
