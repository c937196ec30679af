"""Days, terms and sentences in words, in both languages, for the texts of the invented people."""

from __future__ import annotations

from datetime import date
from typing import Final

from memorial.base.gender import Gender
from memorial.base.partial_date.month_names import month_name
from memorial.base.typography import plural_ru
from memorial.demo.plan import Course, Traits
from prisoners.choices import LibertyStatus as Liberty

_REGIMES: Final = {
    "general": ("колония общего режима", "колонии общего режима", "general-regime colony"),
    "strict": ("колония строгого режима", "колонии строгого режима", "strict-regime colony"),
    "settlement": ("колония-поселение", "колонии-поселения", "colony-settlement"),
}


def day_ru(value: date) -> str:
    """«14 марта 2023 года»."""
    return f"{value.day} {month_name(value.month, 'ru', 'genitive')} {value.year} года"


def day_en(value: date) -> str:
    """14 March 2023."""
    return f"{value.day} {month_name(value.month, 'en')} {value.year}"


def when_ru(value: date, months_only: bool) -> str:
    """«14 марта 2023 года» or «в марте 2023 года»."""
    return (
        f"в {month_name(value.month, 'ru', 'prepositional')} {value.year} года"
        if months_only
        else day_ru(value)
    )


def when_en(value: date, months_only: bool) -> str:
    """On 14 March 2023, or in March 2023."""
    return f"in {month_name(value.month, 'en')} {value.year}" if months_only else f"on {day_en(value)}"


def term_ru(years: float) -> str:
    """«7 лет 6 месяцев»."""
    whole, half = int(years), years % 1
    parts = [f"{whole} {plural_ru(whole, 'год', 'года', 'лет')}"] if whole else []
    return " ".join([*parts, "6 месяцев"] if half else parts)


def term_en(years: float) -> str:
    """7 years 6 months."""
    whole, half = int(years), years % 1
    parts = [f"{whole} {'year' if whole == 1 else 'years'}"] if whole else []
    return " ".join([*parts, "6 months"] if half else parts)


def verdict_ru(traits: Traits, course: Course, *, with_day: bool = True) -> str:
    """The sentence in one line, «7 лет 6 месяцев, колония общего режима; 19 февраля 2024»; empty before it."""
    words = _verdict(traits, course, "ru", with_day)
    if not words or not with_day or course.verdict is None:
        return words
    return f"{words}; {day_ru(course.verdict).removesuffix(' года')}"


def verdict_en(traits: Traits, course: Course, *, with_day: bool = True) -> str:
    """The same in English: 7 years 6 months, general-regime colony; 19 February 2024."""
    words = _verdict(traits, course, "en", with_day)
    if not words or not with_day or course.verdict is None:
        return words
    return f"{words}; {day_en(course.verdict)}"


def _verdict(traits: Traits, course: Course, language: str, one_line: bool) -> str:
    is_ru = language == "ru"
    if course.verdict is None:
        return ""
    if traits.slot.liberty == Liberty.INPATIENT_TREATMENT:
        words = "принудительное лечение в стационаре", "compulsory in-patient treatment"
        return words[not is_ru] if one_line else ""
    if course.life:
        return "пожизненное лишение свободы" if is_ru else "life imprisonment"
    if course.ground == "non_custodial":
        amount = 100 + traits.number % 21 * 10
        return f"штраф {amount} 000 рублей" if is_ru else f"a fine of {amount},000 roubles"
    if course.years is None:
        return ""
    return _with_regime(
        traits, course, term_ru(course.years) if is_ru else term_en(course.years), is_ru, one_line
    )


def _with_regime(traits: Traits, course: Course, term: str, is_ru: bool, one_line: bool) -> str:
    if course.ground == "suspended_sentence":
        return f"{term} условно" if is_ru else f"{term}, suspended"
    if traits.slot.liberty == Liberty.FORCED_LABOUR:
        return f"{term} принудительных работ" if is_ru else f"{term} of forced labour"
    name, genitive, english = _REGIMES[regime_of(traits)]
    absent = traits.slot.liberty == Liberty.BEYOND_REACH
    if is_ru:
        in_absence = " заочно" if absent else ""
        return f"{term}{in_absence}, {name}" if one_line else f"{term} {genitive}{in_absence}"
    in_absence = " in absentia" if absent else ""
    return f"{term}{in_absence}, {english}" if one_line else f"{term} in a {english}{in_absence}"


def regime_of(traits: Traits) -> str:
    """The regime that a sentence to imprisonment names; women are sent to no strict one."""
    regime = traits.article.regime if traits.article else "general"
    return "general" if traits.gender == Gender.FEMALE and regime == "strict" else regime
