"""Words that depend on a person's gender, and dates as they stand in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from memorial.base.gender import gendered
from memorial.base.localized import current_language
from memorial.base.partial_date import (
    DateQualifier,
    DateStyle,
    PartialDate,
    format_partial_date,
    phrase_when,
)
from memorial.base.partial_date.month_names import month_name
from memorial.base.typography import NBSP

Words = Any  # a text or a lazy translation of one


@dataclass(frozen=True)
class Gendered:
    """The forms of one wording; `neutral` is a wording of its own, never the masculine by default."""

    feminine: Words
    masculine: Words
    neutral: Words

    def of(self, gender: str) -> str:
        """The form for a person's gender, in the reader's language."""
        return str(gendered(gender, self.feminine, self.masculine, self.neutral))


def date_words(value: PartialDate | date | None, style: DateStyle = "long") -> str:
    """A date in the reader's language; «неизвестно» where there is none."""
    known = PartialDate.from_date(value) if isinstance(value, date) else value
    return format_partial_date(known, current_language(), style)


def date_in_sentence(value: PartialDate) -> str:
    """A date after a verb: «в марте 2023», «14 марта 2023»; in English without a preposition."""
    language = current_language()
    return phrase_when(value, language) if language == "ru" else format_partial_date(value, language)


def since_words(value: PartialDate | None) -> str:
    """A date after «с» and "since": «марта 2023», «2023 года»; "" where the date is not exact."""
    if value is None or value.qualifier is not DateQualifier.EXACT:
        return ""
    if current_language() != "ru" or value.day is not None:
        return date_words(value)
    if value.month is not None:
        return NBSP.join([month_name(value.month, "ru", "genitive"), str(value.year)])
    return NBSP.join([str(value.year), "года"])


def capital(words: str) -> str:
    """The words with a capital first letter, the others as they are."""
    return words[:1].upper() + words[1:]
