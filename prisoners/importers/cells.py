"""The text of one cell, read as what its column is. What cannot be read raises `CellError`."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from html import escape

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext as _

from memorial.base.partial_date import PartialDate, PartialDateError
from memorial.base.rich_text import clean_html
from prisoners.importers.errors import CellError
from prisoners.importers.fields import Field, words_of
from prisoners.importers.table import MAX_CELL

YES = frozenset({"yes", "y", "true", "1", "+", "да", "д", "истина"})
NO = frozenset({"no", "n", "false", "0", "нет", "н", "ложь"})
UNKNOWN_WORDS = frozenset(
    {
        *("-", "–", "—", "?", "??", "n/a", "na", "none", "null", "unknown", "not known"),
        *("неизвестно", "неизвестен", "неизвестна", "нет данных", "н/д", "не указано", "не указан"),
    }
)
SEPARATOR = ";"
# Controls that no text needs, and those that turn the direction of the line after them.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”»’)]*\s+(?=[\"“«(]*[A-ZА-ЯЁ])")
_ABBREVIATION = re.compile(r"(?:^|[\s(.])(?:[A-ZА-ЯЁ]|Mr|Mrs|Ms|Dr|St|No|Art|г|ул|ст|ч|п|д|им|т|е|р)\.$")
_is_link = URLValidator(schemes=["http", "https"])
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_DAY_NUMBER = re.compile(r"[34]\d{4}(?:\.\d+)?")
_YEAR_AS_NUMBER = re.compile(r"([12]\d{3})\.0+")
_DAY = re.compile(r"%[dj]")
_MONTH = re.compile(r"%[mbBj]")


def plain(text: str) -> str:
    """The text without control characters, composed letters in one form, no space around it."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _CONTROLS.sub("", composed).strip()


def is_unknown(text: str, more: frozenset[str] = frozenset()) -> bool:
    """Whether a cell says nothing: empty, or one of the words for «not known»."""
    return not text or text.casefold() in UNKNOWN_WORDS or text.casefold() in more


def refuse_too_long(text: str, longest: int = MAX_CELL) -> str:
    """The text, unless it is longer: it is never cut in silence."""
    if longest and len(text) > longest:
        raise CellError(
            _("The text has %(length)s characters; at most %(longest)s fit.")
            % {"length": len(text), "longest": longest}
        )
    return text


def read_line(text: str, field: Field) -> str:
    """A text on one line."""
    return refuse_too_long(" ".join(text.split()), field.longest)


def read_long_text(text: str, _field: Field) -> str:
    """A text that keeps its lines."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()


def read_paragraphs(text: str, *, markup: bool = False) -> str:
    """A text in paragraphs: plain text unless `markup`, sanitised either way."""
    if markup:
        return clean_html(text)
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]
    lines = (
        "<br>".join(escape(" ".join(line.split()), quote=False) for line in block.split("\n"))
        for block in blocks
    )
    return clean_html("".join(f"<p>{line}</p>" for line in lines))


def has_markup(text: str) -> bool:
    """Whether a text is HTML: the office's own forms ask the same."""
    return bool(_TAG.search(text))


def first_sentence(text: str) -> str:
    """The first sentence, for a short description."""
    line = " ".join(text.split())
    for end in _SENTENCE_END.finditer(line):
        sentence = line[: end.end()].strip()
        if not _ABBREVIATION.search(sentence):
            return sentence
    return line


def read_date(text: str, formats: Sequence[str], today: date | None = None) -> PartialDate:
    """A date as precise as it is written: by the formats in their order, else as editors type it."""
    line = _YEAR_AS_NUMBER.sub(r"\1", " ".join(text.split()))
    if _DAY_NUMBER.fullmatch(line):
        raise CellError(_("A spreadsheet's number of a day, not a date: give the column the format «Date»."))
    known = _by_format(line, formats) or _as_typed(line)
    if today is not None and known.in_future(today):
        raise CellError(_("The date lies in the future."))
    return known


def _by_format(line: str, formats: Sequence[str]) -> PartialDate | None:
    for pattern in formats:
        try:
            day = datetime.strptime(line, pattern).date()  # noqa: DTZ007 - a date has no zone
            month = day.month if _MONTH.search(pattern) else None
            return PartialDate(day.year, month, day.day if _DAY.search(pattern) else None)
        except PartialDateError as error:
            raise CellError(str(error)) from error
        except ValueError:
            continue
    return None


def _as_typed(line: str) -> PartialDate:
    try:
        return PartialDate.parse(line)
    except (PartialDateError, OverflowError) as error:
        raise CellError(str(error)) from error


def read_choice(text: str, choices: type[models.TextChoices]) -> str:
    """The code of a word: the code itself or its label in either language."""
    found = words_of(choices).get(" ".join(text.split()).casefold())
    if found is None:
        known = ", ".join(value for value in choices.values if value)
        raise CellError(_("“%(text)s” is none of: %(known)s.") % {"text": text[:60], "known": known})
    return found


def read_flag(text: str) -> bool:
    """Yes or no."""
    word = text.casefold()
    if word not in YES | NO:
        raise CellError(_("“%(text)s” is neither yes nor no.") % {"text": text[:60]})
    return word in YES


def read_link(text: str, field: Field) -> str:
    """A link of the web."""
    try:
        _is_link(refuse_too_long(text, field.longest))
    except ValidationError as error:
        raise CellError(_("This is not a link: it begins with https:// and has no spaces.")) from error
    return text


def read_several(text: str, meaning: Mapping[str, str], what: str) -> list[str]:
    """Codes of several words. Raises for the first word that has none."""
    codes = []
    for word in (part.strip() for part in text.split(SEPARATOR)):
        if not word:
            continue
        if word.casefold() not in meaning:
            raise CellError(_("“%(word)s” is not among the %(what)s.") % {"word": word[:60], "what": what})
        codes.append(meaning[word.casefold()])
    return sorted(set(codes))


def read_names(text: str, field: Field) -> list[str]:
    """Several names."""
    parts = (part.strip() for part in text.split(SEPARATOR))
    return sorted({read_line(part, field) for part in parts if part})
