"""Dates in words: «14 марта 2023», "about 2023", in the two languages.

The forms are written here and not in the message catalogue, because the languages differ in
grammar (genitive after «около», «в 2023 году»), not only in words.
"""

from __future__ import annotations

from typing import Literal

from memorial.base.partial_date.month_names import month_name
from memorial.base.partial_date.value import DatePrecision, DateQualifier, PartialDate
from memorial.base.typography import NBSP

DateStyle = Literal["long", "short", "numeric", "editing"]

_UNKNOWN = {"ru": "неизвестно", "en": "unknown"}
_QUALIFIERS = {
    "ru": {DateQualifier.ABOUT: "около", DateQualifier.BEFORE: "до", DateQualifier.AFTER: "после"},
    "en": {
        DateQualifier.ABOUT: "about",
        DateQualifier.BEFORE: "before",
        DateQualifier.AFTER: "after",
    },
}
_SHORT_ABOUT = {"ru": "ок.", "en": "c."}


def format_partial_date(value: PartialDate | None, language: str, style: DateStyle = "long") -> str:
    """Return a date as it is read.

    long: «14 марта 2023», «март 2023», «около 2023 года»; short: «14 мар. 2023», «ок. 2023»;
    numeric: «14.03.2023», «ок. 03.2023»; editing: what an editor would type, read back as the
    same value. Parts are joined by non-breaking spaces, except when editing. None is "unknown",
    and empty when editing. Any language but Russian is shown in English.
    """
    language = "ru" if language.startswith("ru") else "en"
    if value is None:
        return "" if style == "editing" else _UNKNOWN[language]
    if style in ("numeric", "editing"):
        body = _figures(value)
    else:
        body = _named(value, language, short=style == "short")
    if value.qualifier is DateQualifier.EXACT:
        return body
    word = _qualifier_word(value.qualifier, language, brief=style in ("short", "numeric"))
    return f"{word} {body}" if style == "editing" else f"{word}{NBSP}{body}"


def phrase_when(value: PartialDate, language: str) -> str:
    """Return a date as it stands in a sentence: «в марте 2023», "on 14 March 2023"."""
    language = "ru" if language.startswith("ru") else "en"
    if value.qualifier is not DateQualifier.EXACT:
        return format_partial_date(value, language)
    if language == "en":
        preposition = "on" if value.unit is DatePrecision.DAY else "in"
        return f"{preposition}{NBSP}{format_partial_date(value, language)}"
    if value.day is not None:
        return format_partial_date(value, language)
    if value.month is not None:
        return NBSP.join(["в", month_name(value.month, "ru", "prepositional"), str(value.year)])
    return NBSP.join(["в", str(value.year), "году"])


def _qualifier_word(qualifier: DateQualifier, language: str, *, brief: bool) -> str:
    if brief and qualifier is DateQualifier.ABOUT:
        return _SHORT_ABOUT[language]
    return _QUALIFIERS[language][qualifier]


def _figures(value: PartialDate) -> str:
    parts = [f"{part:02d}" for part in (value.day, value.month) if part is not None]
    return ".".join([*parts, str(value.year)])


def _named(value: PartialDate, language: str, *, short: bool) -> str:
    qualified = value.qualifier is not DateQualifier.EXACT
    if value.month is None:
        spelt_out = qualified and language == "ru" and not short
        return f"{value.year}{NBSP}года" if spelt_out else str(value.year)
    case = "genitive" if value.day is not None or qualified else "nominative"
    month = month_name(value.month, language, case, short=short)
    day = [] if value.day is None else [str(value.day)]
    return NBSP.join([*day, month, str(value.year)])
