"""The edition of a law that a charge names: «в ред. ФЗ от 04.03.2022 № 32-ФЗ».

Kept as one short text: the number of the amending law, its date, or both ("32-ФЗ 2022-03-04").
"""

from __future__ import annotations

import re
from datetime import date

from memorial.base.partial_date import DatePrecision, PartialDate, PartialDateError, read_partial_date
from memorial.base.typography import NBSP

_DATE = r"\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2} [а-яё]{3,8} \d{4}"
_DATED = rf"(?: от (?:{_DATE})(?: ?г(?:\.|ода)?)?)?"
EDITION = (
    rf"в ред(?:акции|\.)?(?: ?фз| ?фед(?:ерального|\.) закона| закона)?{_DATED}"
    rf"(?: ?(?:№|n) ?\d{{1,4}}-фз)?{_DATED}"
    r"|(?:as )?amended by federal law(?: no\.? ?\d{1,4}-fz)?(?: of \d{1,2} [a-z]{3,9} \d{4})?"
)
"""A pattern for plain text: small letters, single spaces, one kind of hyphen."""

_CANONICAL = re.compile(r"(?:([1-9]\d{0,3}-ФЗ)(?: |$))?(\d{4}-\d\d-\d\d)?")
_LAW = re.compile(r"(\d{1,4})-(?:фз|fz)")
_DAY = re.compile(rf"{_DATE}|\d{{1,2}} [a-z]{{3,9}} \d{{4}}")


def split_edition(edition: str) -> tuple[str, date | None]:
    """Return the law's number and the day of its signing; either may be missing, not both.

    Raises ValueError for any text that is not of this form.
    """
    match = _CANONICAL.fullmatch(edition)
    if not edition or edition.endswith(" ") or not match:
        raise ValueError(f"not an edition of a law: {edition!r}")
    number, day = match.groups()
    return number or "", date.fromisoformat(day) if day else None


def read_edition(plain: str) -> str:
    """Return the canonical text of a phrase that `EDITION` has matched; "" if it names no law."""
    law, day = _LAW.search(plain), _DAY.search(plain)
    number = f"{int(law.group(1))}-ФЗ" if law and int(law.group(1)) else ""
    signed = _signed(day.group()) if day else None
    if day and signed is None:
        return ""
    return " ".join(part for part in (number, signed.isoformat() if signed else "") if part)


def _signed(text: str) -> date | None:
    try:
        read = read_partial_date(text)
    except PartialDateError:
        return None
    return read.earliest if read.unit is DatePrecision.DAY else None


def edition_words(edition: str, language: str) -> str:
    """Return «в ред. ФЗ от 04.03.2022 № 32-ФЗ» or "as amended by Federal Law No. 32-FZ of 4 March 2022"."""
    number, signed = split_edition(edition)
    if language == "ru":
        day = f" от{NBSP}{signed:%d.%m}.{signed.year:04d}" if signed else ""
        return f"в{NBSP}ред. ФЗ{day}" + (f" №{NBSP}{number}" if number else "")
    words = "as amended by Federal Law"
    if number:
        words += f" No.{NBSP}{number.replace('ФЗ', 'FZ')}"
    return words + (f" of {_english(signed)}" if signed else "")


def _english(day: date) -> str:
    from memorial.base.partial_date import format_partial_date

    return format_partial_date(PartialDate.from_date(day), "en")
